// Waits for jobs that occupy no thread, and what ends them.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "segment/async.hpp"
#include "segment/jobs.hpp"
#include "segment/testing/fake_transport.hpp"
#include "segment/testing/manual_clock.hpp"
#include "support/entries.hpp"
#include "support/fake_client.hpp"
#include "support/loopback_server.hpp"
#include "support/responses.hpp"

namespace segment::test {
namespace {

using std::chrono::steady_clock;
using testing::contains;
using testing::FakeTransport;
using testing::ManualClock;
using testing::thrown;
using namespace std::chrono_literals;

std::string regulation(std::string_view status) {
  return R"({"data":{"regulation":{"id":"r1","workspaceId":"w","overallStatus":")" +
         std::string(status) + R"(","createdAt":"2026-08-01T00:00:00Z","streamStatus":[]}}})";
}

/// A client on the system clock, and a job that never finishes and is polled once an hour: it
/// pauses as soon as `wait` has returned.
struct Pausing {
  explicit Pausing(ClientOptions options = {}) : client(with_transport(std::move(options))) {}

  [[nodiscard]] Task<Regulation> wait(std::stop_token stop = {}) const {
    return client->async().jobs().wait_for_regulation(
        RegulationId("r1"), {.initial_interval = 1h,
                             .max_interval = 1h,
                             .timeout = 24h,
                             .call = {.tag = "tenant-7", .stop = std::move(stop)}});
  }

  std::shared_ptr<FakeTransport> transport = std::make_shared<FakeTransport>();
  std::optional<Client> client;

 private:
  Client with_transport(ClientOptions options) {
    transport->respond_with([](const http::Request&) {
      return http::Response{200, {}, regulation("RUNNING")};
    });
    options.token = Token("x");
    options.transport = transport;
    return Client(std::move(options));
  }
};

void expect_cancelled_after_one_poll(Task<Regulation>& task) {
  const auto error = thrown<CancelledError>([&] { (void)task.get(); });
  EXPECT_EQ(error.operation(), "getRegulation");
  EXPECT_EQ(error.tag(), "tenant-7");
  EXPECT_EQ(error.attempts(), 1);
  EXPECT_TRUE(contains(error.what(), "you can wait for it again")) << error.what();
}

TEST(APauseBetweenPolls, IsEndedByAStop) {
  Pausing job;
  std::stop_source stop;
  auto task = job.wait(stop.get_token());
  EXPECT_FALSE(task.is_done());
  stop.request_stop();
  expect_cancelled_after_one_poll(task);
  EXPECT_EQ(job.transport->requests().size(), 1U);
}

TEST(APauseBetweenPolls, IsNotStartedAfterAStop) {
  Pausing job;
  std::stop_source stop;
  stop.request_stop();
  auto task = job.wait(stop.get_token());
  thrown<CancelledError>([&] { (void)task.get(); });
  EXPECT_TRUE(job.transport->requests().empty());
}

TEST(APauseBetweenPolls, IsEndedByTheClientsStop) {
  std::stop_source stop;
  Pausing job({.stop = stop.get_token()});
  auto task = job.wait();
  EXPECT_FALSE(task.is_done());
  stop.request_stop();
  expect_cancelled_after_one_poll(task);
}

TEST(APauseBetweenPolls, IsEndedByAShutdownAtItsDeadline) {
  Pausing job;
  auto task = job.wait();
  EXPECT_FALSE(job.client->shutdown(steady_clock::now() + 10ms)) << "the wait was cancelled";
  ASSERT_TRUE(task.is_done());
  expect_cancelled_after_one_poll(task);
}

TEST(APauseBetweenPolls, IsEndedWhenTheClientIsDestroyed) {
  Pausing job({.async = {.shutdown_timeout = 10ms}});
  auto task = job.wait();
  job.client.reset();
  ASSERT_TRUE(task.is_done());
  expect_cancelled_after_one_poll(task);
}

TEST(APauseBetweenPolls, OfABlockingWaitIsEndedByTheClientsStopToo) {
  std::stop_source stop;
  Pausing job({.stop = stop.get_token()});
  const auto error = thrown<CancelledError>([&] {
    job.client->jobs().wait_for_regulation(
        RegulationId("r1"), {.initial_interval = 1h,
                             .timeout = 24h,
                             .on_status = [&](std::string_view) { stop.request_stop(); }});
  });
  EXPECT_EQ(error.attempts(), 1);
}

TEST(APauseBetweenPolls, TakesNoPlaceInTheQueue) {
  Pausing job({.async = {.max_in_flight = 1}});
  std::stop_source stop;
  auto pausing = job.wait(stop.get_token());
  EXPECT_EQ(job.client->async()
                .deletion_and_suppression()
                .get_regulation(RegulationId("another"))
                .get()
                .id.text(),
            "r1");
  EXPECT_FALSE(pausing.is_done());
  stop.request_stop();
  expect_cancelled_after_one_poll(pausing);
}

/// A job that is running at the first polls, and finished at the last one.
struct Finishing {
  explicit Finishing(int polls, ClientOptions options = {})
      : client([&] {
          for (int i = 1; i < polls; ++i) transport->add(200, regulation("RUNNING"));
          transport->add(200, regulation("FINISHED"));
          options.token = Token("x");
          options.transport = transport;
          return std::move(options);
        }()) {}

  std::shared_ptr<FakeTransport> transport = std::make_shared<FakeTransport>();
  Client client;
};

/// A clock that the test advances; only a stop wakes a thread that waits on it.
class MovedClock final : public Clock {
 public:
  [[nodiscard]] steady_clock::time_point now() const override {
    return steady_clock::time_point(1h) + std::chrono::seconds(seconds_);
  }
  [[nodiscard]] std::chrono::system_clock::time_point system_now() const override { return {}; }
  bool wait_until(steady_clock::time_point, const std::stop_token& stop) override {
    is_waited_on_ = true;
    is_waited_on_.notify_all();
    std::atomic<bool> is_over = false;
    const std::stop_callback on_stop(stop, [&] {
      is_over = true;
      is_over.notify_all();
    });
    is_over.wait(false);
    return false;
  }

  void wait_for_a_wait() const { is_waited_on_.wait(false); }
  void advance() { ++seconds_; }

 private:
  std::atomic<int> seconds_ = 0;
  std::atomic<bool> is_waited_on_ = false;
};

TEST(AShutdown, LetsAWaitContinueUntilItsDeadline) {
  const auto clock = std::make_shared<MovedClock>();
  Finishing job(3, {.clock = clock});
  auto task = job.client.async().jobs().wait_for_regulation(
      RegulationId("r1"), {.timeout = 0ms, .call = {.timeout = 0ms}});
  auto all_ended =
      std::async(std::launch::async, [&] { return job.client.shutdown(clock->now() + 24h); });
  clock->wait_for_a_wait();
  while (!task.is_done()) {
    clock->advance();
    std::this_thread::yield();
  }
  EXPECT_TRUE(all_ended.get()) << "it finished by itself";
  EXPECT_EQ(task.get().overall_status, RegulationStatus::finished);
  EXPECT_EQ(job.transport->requests().size(), 3U);
}

TEST(AClientThatWasShutDown, StartsNoWait) {
  Finishing job(1);
  job.client.shutdown(steady_clock::now());
  const auto error = thrown<CancelledError>(
      [&] { (void)job.client.async().jobs().wait_for_regulation(RegulationId("r1")).get(); });
  EXPECT_TRUE(contains(error.what(), "the client was shut down")) << error.what();
}

// Many --------------------------------------------------------------------------------------------

TEST(AThousandWaits, TakeOneThread) {
  if (test::threads().empty()) GTEST_SKIP() << "threads cannot be counted here";
  Pausing job({.rate_limiter = RateLimiter::unlimited()});
  const std::size_t before = test::threads().size();
  std::stop_source stop;
  std::vector<Task<Regulation>> tasks;
  for (int i = 0; i < 1000; ++i) tasks.push_back(job.wait(stop.get_token()));
  EXPECT_EQ(job.transport->requests().size(), 1000U);
  EXPECT_LE(test::threads().size(), before + 1);
  stop.request_stop();
  for (auto& task : tasks) expect_cancelled_after_one_poll(task);
}

TEST(AThousandWaits, AllEndWithTheirJobs) {
  // Each job is finished at its third poll.
  std::atomic<int> polls = 0;
  auto transport = std::make_shared<FakeTransport>();
  transport->respond_with([&](const http::Request&) {
    return http::Response{200, {}, regulation(++polls > 2000 ? "FINISHED" : "RUNNING")};
  });
  const Client client({.token = Token("x"),
                       .async = {.max_in_flight = 4},
                       .transport = transport,
                       .rate_limiter = RateLimiter::unlimited(),
                       .clock = std::make_shared<ManualClock>()});
  std::vector<Task<Regulation>> tasks;
  for (int i = 0; i < 1000; ++i) {
    tasks.push_back(client.async().jobs().wait_for_regulation(RegulationId("r" + std::to_string(i)),
                                                              {.timeout = 0ms}));
  }
  for (auto& task : tasks) EXPECT_EQ(task.get().overall_status, RegulationStatus::finished);
}

TEST(AWait, WorksOverRealSockets) {
  LoopbackServer server;
  server.next(respond(200, regulation("RUNNING")))
      .next(respond(200, regulation("RUNNING")))
      .always(respond(200, regulation("FINISHED")));
  const Client client({.token = Token("x"),
                       .base_url = server.url(""),
                       .curl = {.proxy = "none"},
                       .rate_limiter = RateLimiter::unlimited(),
                       .clock = std::make_shared<ManualClock>()});
  auto task = client.async().jobs().wait_for_regulation(RegulationId("r1"));
  EXPECT_EQ(task.get().overall_status, RegulationStatus::finished);
  EXPECT_TRUE(server.wait_for_requests(3));
}

// Executors ---------------------------------------------------------------------------------------

/// An executor that keeps its work until the test runs it.
struct KeptWork {
  [[nodiscard]] Executor executor() const {
    return [work = work](std::function<void()> one) { work->push_back(std::move(one)); };
  }
  [[nodiscard]] std::function<void()> take() const {
    auto one = std::move(work->front());
    work->erase(work->begin());
    return one;
  }

  std::shared_ptr<std::vector<std::function<void()>>> work =
      std::make_shared<std::vector<std::function<void()>>>();
};

TEST(AWaitWithAnExecutor, ReportsTheStatusAndTheResultThere) {
  Finishing job(1);
  KeptWork here;
  std::vector<std::string> seen;
  auto task =
      job.client.async(here.executor())
          .jobs()
          .wait_for_regulation(RegulationId("r1"),
                               {.on_status = [&](std::string_view s) { seen.emplace_back(s); }});
  EXPECT_TRUE(seen.empty());
  EXPECT_FALSE(task.is_done());
  here.take()();
  EXPECT_EQ(seen, std::vector<std::string>{"FINISHED"});
  EXPECT_TRUE(task.is_done());
}

TEST(AWaitWithAnExecutor, ThatDropsItsWorkIsCancelled) {
  Finishing job(1);
  KeptWork here;
  auto task = job.client.async(here.executor()).jobs().wait_for_regulation(RegulationId("r1"));
  (void)here.take();
  const auto error = thrown<CancelledError>([&] { (void)task.get(); });
  EXPECT_EQ(error.operation(), "getRegulation");
}

/// An executor that runs the first pieces of work immediately, and passes later ones to another.
Executor after(int pieces, Executor then) {
  return [left = std::make_shared<std::atomic<int>>(pieces), then](std::function<void()> work) {
    if ((*left)-- > 0) return work();
    then(std::move(work));
  };
}

TEST(AWaitWithAnExecutor, ThatDropsItAfterAPauseIsCancelled) {
  Finishing job(3, {.clock = std::make_shared<ManualClock>()});
  auto task =
      job.client.async(after(1, [](const auto&) {})).jobs().wait_for_regulation(RegulationId("r1"));
  const auto error = thrown<CancelledError>([&] { (void)task.get(); });
  EXPECT_EQ(error.operation(), "getRegulation");
  EXPECT_TRUE(contains(error.what(), "the executor dropped the work")) << error.what();
}

TEST(AWaitWithAnExecutor, ThatThrowsAfterAPauseEndsWithItsException) {
  Finishing job(3, {.clock = std::make_shared<ManualClock>()});
  auto task = job.client.async(after(1, [](const auto&) { throw std::runtime_error("own"); }))
                  .jobs()
                  .wait_for_regulation(RegulationId("r1"));
  EXPECT_THROW((void)task.get(), std::runtime_error);
}

TEST(AWaitWithAnExecutor, IsNotWaitedForByAShutdownWhileTheExecutorHasIt) {
  Finishing job(2, {.clock = std::make_shared<ManualClock>()});
  KeptWork here;
  auto task = job.client.async(here.executor()).jobs().wait_for_regulation(RegulationId("r1"));
  EXPECT_TRUE(job.client.shutdown(steady_clock::time_point::min()));
  here.take()();
  thrown<CancelledError>([&] { (void)task.get(); });
  EXPECT_EQ(job.transport->requests().size(), 1U);
}

}  // namespace
}  // namespace segment::test
