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

using namespace std::chrono;

// What happens to each hundred events that are received: filtered at the source, filtered at the
// destination, not delivered, delivered. Those that fail on ingest are in addition.
constexpr std::array filtered_at_source = {DeliveryOutcome{"unplanned_event", 0, 2, false}};
constexpr std::array filtered_at_destination = {DeliveryOutcome{"destination_filter", 2, 5, false}};
constexpr std::array not_delivered = {DeliveryOutcome{"rejected", 5, 6, false},
                                      DeliveryOutcome{"timeout", 6, 8, true}};
constexpr std::array delivered = {DeliveryOutcome{"successes.attempt.2", 8, 12, true},
                                  DeliveryOutcome{"successes.attempt.1", 12, 100, false}};
constexpr std::array accepted = {DeliveryOutcome{"", 0, 100, false}};
constexpr std::array not_accepted = {DeliveryOutcome{"invalid_payload", 50, 51, false}};

constexpr std::array<std::string_view, 4> source_dimensions = {"eventName", "eventType",
                                                               "appVersion", "discardReason"};
constexpr std::array<std::string_view, 4> audience_dimensions = {"subscriptionId", "activationId",
                                                                 "audienceId", "spaceId"};

// One of the six reports.
struct Report {
  std::span<const DeliveryOutcome> outcomes;
  bool at_destination;
  bool has_reasons = true;
};

struct OverviewReach {
  minutes span;  // how long the time range may be
  minutes back;  // how long ago it may start
};

OverviewReach overview_reach(std::string_view granularity) {
  if (granularity == "DAY") return {days{30}, days{30}};
  if (granularity == "HOUR") return {days{14}, days{30}};
  return {hours{4}, hours{48}};
}

std::vector<Bucket> delivery_buckets(const Call& call) {
  const std::string& granularity = call.query.at("granularity").as_string();
  const Minute start = minute_parameter(call, "startTime");
  const Minute end = minute_parameter(call, "endTime");
  const OverviewReach reach = overview_reach(granularity);
  if (start >= end) throw invalid("endTime", "must be later than startTime");
  if (end - start > reach.span) throw invalid("startTime", "is too long before endTime");
  if (call.now - start > reach.back + minutes{1}) throw invalid("startTime", "is too long ago");
  return buckets(call, granularity, start, end);
}

bool is_dimension(const Report& report, std::string_view name) {
  if (name == "discardReason" && !report.has_reasons) return false;
  if (std::ranges::find(source_dimensions, name) != source_dimensions.end()) return true;
  return report.at_destination &&
         std::ranges::find(audience_dimensions, name) != audience_dimensions.end();
}

// The dimensions that a dataset shows; those of audiences have no member there.
std::vector<std::string> checked_grouping(const Call& call, const Report& report) {
  std::vector<std::string> grouping;
  const Json* given = call.query.find("groupBy");
  if (given == nullptr) return grouping;
  for (std::size_t i = 0; i < given->size(); ++i) {
    const std::string& name = given->at(i).as_string();
    if (!is_dimension(report, name)) {
      throw invalid("groupBy." + std::to_string(i), "is not a dimension of this report");
    }
    if (std::ranges::find(source_dimensions, name) != source_dimensions.end()) {
      grouping.push_back(name);
    }
  }
  return grouping;
}

using Dimensions = std::map<std::string, std::string, std::less<>>;

Dimensions dimensions_of(const TrafficLine& line, const DeliveryOutcome& outcome) {
  return {{"eventName", std::string(line.event)},
          {"eventType", std::string(line.type)},
          {"appVersion", std::string(line.version)},
          {"discardReason", std::string(outcome.reason)}};
}

bool wanted(const Call& call, const Dimensions& dimensions) {
  return std::ranges::all_of(dimensions, [&](const auto& dimension) {
    return passes(query_parameter(call.query, "filter." + dimension.first), dimension.second);
  });
}

// No event belongs to an audience here; a subscription has all events of its destination.
bool destination_passes(Call& call, const std::string& destination) {
  for (std::string_view name : {"activationId", "audienceId", "spaceId"}) {
    const Json* list = query_parameter(call.query, "filter." + std::string(name));
    if (list != nullptr && !list->empty()) return false;
  }
  const Json* subscriptions = query_parameter(call.query, "filter.subscriptionId");
  if (subscriptions == nullptr || subscriptions->empty()) return true;
  return std::ranges::any_of(subscriptions->as_array(), [&](const Json& id) {
    const Json* found = call.world.collection(names::subscriptions).find(id.as_string());
    return found != nullptr && found->at("destinationId") == destination;
  });
}

// Whether the report has any events, after checking that its source and destination exist.
bool has_events(Call& call, const Report& report) {
  const Json& source = kept(call.world, source_resource, call.query.at("sourceId").as_string());
  if (!report.at_destination) return sends(source);
  const std::string& id = call.query.at("destinationConfigId").as_string();
  const Json& destination = kept(call.world, destination_resource, id);
  if (destination.at("sourceId") != source.at("id")) {
    throw invalid("sourceId", "does not feed this destination");
  }
  return sends(source) && sends(destination) && destination_passes(call, id);
}

// The counts of one combination of dimensions.
struct Counts {
  std::vector<std::int64_t> events;
  std::vector<std::int64_t> again;
};

using Datasets = std::map<std::vector<std::string>, Counts>;

void count(Counts& counts, const std::string& source, const TrafficLine& line,
           const DeliveryOutcome& outcome, const std::vector<Bucket>& time) {
  counts.events.resize(time.size());
  counts.again.resize(time.size());
  for (std::size_t i = 0; i < time.size(); ++i) {
    const std::int64_t events = traffic(source, line, outcome, time[i].from, time[i].to);
    counts.events[i] += events;
    if (outcome.again) counts.again[i] += events;
  }
}

Datasets counted(const Call& call, const Report& report, const std::vector<std::string>& grouping,
                 const std::vector<Bucket>& time) {
  Datasets datasets;
  for (const TrafficLine& line : traffic_lines()) {
    for (const DeliveryOutcome& outcome : report.outcomes) {
      const Dimensions dimensions = dimensions_of(line, outcome);
      if (!wanted(call, dimensions)) continue;
      std::vector<std::string> key;
      for (const std::string& name : grouping) key.push_back(dimensions.find(name)->second);
      count(datasets[key], call.query.at("sourceId").as_string(), line, outcome, time);
    }
  }
  return datasets;
}

Json dataset(const std::vector<std::string>& grouping, const std::vector<std::string>& key,
             const Counts& counts, const std::vector<Bucket>& time) {
  Json json = Json::object();
  for (std::size_t i = 0; i < grouping.size(); ++i) {
    if (!key[i].empty()) json[grouping[i]] = key[i];
  }
  std::int64_t total = 0;
  std::int64_t total_again = 0;
  Json series = Json::array();
  for (std::size_t i = 0; i < time.size(); ++i) {
    total += counts.events[i];
    total_again += counts.again[i];
    series.push_back(Json::object({{"time", time_text(time[i].begin)},
                                   {"count", counts.events[i]},
                                   {"retryCount", counts.again[i]}}));
  }
  json["total"] = total;
  json["series"] = std::move(series);
  json["totalRetryCount"] = total_again;
  return json;
}

Json answer(Call& call, const Report& report) {
  const auto time = delivery_buckets(call);
  const auto grouping = checked_grouping(call, report);
  std::vector<Json> datasets;
  std::int64_t total = 0;
  if (has_events(call, report)) {
    for (const auto& [key, counts] : counted(call, report, grouping, time)) {
      datasets.push_back(dataset(grouping, key, counts, time));
      total += datasets.back().at("total").as_integer();
    }
  }
  std::ranges::stable_sort(datasets, std::greater{},
                           [](const Json& json) { return json.at("total").as_integer(); });
  Json result = page(call, datasets);
  result["total"] = total;
  return result;
}

Handler report(std::span<const DeliveryOutcome> outcomes, bool at_destination,
               bool has_reasons = true) {
  return [report = Report{outcomes, at_destination, has_reasons}](Call& call) {
    return answer(call, report);
  };
}

}  // namespace

void add_delivery_overview(Handlers& handlers) {
  handlers["getIngressSuccessMetricsFromDeliveryOverview"] = report(accepted, false, false);
  handlers["getIngressFailedMetricsFromDeliveryOverview"] = report(not_accepted, false);
  handlers["getFilteredAtSourceMetricsFromDeliveryOverview"] = report(filtered_at_source, false);
  handlers["getFilteredAtDestinationMetricsFromDeliveryOverview"] =
      report(filtered_at_destination, true);
  handlers["getEgressFailedMetricsFromDeliveryOverview"] = report(not_delivered, true);
  handlers["getEgressSuccessMetricsFromDeliveryOverview"] = report(delivered, true);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
