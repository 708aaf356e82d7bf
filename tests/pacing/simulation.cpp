#include "simulation.hpp"

#include <array>
#include <ctime>
#include <memory>
#include <random>
#include <string>

#include "call/retry_plan.hpp"
#include "rate_limit/rate_observation.hpp"
#include "segment/rate_limiter.hpp"
#include "support/simulated.hpp"

namespace segment::testing {

namespace {

using namespace std::chrono;
using namespace std::chrono_literals;
using TimePoint = steady_clock::time_point;

constexpr TimePoint start{1h};
// The wall clock differs, and starts in the middle of a second.
constexpr sys_time<milliseconds> day_start{1'795'456'800'400ms};

std::string http_date(sys_time<milliseconds> time) {
  const std::time_t seconds = system_clock::to_time_t(time);
  std::tm fields{};
  gmtime_r(&seconds, &fields);
  std::array<char, 64> text{};
  return {text.data(),
          std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &fields)};
}

/// The server's side of the simulation.
class Server {
 public:
  explicit Server(const Scenario& scenario) : scenario_(scenario), window_(scenario.real, 1s) {}

  http::Response count(TimePoint now) {
    return scenario_.sliding ? count_sliding(now) : count_fixed(now);
  }

 private:
  http::Response count_fixed(TimePoint now) {
    if (consumed_ == 0 || now >= end_) {
      end_ = now + 1s;
      consumed_ = 0;
    }
    ++consumed_;
    return respond(now, consumed_ <= scenario_.real, consumed_, end_);
  }

  http::Response count_sliding(TimePoint now) {
    const bool passes = window_.take(now);
    return respond(now, passes, window_.counted() + (passes ? 0 : 1), window_.first_over());
  }

  [[nodiscard]] http::Response respond(TimePoint now, bool passes, int consumed,
                                       TimePoint end) const {
    const auto date = day_start + floor<milliseconds>(now - start) + scenario_.skew;
    const auto wait = ceil<milliseconds>(end - now);
    const int remaining = std::max(0, scenario_.real - consumed);
    http::Response response{passes ? 200 : 429, {{"Date", http_date(date)}}, {}};
    if (passes) {
      response.headers.add("X-RateLimit-Consumed", std::to_string(consumed));
      response.headers.add("X-RateLimit-Remaining", std::to_string(remaining));
      response.headers.add("X-RateLimit-Reset", http_date(ceil<seconds>(date + wait)));
    } else {
      response.body = std::to_string(wait.count());
    }
    return response;
  }

  const Scenario& scenario_;
  TimePoint end_{};
  int consumed_ = 0;
  test::SlidingWindow window_;
};

class Simulation {
 public:
  explicit Simulation(const Scenario& scenario)
      : scenario_(scenario), server_(scenario), random_(scenario.seed) {
    operation_.rate_limit.requests = scenario.published;
  }

  Outcome run() {
    workers_.resize(static_cast<std::size_t>(scenario_.workers));
    for (Worker& worker : workers_) timeline_.at(start, [&] { next_call(worker); });
    if (scenario_.others > 0) timeline_.at(start, [this] { others_call(); });
    while (done_ < scenario_.calls) timeline_.next();
    outcome_.seconds = duration<double>(now() - start).count();
    return outcome_;
  }

 private:
  struct Worker {
    std::unique_ptr<RatePermit> permit{};
    int attempts = 0;
  };

  [[nodiscard]] TimePoint now() const { return timeline_.now(); }

  void next_call(Worker& worker) {
    if (started_ == scenario_.calls) return;
    ++started_;
    worker.attempts = 0;
    next_attempt(worker);
  }

  void next_attempt(Worker& worker) {
    worker.permit = limiter_->acquire(operation_, ++worker.attempts, now());
    ask(worker);
  }

  void ask(Worker& worker) {
    const auto later = worker.permit ? worker.permit->retry_at(now()) : std::nullopt;
    if (later) return timeline_.at(*later, [&] { ask(worker); });
    ++outcome_.sent;
    if (last_send_ != TimePoint{}) {
      outcome_.max_interval =
          std::max(outcome_.max_interval, duration<double>(now() - last_send_).count());
    }
    last_send_ = now();
    std::uniform_int_distribution<int> trips(static_cast<int>(scenario_.nearest.count()),
                                             static_cast<int>(scenario_.farthest.count()));
    const microseconds trip = milliseconds(trips(random_));
    const microseconds there(std::uniform_int_distribution<long>(0, trip.count())(random_));
    timeline_.at(now() + there, [this, &worker, back = trip - there] {
      timeline_.at(now() + back, [this, &worker, response = server_.count(now())] {
        answered(worker, response);
      });
    });
  }

  void answered(Worker& worker, const http::Response& response) {
    std::vector<ApiErrorItem> items;
    if (response.status == 429) {
      items.push_back({.type = "too-many-requests",
                       .data = Json::parse(R"({"msBeforeNext":)" + response.body + "}")});
    }
    const auto observation = detail::read_rate_observation(
        response, items, day_start + floor<milliseconds>(now() - start));
    if (worker.permit) worker.permit->complete(now());
    worker.permit.reset();
    limiter_->observe(operation_, observation, now());
    if (response.status == 429) {
      ++outcome_.refused;
      return timeline_.at(now() + detail::retry_hint(observation).value(),
                          [&] { next_attempt(worker); });
    }
    ++done_;
    next_call(worker);
  }

  void others_call() {
    (void)server_.count(now());
    const double gap = std::exponential_distribution<double>(scenario_.others)(random_);
    timeline_.at(now() + duration_cast<nanoseconds>(duration<double>(gap)),
                 [this] { others_call(); });
  }

  const Scenario& scenario_;
  Server server_;
  std::mt19937 random_;
  std::shared_ptr<RateLimiter> limiter_ = RateLimiter::create();
  Operation operation_{.id = "getThing", .group = "things", .rate_limit = {50, RatePeriod::second}};

  test::Timeline timeline_{start};
  TimePoint last_send_{};
  std::vector<Worker> workers_{};
  int started_ = 0;
  int done_ = 0;
  Outcome outcome_{};
};

}  // namespace

Outcome simulate(const Scenario& scenario) { return Simulation(scenario).run(); }

}  // namespace segment::testing
