#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace segment::test {

/// A fleet of processes that call one operation as often as they may, against an API that counts
/// each of the last 60 seconds. Time is scripted: nothing sleeps.
struct FleetScenario {
  std::string socket{};
  int processes = 8;
  int workers_of_each = 8;
  int calls = 4000;
  int limit = 600;  // a minute
  /// What happens at what time on the fleet's clock.
  std::vector<std::pair<std::chrono::seconds, std::function<void()>>> events{};
};

struct FleetOutcome {
  int sent = 0;
  int refused = 0;
  std::chrono::duration<double> took{};
  /// How often the processes reported the store lost or restored.
  int lost = 0;
  int restored = 0;

  /// How much of the limit was used: a limit allows its first requests at once, and as many again
  /// after each period.
  double used_of_limit(const FleetScenario& scenario) const {
    const int periods = (scenario.calls - 1) / scenario.limit;
    return 60.0 * periods / took.count();
  }
};

/// Runs it, with each process a real one and a real Redis between them.
[[nodiscard]] FleetOutcome run_fleet(const FleetScenario& scenario);

}  // namespace segment::test
