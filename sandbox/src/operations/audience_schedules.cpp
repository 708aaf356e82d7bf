#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "operations/audiences.hpp"
#include "operations/progress.hpp"
#include "operations/registry.hpp"
#include "operations/spaces.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

constexpr Resource audience_schedule_resource{.collection = names::audience_schedules,
                                              .what = "audience schedule"};

namespace {

using namespace std::chrono;

struct Interval {
  std::string_view text;
  minutes length;
};

constexpr std::array intervals = {
    Interval{"15m", minutes{15}}, Interval{"30m", minutes{30}}, Interval{"1h", hours{1}},
    Interval{"2h", hours{2}},     Interval{"4h", hours{4}},     Interval{"6h", hours{6}},
    Interval{"8h", hours{8}},     Interval{"12h", hours{12}},   Interval{"1d", days{1}}};

const Interval* find_interval(const Json& config) {
  for (const Interval& interval : intervals) {
    if (config.at("interval") == Json(interval.text)) return &interval;
  }
  return nullptr;
}

void check_numbers(const Json& config, const char* member, std::int64_t most) {
  for (const Json& number : config.at(member).as_array()) {
    if (number.as_integer() < 0 || number.as_integer() > most) {
      throw invalid(std::string("config.") + member, "is out of range");
    }
  }
}

// The strategy and its configuration must match.
void check_config(const Call& call) {
  const Json* config = call.given("config");
  if (config == nullptr || config->is_null()) throw invalid("config", "is required");
  if (call.body.at("strategy") == Json("PERIODIC")) {
    const bool known = config->contains("interval") && find_interval(*config) != nullptr;
    if (!known) throw invalid("config.interval", "is not a known interval");
    return;
  }
  for (const char* member : {"days", "hours", "timezone"}) {
    if (!config->contains(member)) {
      throw invalid(std::string("config.") + member, "is required");
    }
  }
  check_numbers(*config, "days", 6);
  check_numbers(*config, "hours", 23);
}

// The next execution on days in a time zone is left out: it would take the rules of all zones.
Json shown_schedule(const Call& call, const Json& kept) {
  Json shown = Json::object(
      {{"id", kept.at("id")}, {"strategy", kept.at("strategy")}, {"config", kept.at("config")}});
  if (kept.at("strategy") != Json("PERIODIC")) return shown;
  const auto length = find_interval(kept.at("config"))->length;
  const auto begin = time_of(kept.at("since"));
  const auto rounds = (call.now - begin) / length + 1;
  shown["nextExecution"] = time_text(begin + rounds * length);
  return shown;
}

void set_schedule(const Call& call, Json& schedule) {
  check_config(call);
  schedule["strategy"] = call.body.at("strategy");
  schedule["config"] = call.body.at("config");
  schedule["since"] = time_text(call.now);
}

Json& schedule_of(Call& call) {
  linked_audience_of(call);
  Json& schedule = kept(call.world, audience_schedule_resource, call.path.at(2));
  if (schedule.at("audienceId") != call.path.at(1)) {
    throw not_found(audience_schedule_resource.what);
  }
  return schedule;
}

Json add_schedule(Call& call) {
  linked_audience_of(call);
  Json schedule = Json::object({{"audienceId", call.path.at(1)}});
  set_schedule(call, schedule);
  const std::string id = call.world.ids().next(audience_schedule_resource.what);
  schedule["id"] = id;
  auto& all = call.world.collection(audience_schedule_resource.collection);
  return one(call, shown_schedule(call, all.put(id, std::move(schedule))));
}

Json get_audience_schedule(Call& call) {
  return one(call, shown_schedule(call, schedule_of(call)));
}

Json update_schedule(Call& call) {
  Json& schedule = schedule_of(call);
  set_schedule(call, schedule);
  return one(call, shown_schedule(call, schedule));
}

Json remove_schedule(Call& call) {
  schedule_of(call);
  call.world.collection(audience_schedule_resource.collection).erase(call.path.at(2));
  return {};
}

Json list_schedules(Call& call) {
  audience_of(call);
  return one(call, schedules_of(call, call.path.at(1)));
}

}  // namespace

std::vector<Json> schedules_of(Call& call, const std::string& audience) {
  auto all =
      call.world.collection(audience_schedule_resource.collection).all([&](const Json& each) {
        return each.at("audienceId") == audience;
      });
  for (Json& schedule : all) schedule = shown_schedule(call, schedule);
  return all;
}

void add_audience_schedules(Handlers& handlers) {
  handlers["addAudienceScheduleToAudience"] = in_space(add_schedule);
  handlers["listAudienceSchedulesFromSpaceAndAudience"] = in_space(list_schedules);
  handlers["getAudienceScheduleFromSpaceAndAudience"] = in_space(get_audience_schedule);
  handlers["updateAudienceScheduleForAudience"] = in_space(update_schedule);
  handlers["removeAudienceScheduleFromAudience"] = in_space(remove_schedule);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
