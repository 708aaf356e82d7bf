// The usage that is billed: API calls, and tracked users.

#include <algorithm>
#include <charconv>
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

// Plausible shares: how many calls per user, and how many of each twenty users are of each kind.
constexpr std::int64_t calls_a_user = 40;

int digits(std::string_view text) {
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && stopped == end ? number : -1;
}

// The requested month: `2021-02-01`, or a time on that day.
sys_days checked_month(const Call& call) {
  const std::string_view text = call.query.at("period").as_string();
  const bool formed = text.size() >= 10 && text[4] == '-' && text[7] == '-' &&
                      (text.size() == 10 || text[10] == 'T');
  if (!formed) throw invalid("period", "must be a day such as 2021-02-01");
  const int number = digits(text.substr(0, 4));
  const year_month_day day{year{number}, month{static_cast<unsigned>(digits(text.substr(5, 2)))},
                           std::chrono::day{static_cast<unsigned>(digits(text.substr(8, 2)))}};
  if (number < 1970 || !day.ok()) throw invalid("period", "must be a day such as 2021-02-01");
  if (day.day() != std::chrono::day{1}) throw invalid("period", "must be the first of a month");
  return sys_days{day};
}

sys_days end_of(sys_days month_begin) { return sys_days{year_month_day{month_begin} + months{1}}; }

std::int64_t calls_of(const std::string& source, Minute from, Minute to) {
  std::int64_t calls = 0;
  for (const TrafficLine& line : traffic_lines()) calls += received(source, line, from, to);
  return calls;
}

std::vector<std::string> sending_sources(Call& call) {
  std::vector<std::string> ids;
  call.world.collection(names::sources).each([&](const std::string& id, const Json& source) {
    if (sends(source)) ids.push_back(id);
  });
  return ids;
}

// A day of the month, with the usage of each source by its end.
struct Day {
  sys_days begin;
  std::vector<std::pair<std::string, std::int64_t>> calls;
};

std::vector<Day> month_so_far(Call& call, sys_days month_begin) {
  const Minute now = floor<minutes>(call.now);
  const auto sources = sending_sources(call);
  std::vector<Day> all;
  for (sys_days day = month_begin; day < end_of(month_begin) && day <= now; day += days{1}) {
    const Minute to = std::min<Minute>(day + days{1}, now);
    Day& entry = all.emplace_back(Day{day, {}});
    for (const std::string& source : sources) {
      entry.calls.emplace_back(source, calls_of(source, month_begin, to));
    }
  }
  return all;
}

/// Users of each kind, as members of a snapshot. Rounded for each source, so that sums are exact.
struct Users {
  std::int64_t anonymous = 0;
  std::int64_t anonymous_identified = 0;
  std::int64_t identified = 0;
  std::int64_t never_identified = 0;

  void add(std::int64_t calls) {
    const std::int64_t users = calls / calls_a_user;
    anonymous += users * 12 / 20;
    anonymous_identified += users * 3 / 20;
    identified += users * 5 / 20;
    never_identified += users * 9 / 20;
  }
};

Json user_snapshot(sys_days month_begin, sys_days day, const Users& users) {
  const auto epoch = [](sys_days when) { return sys_seconds{when}.time_since_epoch().count(); };
  return Json::object({{"periodStart", epoch(month_begin)},
                       {"periodEnd", epoch(end_of(month_begin))},
                       {"anonymous", std::to_string(users.anonymous)},
                       {"anonymousIdentified", std::to_string(users.anonymous_identified)},
                       {"identified", std::to_string(users.identified)},
                       {"neverIdentified", std::to_string(users.never_identified)},
                       {"timestamp", time_text(day)}});
}

Json call_snapshot(sys_days day, std::int64_t calls) {
  return Json::object({{"apiCalls", std::to_string(calls)}, {"timestamp", time_text(day)}});
}

// Which figures a list has.
enum class Figures : std::uint8_t { calls, users };

Json snapshot(Figures figures, sys_days month_begin, sys_days day,
              const std::vector<std::int64_t>& calls) {
  Users users;
  std::int64_t sum = 0;
  for (const std::int64_t of_source : calls) {
    users.add(of_source);
    sum += of_source;
  }
  return figures == Figures::calls ? call_snapshot(day, sum)
                                   : user_snapshot(month_begin, day, users);
}

Handler per_source(Figures figures) {
  return [figures](Call& call) {
    const sys_days month_begin = checked_month(call);
    std::vector<Json> all;
    for (const Day& day : month_so_far(call, month_begin)) {
      for (const auto& [source, calls] : day.calls) {
        all.push_back(snapshot(figures, month_begin, day.begin, {calls}));
        all.back()["sourceId"] = source;
      }
    }
    return page(call, all);
  };
}

Handler per_workspace(Figures figures) {
  return [figures](Call& call) {
    const sys_days month_begin = checked_month(call);
    std::vector<Json> all;
    for (const Day& day : month_so_far(call, month_begin)) {
      std::vector<std::int64_t> calls;
      for (const auto& [source, of_source] : day.calls) calls.push_back(of_source);
      all.push_back(snapshot(figures, month_begin, day.begin, calls));
    }
    return page(call, all);
  };
}

}  // namespace

void add_usage(Handlers& handlers) {
  handlers["getDailyPerSourceApiCallsUsage"] = per_source(Figures::calls);
  handlers["getDailyWorkspaceApiCallsUsage"] = per_workspace(Figures::calls);
  handlers["getDailyPerSourceMtuUsage"] = per_source(Figures::users);
  handlers["getDailyWorkspaceMtuUsage"] = per_workspace(Figures::users);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
