// The four ways to take an asynchronous call's result, and its errors.
#include <gtest/gtest.h>

#include <coroutine>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "segment/async.hpp"
#include "support/fake_client.hpp"
#include "tasks_by_hand.hpp"

namespace segment::testing {
namespace {

using std::string;
using test::done_task;

constexpr std::string_view no_such_source =
    R"({"errors":[{"type":"not-found","message":"no such source"}]})";

Task<string> name_of_workspace(AsyncClient client) {
  const Workspace workspace = co_await client.workspaces().get();
  co_return workspace.name;
}

TEST(AnAsynchronousCall, CanBeAwaitedInACoroutine) {
  FakeClient fake;
  fake.transport->add(200, string(a_workspace));
  EXPECT_EQ(name_of_workspace(fake.client.async()).get(), "Acme");
}

TEST(AnAsynchronousCall, ThrowsWhereItIsAwaited) {
  FakeClient fake;
  fake.transport->add(401, "");
  const auto error =
      thrown<AuthenticationError>([&] { (void)name_of_workspace(fake.client.async()).get(); });
  EXPECT_EQ(error.operation(), "getWorkspace");
  EXPECT_EQ(error.attempts(), 1);
}

TEST(AnAsynchronousCall, ConvertsToAStandardFuture) {
  FakeClient fake;
  fake.transport->add(200, string(a_workspace)).add(404, string(no_such_source));
  std::future<Workspace> workspace = fake.client.async().workspaces().get();
  std::future<SourceDetails> source = fake.client.async().sources().get(SourceId("nope"));
  EXPECT_EQ(workspace.get().id.text(), "w1");
  thrown<NotFoundError>([&] { (void)source.get(); });
}

TEST(AnAsynchronousCall, PassesItsResultToACallback) {
  FakeClient fake;
  fake.transport->add(200, string(a_workspace)).add(404, string(no_such_source));
  string name;
  fake.client.async().workspaces().get().then(
      [&](Result<Workspace> result) { name = result.value().name; });
  EXPECT_EQ(name, "Acme");
  bool was_not_found = false;
  fake.client.async().sources().get(SourceId("nope")).then([&](Result<SourceDetails> result) {
    was_not_found = !result && result.error_as<NotFoundError>() != nullptr &&
                    result.error_as<RateLimitError>() == nullptr;
  });
  EXPECT_TRUE(was_not_found);
}

TEST(AnAsynchronousCall, MayReturnNothing) {
  FakeClient fake;
  fake.transport->add(200, string(a_success)).add(200, R"({"data":{"status":"FAILED"}})");
  fake.client.async().sources().remove(SourceId("s")).get();
  thrown<ApiError>([&] { fake.client.async().sources().remove(SourceId("s")).get(); });
}

TEST(AnAsynchronousCall, SendsWhatTheBlockingCallSends) {
  FakeClient fake;
  fake.transport->respond_with([](const http::Request&) -> http::Outcome {
    return http::Response{200, {}, string(a_source)};
  });
  const CreateSource body{
      .slug = "web", .enabled = true, .metadata_id = SourceMetadataId("m"), .settings = Json{}};
  const CallOptions options{.headers = {{"X-Own", "1"}}, .query = {{"new", "a b"}}};
  (void)fake.client.sources().create(body, options);
  (void)fake.client.async().sources().create(body, options).get();
  const auto sent = fake.transport->requests();
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[0].url, sent[1].url);
  EXPECT_EQ(sent[0].body, sent[1].body);
  ASSERT_EQ(sent[0].headers.size(), sent[1].headers.size());
  for (const auto& header : sent[0].headers) {
    EXPECT_EQ(*sent[1].headers.find(header.name), header.value);
  }
}

TEST(AnAsynchronousCall, StartsWhenItIsMade) {
  FakeClient fake;
  fake.transport->add(200, string(a_workspace));
  const auto task = fake.client.async().workspaces().get();
  EXPECT_EQ(fake.sent(), 1U);
  EXPECT_TRUE(task.is_done());
}

TEST(AnAsynchronousCall, KeepsNoReferenceToItsInput) {
  FakeClient fake;
  fake.transport->add(503, "").add(200, string(a_source));
  std::optional<Task<Source>> task;
  {
    auto id = std::make_unique<SourceId>("s1");
    task = fake.client.async().sources().create_write_key(
        *id, {.headers = {{"X-Own", string(100, 'x')}}, .idempotent = true});
  }
  EXPECT_EQ(task->get().id.text(), "s1");
  EXPECT_EQ(fake.header("X-Own"), string(100, 'x'));
  EXPECT_EQ(fake.target(), "/sources/s1/writekey");
}

TEST(AnAsynchronousCall, ReportsInvalidInputInItsResultAndDoesNotThrow) {
  FakeClient fake;
  std::optional<Task<SourceDetails>> task;
  EXPECT_NO_THROW(task = fake.client.async().sources().get(SourceId("..")));
  thrown<InvalidArgumentError>([&] { (void)task->get(); });
  EXPECT_NO_THROW(
      task = fake.client.async().sources().get(SourceId("s"), {.headers = {{"bad name", ""}}}));
  thrown<InvalidArgumentError>([&] { (void)task->get(); });
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(AnAsynchronousCall, HasTheErrorOfATransportThatThrows) {
  FakeClient fake;
  fake.transport->respond_with(
      [](const http::Request&) -> http::Outcome { throw std::runtime_error("own"); });
  const auto error = thrown<TransportError>(
      [&] { (void)fake.client.async().workspaces().get({.max_attempts = 1}).get(); });
  EXPECT_TRUE(contains(error.what(), "own")) << error.what();
  fake.transport->respond_with(
      [](const http::Request&) -> http::Outcome { throw ConfigurationError("set up wrongly"); });
  thrown<ConfigurationError>([&] { (void)fake.client.async().workspaces().get().get(); });
}

TEST(AnAsynchronousCall, CanBeMadeByVerbAndPathToo) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"new":1}})");
  const Json data =
      fake.client.async().call(http::Method::put, "/new", {}, Json::object({{"a", 1}})).get();
  EXPECT_EQ(data.at("new").as_integer(), 1);
  EXPECT_EQ(fake.body(), R"({"a":1})");
  thrown<InvalidArgumentError>(
      [&] { (void)fake.client.async().call(http::Method::get, "../x").get(); });
}

// Each way to take a result fails if it was taken before.
void expect_taken(Task<Workspace>& task) {
  EXPECT_TRUE(task.is_done());
  EXPECT_THROW((void)task.get(), std::logic_error);
  EXPECT_THROW(task.then([](const Result<Workspace>&) { FAIL(); }), std::logic_error);
  EXPECT_THROW((void)task.future(), std::logic_error);
  EXPECT_THROW((void)task.operator co_await(), std::logic_error);
}

TEST(AResult, CanBeTakenOnlyOnce) {
  FakeClient fake;
  fake.transport->respond_with([](const http::Request&) -> http::Outcome {
    return http::Response{200, {}, string(a_workspace)};
  });
  const auto begin = [&] { return fake.client.async().workspaces().get(); };
  auto got = begin();
  EXPECT_EQ(got.get().name, "Acme");
  expect_taken(got);
  auto called_back = begin();
  called_back.then([](const Result<Workspace>&) {});
  expect_taken(called_back);
  auto as_future = begin();
  EXPECT_EQ(as_future.future().get().name, "Acme");
  expect_taken(as_future);
  auto awaited = begin();
  [](Task<Workspace>& task) -> Task<void> { (void)co_await task; }(awaited).get();
  expect_taken(awaited);
}

TEST(AResult, ThatIsAnErrorCanBeTakenOnlyOnceToo) {
  FakeClient fake;
  fake.transport->add(404, string(no_such_source));
  auto task = fake.client.async().sources().get(SourceId("nope"));
  thrown<NotFoundError>([&] { (void)task.get(); });
  EXPECT_THROW((void)task.get(), std::logic_error);
}

TEST(AResult, ThatIsPendingCanBeTakenOnlyOnceToo) {
  auto state = std::make_shared<detail::TaskState>();
  Task<void> pending(state);
  int calls = 0;
  pending.then([&](Result<void>) { ++calls; });
  EXPECT_THROW(pending.then([](Result<void>) { FAIL(); }), std::logic_error);
  EXPECT_THROW(pending.get(), std::logic_error) << "and does not wait";
  state->succeed(nullptr, nullptr);
  EXPECT_EQ(calls, 1);
}

TEST(ATask, ThatWasMovedFromSaysSo) {
  auto task = done_task(7);
  auto other = std::move(task);
  EXPECT_THROW((void)task.is_done(), std::logic_error);
  EXPECT_THROW((void)task.get(), std::logic_error);
  EXPECT_THROW(task.then([](Result<int>) {}), std::logic_error);
  EXPECT_THROW((void)task.future(), std::logic_error);
  EXPECT_THROW((void)task.operator co_await(), std::logic_error);
  EXPECT_EQ(other.get(), 7);
}

TEST(AnAsynchronousClient, ThatWasMovedFromStillWorks) {
  FakeClient fake;
  fake.transport->respond_with([](const http::Request&) -> http::Outcome {
    return http::Response{200, {}, string(a_workspace)};
  });
  int ran = 0;
  auto first = fake.client.async([&](const std::function<void()>& work) {
    ++ran;
    work();
  });
  auto second = std::move(first);
  auto group = first.workspaces();
  auto other_group = std::move(group);
  EXPECT_EQ(first.workspaces().get().get().name, "Acme");
  EXPECT_EQ(second.workspaces().get().get().name, "Acme");
  EXPECT_EQ(group.get().get().name, "Acme");
  EXPECT_EQ(other_group.get().get().name, "Acme");
  EXPECT_EQ(ran, 4) << "all four run by the executor";
}

Task<std::unique_ptr<int>> a_number() { co_return std::make_unique<int>(7); }

Task<int> sum() {
  const auto a = co_await a_number();
  auto b = a_number();
  co_return *a + *co_await b;
}

TEST(ATask, MayBeACoroutineOverOtherTasks) { EXPECT_EQ(sum().get(), 14); }

Task<std::vector<int>> nothing() { co_return {}; }

TEST(ATask, CanReturnABracedValue) { EXPECT_TRUE(nothing().get().empty()); }

// A result can be taken only once, so there is only one owner.
static_assert(!std::is_copy_constructible_v<Task<int>> && std::is_move_constructible_v<Task<int>>);
static_assert(!std::is_copy_constructible_v<AsyncList<Page<Source>>>);
static_assert(std::is_move_constructible_v<AsyncList<Page<Source>>>);

struct Destroys {
  [[nodiscard]] bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> coroutine) const { coroutine.destroy(); }
  void await_resume() const noexcept {}
};

Task<int> is_destroyed() {
  co_await Destroys{};
  co_return 1;
}

TEST(ATask, WhoseCoroutineIsDestroyedIsCancelled) {
  thrown<CancelledError>([] { (void)is_destroyed().get(); });
}

// A coroutine type of another library, which may destroy a suspended coroutine.
struct ForeignCoroutine {
  struct promise_type {
    ForeignCoroutine get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    [[nodiscard]] std::suspend_never initial_suspend() const noexcept { return {}; }
    [[nodiscard]] std::suspend_always final_suspend() const noexcept { return {}; }
    void return_void() const noexcept {}
    void unhandled_exception() const noexcept { std::terminate(); }
  };
  std::coroutine_handle<promise_type> handle;
};

ForeignCoroutine count_up(Task<int> task, int& sum) { sum += co_await task; }

TEST(AForeignCoroutine, ThatIsDestroyedWhileItAwaitsATaskIsNotResumed) {
  test::TasksByHand tasks;
  int sum = 0;
  const ForeignCoroutine destroyed = count_up(tasks.begin(1), sum);
  const ForeignCoroutine kept = count_up(tasks.begin(2), sum);
  destroyed.handle.destroy();
  tasks.succeed(1);
  tasks.succeed(2);
  EXPECT_EQ(sum, 20);
  EXPECT_TRUE(kept.handle.done());
  kept.handle.destroy();
}

Task<void> fails_at_once() {
  throw std::runtime_error("own");
  co_return;
}

TEST(ATask, PropagatesTheExceptionOfACoroutine) {
  EXPECT_THROW(fails_at_once().get(), std::runtime_error);
}

}  // namespace
}  // namespace segment::testing
