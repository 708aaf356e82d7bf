#include "fleet.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <random>
#include <stdexcept>

#include "../../support/child.hpp"
#include "../../support/simulated.hpp"
#include "redis/src/limiter.hpp"

namespace segment::test {

namespace {

using namespace std::chrono;
using TimePoint = steady_clock::time_point;

constexpr TimePoint fleet_start{hours{1}};

// What a process is told to do, and its reply.
struct Order {
  enum class Kind : std::uint8_t { acquire, ask, complete, count_events, end } kind{};
  int worker = 0;
  int attempt = 1;
  int status = 0;
  std::int64_t wait_ms = 0;
  std::int64_t now_ns = 0;
};
struct Answer {
  std::int64_t ask_again_ns = 0;  // 0: the permit is granted
  int lost = 0;
  int restored = 0;
};

template <class Message>
void say(int socket, const Message& message) {
  if (::send(socket, &message, sizeof message, MSG_NOSIGNAL) != sizeof message) {
    throw std::runtime_error("a process of the fleet is gone");
  }
}

template <class Message>
Message hear(int socket) {
  Message message{};
  if (::recv(socket, &message, sizeof message, MSG_WAITALL) != sizeof message) {
    throw std::runtime_error("a process of the fleet does not reply");
  }
  return message;
}

/// What runs in each process.
class Member {
 public:
  Member(const FleetScenario& scenario, int socket)
      : socket_(socket),
        permits_(static_cast<std::size_t>(scenario.workers_of_each)),
        operation_{.id = "getThing",
                   .group = "things",
                   .rate_limit = {scenario.limit, RatePeriod::minute}} {
    redis::RateLimiterOptions options{.unix_socket = scenario.socket,
                                      .members = scenario.processes,
                                      // It is the machine that may be slow here, not Redis.
                                      .connect_timeout = seconds{60},
                                      .timeout = seconds{60}};
    options.on_event = [this](const redis::StoreEvent& event) {
      ++(event.kind == redis::StoreEvent::Kind::lost ? events_.lost : events_.restored);
    };
    limiter_ = redis::create_scripted_rate_limiter(options);
  }

  bool run() {
    for (;;) {
      const auto order = hear<Order>(socket_);
      if (order.kind == Order::Kind::end) return true;
      if (order.kind == Order::Kind::count_events) {
        say(socket_, events_);
      } else {
        say(socket_, Answer{.ask_again_ns = carry_out(order)});
      }
    }
  }

 private:
  std::int64_t carry_out(const Order& order) {
    const TimePoint now{nanoseconds{order.now_ns}};
    auto& permit = permits_[static_cast<std::size_t>(order.worker)];
    if (order.kind == Order::Kind::complete) {
      if (permit) permit->complete(now);
      permit.reset();
      RateObservation observation{.status = order.status, .counted = true};
      if (order.status == 429) observation.operation_retry_after = milliseconds{order.wait_ms};
      limiter_->observe(operation_, observation, now);
      return 0;
    }
    if (order.kind == Order::Kind::acquire) {
      permit = limiter_->acquire(operation_, order.attempt, now);
    }
    const auto later = permit ? permit->retry_at(now) : std::nullopt;
    return later ? duration_cast<nanoseconds>(later->time_since_epoch()).count() : 0;
  }

  int socket_;
  Answer events_{};
  std::shared_ptr<RateLimiter> limiter_{};
  std::vector<std::unique_ptr<RatePermit>> permits_;
  Operation operation_;
};

class Simulation {
 public:
  explicit Simulation(const FleetScenario& scenario)
      : scenario_(scenario), api_(scenario.limit, minutes{1}) {
    for (int i = 0; i < scenario.processes; ++i) start_process();
  }

  ~Simulation() {
    for (const Process& process : processes_) {
      (void)::send(process.socket, &end_, sizeof end_, MSG_NOSIGNAL);
      ::close(process.socket);
      (void)end_of(process.id);
    }
  }

  FleetOutcome run() {
    for (const auto& [when, what] : scenario_.events) timeline_.at(fleet_start + when, what);
    for (std::size_t process = 0; process < processes_.size(); ++process) {
      for (int worker = 0; worker < scenario_.workers_of_each; ++worker) {
        timeline_.at(fleet_start, [this, process, worker] { next_call(process, worker); });
      }
    }
    while (done_ < scenario_.calls) timeline_.next();
    outcome_.took = now() - fleet_start;
    for (const Process& process : processes_) {
      say(process.socket, Order{.kind = Order::Kind::count_events});
      const auto answer = hear<Answer>(process.socket);
      outcome_.lost += answer.lost;
      outcome_.restored += answer.restored;
    }
    return outcome_;
  }

 private:
  struct Process {
    pid_t id;
    int socket;
  };

  void start_process() {
    int sockets[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) != 0) throw std::runtime_error("no socket");
    const pid_t id = in_forked_child([&] {
      ::alarm(600);  // far more than it needs
      ::close(sockets[0]);
      return Member(scenario_, sockets[1]).run();
    });
    ::close(sockets[1]);
    processes_.push_back({id, sockets[0]});
  }

  [[nodiscard]] TimePoint now() const { return timeline_.now(); }

  // How long to wait; nothing if the API has served it.
  std::optional<milliseconds> serve() {
    if (api_.take(now())) return std::nullopt;
    return ceil<milliseconds>(api_.first_over() - now());
  }

  std::int64_t order(std::size_t process, Order order) {
    order.now_ns = duration_cast<nanoseconds>(now().time_since_epoch()).count();
    say(processes_[process].socket, order);
    return hear<Answer>(processes_[process].socket).ask_again_ns;
  }

  void next_call(std::size_t process, int worker) {
    if (begun_ == scenario_.calls) return;
    ++begun_;
    attempt(process, worker, 1);
  }

  void attempt(std::size_t process, int worker, int number) {
    continue_call(
        process, worker, number,
        order(process, {.kind = Order::Kind::acquire, .worker = worker, .attempt = number}));
  }

  void continue_call(std::size_t process, int worker, int number, std::int64_t ask_again_ns) {
    if (ask_again_ns != 0) {
      return timeline_.at(TimePoint{nanoseconds{ask_again_ns}}, [=, this] {
        continue_call(process, worker, number,
                      order(process, {.kind = Order::Kind::ask, .worker = worker}));
      });
    }
    ++outcome_.sent;
    const milliseconds there{std::uniform_int_distribution<int>(5, 150)(random_)};
    const milliseconds back{std::uniform_int_distribution<int>(5, 150)(random_)};
    timeline_.at(now() + there, [=, this] {
      const auto refused = serve();
      timeline_.at(now() + back, [=, this] { answered(process, worker, number, refused); });
    });
  }

  void answered(std::size_t process, int worker, int number, std::optional<milliseconds> refused) {
    (void)order(process, {.kind = Order::Kind::complete,
                          .worker = worker,
                          .status = refused ? 429 : 200,
                          .wait_ms = refused.value_or(milliseconds{}).count()});
    if (refused) {
      ++outcome_.refused;
      return timeline_.at(now() + *refused, [=, this] { attempt(process, worker, number + 1); });
    }
    ++done_;
    next_call(process, worker);
  }

  const FleetScenario& scenario_;
  const Order end_{.kind = Order::Kind::end};
  SlidingWindow api_;
  std::mt19937 random_{1};
  std::vector<Process> processes_{};
  Timeline timeline_{fleet_start};
  int begun_ = 0;
  int done_ = 0;
  FleetOutcome outcome_{};
};

}  // namespace

FleetOutcome run_fleet(const FleetScenario& scenario) { return Simulation(scenario).run(); }

}  // namespace segment::test
