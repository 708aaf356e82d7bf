// An asynchronous call waits as a blocking one does, but without occupying a thread.
#include <gtest/gtest.h>

#include <chrono>
#include <stop_token>
#include <string>

#include "held_transport.hpp"
#include "segment/async.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;
using namespace std::chrono_literals;
using Waits = std::vector<std::chrono::milliseconds>;

TEST(AnAsynchronousCall, IsRetriedAfterTheSameWaits) {
  FakeClient fake;
  fake.transport->add(503, "")
      .add(broken())
      .add(429, "", {{"Retry-After", "7"}})
      .add(200, string(a_workspace));
  EXPECT_EQ(fake.client.async().workspaces().get().get().id.text(), "w1");
  EXPECT_EQ(fake.sent(), 4U);
  EXPECT_EQ(fake.clock->waits(), (Waits{500ms, 1000ms, 7000ms}));
}

TEST(AnAsynchronousCall, IsNotRetriedIfItsOutcomeIsUnknown) {
  FakeClient fake;
  fake.transport->add(broken());
  const auto error = thrown<TransportError>(
      [&] { (void)fake.client.async().sources().create_write_key(SourceId("s")).get(); });
  EXPECT_TRUE(error.outcome_unknown());
  EXPECT_EQ(fake.sent(), 1U);
}

TEST(AnAsynchronousCall, StartsNoWaitThatWouldExceedItsDeadline) {
  FakeClient fake;
  fake.transport->add(503, "", {{"Retry-After", "60"}});
  const auto error = thrown<ServerError>(
      [&] { (void)fake.client.async().workspaces().get({.timeout = 30s}).get(); });
  EXPECT_EQ(error.retry_after(), 60s);
  EXPECT_TRUE(fake.clock->waits().empty());
}

TEST(AnAsynchronousCall, EndsWhenItsDeadlineHasPassed) {
  FakeClient fake;
  const auto error = thrown<TimeoutError>(
      [&] { (void)fake.client.async().workspaces().get({.deadline = fake.clock->now()}).get(); });
  EXPECT_EQ(error.attempts(), 0);
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(AnAsynchronousCall, IsNotSentAfterAStop) {
  FakeClient fake;
  std::stop_source source;
  source.request_stop();
  thrown<CancelledError>(
      [&] { (void)fake.client.async().workspaces().get({.stop = source.get_token()}).get(); });
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(AnAsynchronousCall, IsEndedByAStopWhileItWaits) {
  auto transport = std::make_shared<FakeTransport>();
  transport->add(503, "", {{"Retry-After", "3000"}});
  const Client client({.token = Token("x"), .transport = transport});
  std::stop_source source;
  auto task = client.async().workspaces().get({.timeout = 1h, .stop = source.get_token()});
  EXPECT_FALSE(task.is_done());
  source.request_stop();
  const auto error = thrown<CancelledError>([&] { (void)task.get(); });
  EXPECT_EQ(error.attempts(), 1);
}

TEST(AnAsynchronousCall, WaitsForItsRateLimit) {
  FakeClient fake;
  fake.transport->add(429, "", {{"Retry-After", "30"}}).add(200, string(a_workspace));
  const auto async = fake.client.async();
  thrown<RateLimitError>([&] { (void)async.workspaces().get({.max_attempts = 1}).get(); });
  const auto before = fake.clock->now();
  EXPECT_EQ(async.workspaces().get().get().id.text(), "w1");
  EXPECT_GE(fake.clock->now() - before, 29s);
  EXPECT_EQ(fake.sent(), 2U);
}

// The queue ---------------------------------------------------------------------------------------

struct Queued {
  explicit Queued(std::size_t max_in_flight, ClientOptions options = {})
      : client([&] {
          options.token = Token("x");
          options.transport = transport;
          options.rate_limiter = RateLimiter::unlimited();
          options.async.max_in_flight = max_in_flight;
          return std::move(options);
        }()) {}

  Task<SourceDetails> get(const string& id, const CallOptions& options = {}) const {
    return client.async().sources().get(SourceId(id), options);
  }

  std::shared_ptr<HeldTransport> transport = std::make_shared<HeldTransport>();
  Client client;
};

TEST(TheQueue, AdmitsNoMoreThanMayBeInFlight) {
  Queued queue(3);
  std::vector<Task<SourceDetails>> tasks;
  for (int i = 0; i < 10; ++i) tasks.push_back(queue.get(std::to_string(i)));
  EXPECT_EQ(queue.transport->held(), 3U);
  for (auto& task : tasks) {
    queue.transport->respond(200, string(a_source));
    EXPECT_EQ(task.get().id.text(), "s1") << "in the order of the calls";
  }
  EXPECT_EQ(queue.transport->most(), 3U);
  const auto urls = queue.transport->urls();
  ASSERT_EQ(urls.size(), 10U);
  for (std::size_t i = 0; i < urls.size(); ++i) {
    EXPECT_TRUE(urls[i].ends_with("/" + std::to_string(i))) << urls[i];
  }
}

TEST(TheQueue, StaysEmptyWithoutALimit) {
  Queued queue(0);
  std::vector<Task<SourceDetails>> tasks;
  for (int i = 0; i < 1000; ++i) tasks.push_back(queue.get("s"));
  EXPECT_EQ(queue.transport->held(), 1000U);
  for (auto& task : tasks) {
    queue.transport->respond(200, string(a_source));
    (void)task.get();
  }
}

TEST(TheQueue, IsLeftByACallThatTimesOut) {
  Queued queue(1);
  auto first = queue.get("first");
  auto second = queue.get("second", {.timeout = 20ms});
  const auto error = thrown<TimeoutError>([&] { (void)second.get(); });
  EXPECT_EQ(error.attempts(), 0);
  queue.transport->respond(200, string(a_source));
  (void)first.get();
  EXPECT_EQ(queue.transport->urls().size(), 1U);
}

TEST(TheQueue, IsLeftByACallThatIsStopped) {
  Queued queue(1);
  std::stop_source source;
  auto first = queue.get("first");
  auto second = queue.get("second", {.stop = source.get_token()});
  auto third = queue.get("third");
  EXPECT_FALSE(second.is_done());
  source.request_stop();
  thrown<CancelledError>([&] { (void)second.get(); });
  queue.transport->respond(200, string(a_source));
  queue.transport->respond(200, string(a_source));
  (void)first.get();
  (void)third.get();
}

TEST(TheQueue, IsNotHeldUpByACallThatWaits) {
  Queued queue(
      1, {.retry = {.initial_backoff = 24h, .max_backoff = 24h}, .jitter = [] { return 0.01; }});
  std::stop_source source;
  auto first = queue.get("first", {.timeout = 1h, .stop = source.get_token()});
  auto second = queue.get("second");
  queue.transport->respond(503, "");  // the first one waits for many minutes
  queue.transport->respond(200, string(a_source));
  (void)second.get();
  EXPECT_FALSE(first.is_done());
  source.request_stop();
  thrown<CancelledError>([&] { (void)first.get(); });
}

TEST(TheQueue, DoesNotGrowTheStackIfResponsesAreImmediate) {
  FakeClient fake;
  auto held = std::make_shared<HeldTransport>();
  fake.transport->respond_with([](const http::Request&) -> http::Outcome {
    return http::Response{200, {}, string(a_workspace)};
  });
  // The first one gets its response late, and a long queue forms behind it.
  class FirstLate final : public http::Transport {
   public:
    FirstLate(std::shared_ptr<HeldTransport> late, std::shared_ptr<FakeTransport> soon)
        : late_(std::move(late)), soon_(std::move(soon)) {}
    http::Outcome send(const http::Request& request) override { return soon_->send(request); }
    void start(const http::Request& request, http::OnOutcome done) override {
      if (is_first_) {
        is_first_ = false;
        return late_->start(request, std::move(done));
      }
      done(soon_->send(request));
    }

   private:
    std::shared_ptr<HeldTransport> late_;
    std::shared_ptr<FakeTransport> soon_;
    bool is_first_ = true;
  };
  const Client client({.token = Token("x"),
                       .async = {.max_in_flight = 1},
                       .transport = std::make_shared<FirstLate>(held, fake.transport),
                       .rate_limiter = RateLimiter::unlimited()});
  constexpr int count = 20'000;
  std::vector<Task<Workspace>> tasks;
  for (int i = 0; i < count; ++i) tasks.push_back(client.async().workspaces().get());
  held->respond(200, string(a_workspace));
  for (auto& task : tasks) EXPECT_EQ(task.get().id.text(), "w1");
}

}  // namespace
}  // namespace segment::testing
