#include <algorithm>
#include <atomic>
#include <stop_token>
#include <thread>

#include "testing/findings.hpp"

namespace segment::inline SEGMENT_ABI::testing {

namespace {

using detail::Findings;
using namespace std::chrono;

void check_time(Clock& clock, Findings& findings) {
  findings.run("The time does not go back.", [&] {
    auto last = clock.now();
    for (int i = 0; i < 10'000; ++i) {
      const auto now = clock.now();
      if (!findings.expect(now >= last, "it did")) return;
      last = now;
    }
    (void)clock.system_now();
  });
}

void check_waits(Clock& clock, Findings& findings) {
  findings.run("A wait for a time that has passed ends by itself.", [&] {
    findings.expect(clock.wait_until(clock.now(), {}), "it said that it was stopped");
    findings.expect(clock.wait_until(clock.now() - seconds{1}, {}), "it said that it was stopped");
  });
  findings.run("A wait lasts until its time.", [&] {
    const auto until = clock.now() + milliseconds{20};
    findings.expect(clock.wait_until(until, {}), "it said that it was stopped");
    findings.expect(clock.now() >= until, "it ended before");
  });
}

void check_stops(Clock& clock, Findings& findings) {
  const auto patience = findings.options().patience;
  findings.run("A wait whose stop was already requested does not start.", [&] {
    std::stop_source stop;
    stop.request_stop();
    findings.expect(!clock.wait_until(clock.now() + patience, stop.get_token()),
                    "it waited until its time");
  });
  findings.run("A stop ends a wait.", [&] {
    std::stop_source stop;
    std::jthread stopper([&] {
      std::this_thread::sleep_for(milliseconds{20});
      stop.request_stop();
    });
    const auto began = steady_clock::now();
    const bool whole = clock.wait_until(clock.now() + 2 * patience, stop.get_token());
    // A clock that jumps has no wait that could be stopped.
    findings.expect(!whole || steady_clock::now() < began + patience, "it waited until its time");
  });
}

void check_sleeps(Clock& clock, Findings& findings) {
  findings.run("longest_sleep tells when a time has come.", [&] {
    findings.expect(clock.longest_sleep(clock.now() - seconds{1}) <= nanoseconds::zero(),
                    "it wants to sleep before a time that has passed");
    const auto until = clock.now() + hours{1};
    for (int asked = 0; asked < 1000; ++asked) {
      const auto before = clock.now();
      const auto sleep = clock.longest_sleep(until);
      if (sleep <= nanoseconds::zero()) {
        findings.expect(clock.now() >= until, "it says so before");
        return;
      }
      if (!findings.expect(sleep <= until - before, "it wants to sleep past the time")) return;
    }
  });
}

void check_threads(Clock& clock, Findings& findings) {
  findings.run("Many threads may use it at the same time.", [&] {
    std::atomic<int> waited = 0;
    findings.run_in_threads(8, [&](int) {
      for (int n = 0; n < 10; ++n) {
        if (clock.wait_until(clock.now() + milliseconds{1}, {})) ++waited;
      }
    });
    findings.expect(waited == 80, "only " + std::to_string(waited) + " of 80 waits ended");
  });
}

}  // namespace

std::vector<ConformanceFinding> check_clock(Clock& clock, const ConformanceOptions& options) {
  Findings findings(options);
  check_time(clock, findings);
  check_waits(clock, findings);
  check_stops(clock, findings);
  check_sleeps(clock, findings);
  check_threads(clock, findings);
  return std::move(findings).all();
}

// The executor ------------------------------------------------------------------------------------

namespace {

void check_once(const Executor& executor, Findings& findings) {
  findings.run("Each function runs, and only once.", [&] {
    constexpr int count = 100;
    // Shared, since a function that runs late must not find it gone.
    const auto runs = std::make_shared<std::vector<std::atomic<int>>>(count);
    for (int i = 0; i < count; ++i) executor([runs, i] { ++(*runs)[static_cast<std::size_t>(i)]; });
    const auto all_ran = [&] {
      return std::ranges::all_of(*runs, [](const auto& times) { return times > 0; });
    };
    if (!findings.expect(findings.wait_for(all_ran), "some did not run")) return;
    findings.expect(std::ranges::all_of(*runs, [](const auto& times) { return times == 1; }),
                    "some ran twice");
  });
}

void check_kept(const Executor& executor, Findings& findings) {
  findings.run("A function that ran is not kept.", [&] {
    const auto held = std::make_shared<int>();
    executor([held] {});
    findings.expect(findings.wait_for([&] { return held.use_count() == 1; }), "it was kept");
  });
}

void check_nested(const Executor& executor, Findings& findings) {
  findings.run("A function may hand over another one.", [&] {
    const auto ran = std::make_shared<std::atomic<bool>>(false);
    executor([executor, ran] { executor([ran] { *ran = true; }); });
    findings.expect(findings.wait_for([&] { return ran->load(); }), "that one did not run");
  });
}

void check_callers(const Executor& executor, Findings& findings) {
  findings.run("Many threads may hand over functions at the same time.", [&] {
    const auto runs = std::make_shared<std::atomic<int>>(0);
    findings.run_in_threads(8, [&](int) {
      for (int n = 0; n < 50; ++n) executor([runs] { ++*runs; });
    });
    findings.expect(findings.wait_for([&] { return *runs >= 400; }),
                    "only " + std::to_string(*runs) + " of 400 ran");
  });
}

}  // namespace

std::vector<ConformanceFinding> check_executor(const Executor& executor,
                                               const ConformanceOptions& options) {
  Findings findings(options);
  check_once(executor, findings);
  check_kept(executor, findings);
  check_nested(executor, findings);
  // An executor that runs functions where they are handed over may use those threads.
  check_callers(executor, findings);
  return std::move(findings).all();
}

}  // namespace segment::inline SEGMENT_ABI::testing
