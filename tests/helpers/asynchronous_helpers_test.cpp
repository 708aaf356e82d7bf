// What helpers over tasks keep alive, how they wait, and what ends them.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "segment/async.hpp"
#include "segment/helpers.hpp"
#include "support/by_each_front.hpp"
#include "support/fake_client.hpp"

namespace segment {
namespace {

using namespace std::chrono_literals;
using testing::broken;
using testing::FakeClient;
using testing::FakeTransport;
using testing::task_of;
using testing::thrown;

// In chunks ---------------------------------------------------------------------------------------

TEST(InChunksOfTasks, TakesAnArray) {
  const int items[] = {1, 2, 3};
  std::vector<std::size_t> sizes;
  in_chunks(items, 2, [&](std::span<const int> some) {
    sizes.push_back(some.size());
    return task_of([] {});
  }).get();
  EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 1}));
}

TEST(InChunksOfTasks, KeepsTheItemsAndTheActionUntilTheEnd) {
  FakeClient fakes;
  fakes.transport->respond_with([](const http::Request&) {
    return http::Response{200, {}, std::string(testing::a_success)};
  });
  auto task = [&] {
    const std::vector<std::string> emails{"a@b.c", "d@e.f", "g@h.i"};
    return in_chunks(emails, 2, [async = fakes.client.async()](std::span<const std::string> some) {
      return async.iam_users().remove_invites({.emails = {{some.begin(), some.end()}}});
    });
  }();
  task.get();
  EXPECT_EQ(fakes.sent(), 2U);
  EXPECT_TRUE(testing::contains(fakes.target(), "g%40h.i")) << fakes.target();
}

TEST(InChunksOfTasks, CopiesTheItemsOfASpan) {
  std::vector<std::string> names{"a", "b", "c"};
  std::vector<std::string> seen;
  std::vector<std::shared_ptr<detail::TaskState>> started;
  auto task = in_chunks(std::span(names).first(2), 1, [&](std::span<const std::string> some) {
    seen.insert(seen.end(), some.begin(), some.end());
    return Task<void>(started.emplace_back(std::make_shared<detail::TaskState>()));
  });
  names = {};
  started.at(0)->succeed(nullptr, nullptr);
  started.at(1)->succeed(nullptr, nullptr);
  EXPECT_TRUE(task.is_done());
  EXPECT_EQ(seen, (std::vector<std::string>{"a", "b"}));
}

TEST(InChunksOfAnArray, PassesEachItemOnceInOrder) {
  const std::array<int, 3> items{1, 2, 3};
  std::vector<int> seen;
  in_chunks(items, 2,
            [&](std::span<const int> some) { seen.insert(seen.end(), some.begin(), some.end()); });
  EXPECT_EQ(seen, (std::vector<int>{1, 2, 3}));
}

TEST(InChunksOfTasks, StartsAChunkWhenTheOneBeforeHasEnded) {
  std::vector<std::shared_ptr<detail::TaskState>> started;
  const std::vector<int> items(3);
  auto task = in_chunks(items, 1, [&](std::span<const int>) {
    started.push_back(std::make_shared<detail::TaskState>());
    return Task<void>(started.back());
  });
  for (std::size_t chunk = 0; chunk < items.size(); ++chunk) {
    ASSERT_EQ(started.size(), chunk + 1);
    EXPECT_FALSE(task.is_done());
    started[chunk]->succeed(nullptr, nullptr);
  }
  EXPECT_TRUE(task.is_done());
}

TEST(InChunksOfTasks, ReportsAnInvalidSizeThroughTheTask) {
  const std::vector<int> items(1);
  auto task = in_chunks(items, 0, [](std::span<const int>) { return task_of([] {}); });
  thrown<InvalidArgumentError>([&] { task.get(); });
}

TEST(InChunksOfTasks, DoesNotGrowTheStackIfTheTasksAreAlreadyDone) {
  const std::vector<int> items(50'000);
  std::size_t done = 0;
  in_chunks(items, 1, [&](std::span<const int> some) {
    done += some.size();
    return task_of([] {});
  }).get();
  EXPECT_EQ(done, items.size());
}

TEST(AHelperOverTasks, HandlesAFunctionThatThrowsInsteadOfStartingATask) {
  const auto starts_none = []() -> Task<int> { throw NotFoundError("no", {.status = 404}); };
  EXPECT_EQ(find_or_none(starts_none).get(), std::nullopt);
}

TEST(AHelperOverResults, ReturnsErrorsAndDoesNotThrow) {
  FakeClient fakes;
  fakes.transport->add(403, "{}");
  const NothrowClient client = fakes.client.nothrow();
  const Result<bool> removed =
      remove_if_exists([&] { return client.sources().remove(SourceId("s1")); });
  EXPECT_NE(removed.error_as<PermissionDeniedError>(), nullptr);
  const std::vector<int> items(1);
  const Result<void> done = in_chunks(items, 0, [](auto) { return Result<void>(); });
  EXPECT_NE(done.error_as<InvalidArgumentError>(), nullptr);
}

// Create if absent --------------------------------------------------------------------------------

/// A client on the system clock whose creations get no response, after which it waits for an hour.
struct Doubtful {
  explicit Doubtful(ClientOptions options = {})
      : client([&] {
          transport->respond_with([](const http::Request&) -> http::Outcome { return broken(); });
          options.token = Token("x");
          options.transport = transport;
          return Client(std::move(options));
        }()) {}

  [[nodiscard]] Task<UserGroup> create(const std::stop_token& stop = {}) const {
    const auto find = [] { return task_of([] { return std::optional<UserGroup>(); }); };
    const auto make = [async = client->async()] {
      return async.iam_groups().create({.name = "Analysts"});
    };
    return create_if_absent(client->async(), find, make, {.pause = 1h}, stop);
  }

  std::shared_ptr<FakeTransport> transport = std::make_shared<FakeTransport>();
  std::optional<Client> client;
};

void expect_doubt(Task<UserGroup>& task) {
  const auto error = thrown<TransportError>([&] { (void)task.get(); });
  EXPECT_TRUE(error.outcome_unknown());
}

TEST(ThePauseBeforeALookup, IsEndedByAStop) {
  Doubtful doubt;
  std::stop_source stop;
  auto task = doubt.create(stop.get_token());
  EXPECT_FALSE(task.is_done());
  stop.request_stop();
  expect_doubt(task);
}

TEST(ThePauseBeforeALookup, IsEndedByAShutdown) {
  Doubtful doubt;
  auto task = doubt.create();
  EXPECT_FALSE(doubt.client->shutdown(std::chrono::steady_clock::now() + 10ms));
  expect_doubt(task);
}

TEST(ThePauseBeforeALookup, IsEndedByTheClientsStopForABlockingCallToo) {
  std::stop_source stop;
  Doubtful doubt({.stop = stop.get_token()});
  doubt.transport->respond_with([&](const http::Request&) -> http::Outcome {
    stop.request_stop();
    return broken();
  });
  const auto find = [] { return std::optional<UserGroup>(); };
  const auto make = [&] { return doubt.client->iam_groups().create({.name = "Analysts"}); };
  const auto error = thrown<TransportError>(
      [&] { (void)create_if_absent(*doubt.client, find, make, {.pause = 1h}); });
  EXPECT_TRUE(error.outcome_unknown());
}

TEST(ThePauseBeforeALookup, IsNotStartedInAClientThatWasShutDown) {
  Doubtful doubt;
  doubt.client->shutdown(std::chrono::steady_clock::now());
  const auto find = [] { return task_of([] { return std::optional<int>(); }); };
  const auto make = [] {
    return task_of([]() -> int { throw TransportError("lost", {.outcome_unknown = true}); });
  };
  auto task = create_if_absent(doubt.client->async(), find, make, {.pause = 1h});
  thrown<TransportError>([&] { (void)task.get(); });
}

}  // namespace
}  // namespace segment
