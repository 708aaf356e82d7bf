#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "operations/progress.hpp"
#include "operations/registry.hpp"
#include "operations/resources.hpp"
#include "operations/traffic.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

constexpr std::array<std::string_view, 3> dimensions = {"eventName", "eventType", "source"};
constexpr std::int64_t most_series = 5000;
// The API documents no bound; without one a single call could request more than fits in memory.
constexpr std::size_t most_buckets = 3000;

std::vector<Bucket> event_volume_buckets(const Call& call) {
  const std::string& granularity = call.query.at("granularity").as_string();
  const Minute start = minute_parameter(call, "startTime");
  const Minute end = minute_parameter(call, "endTime");
  if (start >= end) throw invalid("endTime", "must be later than startTime");
  const auto length = std::chrono::minutes{granularity == "DAY"    ? 1440
                                           : granularity == "HOUR" ? 60
                                                                   : 1};
  if ((end - start) / length > std::int64_t{most_buckets}) {
    throw invalid("startTime", "is too long before endTime");
  }
  return buckets(call, granularity, start, end);
}

bool grouped_by(const Call& call, std::string_view name) {
  const Json* grouping = call.query.find("groupBy");
  return grouping != nullptr && !grouping->empty() && passes(grouping, name);
}

void check_grouping(const Call& call) {
  const Json* grouping = call.query.find("groupBy");
  for (std::size_t i = 0; grouping != nullptr && i < grouping->size(); ++i) {
    if (std::ranges::find(dimensions, grouping->at(i).as_string()) == dimensions.end()) {
      throw invalid("groupBy." + std::to_string(i), "must be eventName, eventType or source");
    }
  }
}

bool wanted(const Call& call, const TrafficLine& line) {
  return passes(call.query.find("eventName"), line.event) &&
         passes(call.query.find("eventType"), line.type) &&
         passes(call.query.find("appVersion"), line.version);
}

Json short_source(const Json& source) {
  return Json::object(
      {{"id", source.at("id")}, {"name", source.at("name")}, {"slug", source.at("slug")}});
}

// What distinguishes a series, as in the response.
Json head_of(const Call& call, const Json& source, const TrafficLine& line) {
  Json head = Json::object();
  if (grouped_by(call, "source")) head["source"] = short_source(source);
  if (grouped_by(call, "eventName") && !line.event.empty()) head["eventName"] = line.event;
  if (grouped_by(call, "eventType")) head["eventType"] = line.type;
  return head;
}

struct Series {
  Json head;
  std::vector<std::int64_t> counts;
};

void add(Series& series, const std::string& source, const TrafficLine& line,
         const std::vector<Bucket>& time) {
  series.counts.resize(time.size());
  for (std::size_t i = 0; i < time.size(); ++i) {
    series.counts[i] += received(source, line, time[i].from, time[i].to);
  }
}

Json shown(const Series& series, const std::vector<Bucket>& time) {
  Json json = series.head;
  Json points = Json::array();
  std::int64_t total = 0;
  for (std::size_t i = 0; i < time.size(); ++i) {
    total += series.counts[i];
    points.push_back(
        Json::object({{"time", time_text(time[i].begin)}, {"count", series.counts[i]}}));
  }
  json["total"] = total;
  json["series"] = std::move(points);
  return json;
}

std::vector<Json> all_series(Call& call, const std::vector<Bucket>& time) {
  std::map<std::string, Series> by_head;
  call.world.collection(names::sources).each([&](const std::string& id, const Json& source) {
    if (!sends(source) || !passes(call.query.find("sourceId"), id)) return;
    for (const TrafficLine& line : traffic_lines()) {
      if (!wanted(call, line)) continue;
      const Json head = head_of(call, source, line);
      Series& series = by_head.try_emplace(head.dump(), Series{head, {}}).first->second;
      add(series, id, line, time);
    }
  });
  std::vector<Json> all;
  for (const auto& [head, series] : by_head) all.push_back(shown(series, time));
  std::ranges::stable_sort(all, std::greater{},
                           [](const Json& json) { return json.at("total").as_integer(); });
  if (all.size() > std::size_t{most_series}) all.resize(std::size_t{most_series});
  return all;
}

// The query, repeated in the response.
Json criteria(const Call& call) {
  Json json = call.query;
  json.erase("pagination");
  json["workspaceId"] = call.world.workspace_id();
  json["limit"] = most_series;
  return json;
}

Json volume(Call& call) {
  const auto time = event_volume_buckets(call);
  check_grouping(call);
  Json result = page(call, all_series(call, time));
  result["path"] = "/events/volume";
  result["query"] = criteria(call);
  return result;
}

}  // namespace

void add_events(Handlers& handlers) { handlers["getEventsVolumeFromWorkspace"] = volume; }

}  // namespace segment::inline SEGMENT_ABI::sandbox
