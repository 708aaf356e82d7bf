// What callbacks receive, and what happens to exceptions that leave them.
#include <gtest/gtest.h>

#include <exception>
#include <future>
#include <stdexcept>
#include <string>
#include <vector>

#include "asynchronous_client.hpp"
#include "segment/async.hpp"
#include "support/fake_client.hpp"
#include "support/loopback_server.hpp"
#include "support/responses.hpp"

namespace segment::test {
namespace {

using testing::a_success;
using testing::a_workspace;
using testing::FakeClient;

std::string text_of(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& exception) {
    return exception.what();
  }
}

TEST(ACallbackPair, GetsEitherTheValueOrTheError) {
  FakeClient fake;
  fake.transport->add(200, std::string(a_workspace)).add(404, "");
  const auto async = fake.client.async();
  std::string id;
  std::vector<std::string> errors;
  const auto on_error = [&](const std::exception_ptr& error) { errors.push_back(text_of(error)); };
  async.workspaces().get().then([&](Workspace workspace) { id = workspace.id.text(); }, on_error);
  EXPECT_EQ(id, "w1");
  EXPECT_TRUE(errors.empty());
  async.workspaces().get().then([&](const Workspace&) { id = "again"; }, on_error);
  EXPECT_EQ(id, "w1");
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_TRUE(testing::contains(errors[0], "404")) << errors[0];
}

TEST(ACallback, ForTheValueTakesNothingIfThereIsNone) {
  FakeClient fake;
  fake.transport->add(200, std::string(a_success));
  bool is_called = false;
  fake.client.async()
      .sources()
      .remove(SourceId("s"))
      .then([&] { is_called = true; }, [](const std::exception_ptr&) {});
  EXPECT_TRUE(is_called);
}

/// A client whose handler passes exceptions to the test.
struct WithHandler {
  WithHandler() { server.always(respond(200, std::string(a_workspace))); }

  LoopbackServer server{};
  std::promise<std::string> text{};
  Client client = client_of(
      server, {.async = {.on_unhandled_exception = [this](const std::exception_ptr& error) {
                 text.set_value(text_of(error));
               }}});
};

TEST(AnExceptionFromACallback, IsPassedToTheClientsHandler) {
  WithHandler handled;
  handled.client.async().workspaces().get().then(
      [](const Result<Workspace>&) { throw std::runtime_error("of the callback"); });
  EXPECT_EQ(handled.text.get_future().get(), "of the callback");
  EXPECT_EQ(handled.client.async().workspaces().get().get().id.text(), "w1")
      << "and the client still works";
}

TEST(AnExceptionFromACallback, IsPassedOnIfTheResultWasAlreadyThere) {
  std::string text;
  FakeClient fake({.async = {.on_unhandled_exception = [&](const std::exception_ptr& error) {
                     text = text_of(error);
                   }}});
  fake.transport->add(404, "");
  fake.client.async().workspaces().get().then(
      [](const Result<Workspace>& result) { (void)result.value(); });
  EXPECT_TRUE(testing::contains(text, "404")) << text;
}

TEST(AnExceptionFromACallback, OfACallThatCouldNotBeSentIsPassedToTheClientsHandler) {
  std::string text;
  FakeClient fake({.async = {.on_unhandled_exception = [&](const std::exception_ptr& error) {
                     text = text_of(error);
                   }}});
  fake.client.async().sources().get(SourceId("")).then([](const Result<SourceDetails>& result) {
    (void)result.value();
  });
  EXPECT_TRUE(testing::contains(text, "sourceId")) << text;

  fake.transport->add(200, R"({"data":{"sources":[]}})");
  auto pages = fake.client.async().sources().list().pages();
  (void)pages.next().get();
  pages.next().then([](const Result<Page<Source>>& result) { (void)result.value(); });
  EXPECT_TRUE(testing::contains(text, "no page after the last")) << text;
}

Task<int> one_after(AsyncClient client) {
  auto call = client.workspaces().get();
  (void)co_await call;
  co_return 1;
}

TEST(AnExceptionFromACallback, OfACoroutinesTaskIsPassedToItsClientsHandler) {
  WithHandler handled;
  one_after(handled.client.async()).then([](const Result<int>&) {
    throw std::runtime_error("after");
  });
  EXPECT_EQ(handled.text.get_future().get(), "after");
}

Task<int> two_calls(AsyncClient client) {
  (void)co_await client.workspaces().get();
  (void)co_await client.workspaces().get();
  co_return 2;
}
Task<int> around_two_calls(AsyncClient client) {
  auto inner = two_calls(client);
  const int calls = co_await inner;
  co_return calls;
}

TEST(AnExceptionFromACallback, OfACoroutineThatAwaitsAnotherIsPassedToTheClientsHandler) {
  WithHandler handled;
  around_two_calls(handled.client.async()).then([](const Result<int>&) {
    throw std::runtime_error("around");
  });
  EXPECT_EQ(handled.text.get_future().get(), "around");
}

// For ThreadSanitizer: one thread looks for the handler of a task while another awaits within it.
TEST(ACoroutine, MayBeAwaitedWhileItAwaitsFurtherCalls) {
  LoopbackServer server;
  server.always(respond(200, std::string(a_workspace)));
  const Client client = client_of(server);
  for (int round = 0; round < 20; ++round) {
    EXPECT_EQ(around_two_calls(client.async()).get(), 2);
  }
}

TEST(AnExceptionFromACallback, OfManyTasksIsPassedToTheirClientsHandler) {
  WithHandler handled;
  segment::map(std::vector{1, 2, 3}, [&](int) {
    return handled.client.async().workspaces().get();
  }).then([](const Result<std::vector<Workspace>>&) { throw std::runtime_error("of all"); });
  EXPECT_EQ(handled.text.get_future().get(), "of all");
}

TEST(AnExceptionFromACallbackDeathTest, EndsTheProgramWithItsTextWithoutAHandler) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        FakeClient fake;
        fake.transport->add(404, "");
        fake.client.async().workspaces().get().then(
            [](const Result<Workspace>&) { throw std::runtime_error("nobody caught this"); });
      },
      "an exception left a callback: nobody caught this");
}

}  // namespace
}  // namespace segment::test
