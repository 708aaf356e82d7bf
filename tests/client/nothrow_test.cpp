// Calls that return errors as values, and the operations of a Result.
#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <version>

#include "segment/api/sources.hpp"
#include "segment/api/workspaces.hpp"
#include "segment/async_client.hpp"
#include "segment/nothrow_client.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;

const SourceId the_source{"s"};

TEST(ANothrowCall, ReturnsTheValue) {
  FakeClient fake;
  fake.transport->add(200, string(a_workspace));
  const Result<Workspace> workspace = fake.client.nothrow().workspaces().get();
  ASSERT_TRUE(workspace.has_value());
  EXPECT_EQ(workspace->name, "Acme");
  EXPECT_EQ(workspace.error(), nullptr);
}

TEST(ANothrowCall, ReturnsTheErrorThatTheBlockingCallThrows) {
  FakeClient fake;
  fake.transport->add(404, "");
  const auto source = fake.client.nothrow().sources().get(the_source);
  EXPECT_FALSE(source);
  ASSERT_NE(source.error_as<NotFoundError>(), nullptr);
  EXPECT_EQ(source.error_as<NotFoundError>()->operation(), "getSource");
  EXPECT_EQ(source.error_as<RateLimitError>(), nullptr);
  thrown<NotFoundError>([&] { (void)source.value(); });
}

TEST(ANothrowCall, ReturnsTheErrorForAnInvalidArgument) {
  FakeClient fake;
  const auto gone = fake.client.nothrow().sources().remove(SourceId(""));
  EXPECT_NE(gone.error_as<InvalidArgumentError>(), nullptr);
  EXPECT_TRUE(fake.transport->requests().empty());
}

TEST(ANothrowCall, MayBeMadeByVerbAndPath) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"new":1}})").add(500, "");
  const NothrowClient client = fake.client.nothrow();
  EXPECT_EQ(client.call(http::Method::get, "/new")->dump(), R"({"new":1})");
  EXPECT_NE(client.call(http::Method::post, "/new").error_as<ServerError>(), nullptr);
}

TEST(ANothrowCall, OutlivesTheClientThatItWasMadeFrom) {
  auto transport = std::make_shared<FakeTransport>();
  transport->add(200, string(a_workspace));
  const auto workspaces =
      Client({.token = Token("t"), .transport = transport}).nothrow().workspaces();
  EXPECT_EQ(workspaces.get()->name, "Acme");
}

Result<int> failed() { return std::make_exception_ptr(NotFoundError("no such thing")); }

TEST(AResult, HasItsValueOrADefault) {
  EXPECT_EQ(Result<int>(1).value_or(2), 1);
  EXPECT_EQ(failed().value_or(2), 2);
  const Result<string> text("a");
  EXPECT_EQ(text.value_or("b"), "a");
}

TEST(AResult, SaysWhatItsErrorIsWhateverItsType) {
  EXPECT_EQ(failed().error_message(), "no such thing");
  EXPECT_EQ(Result<int>(std::make_exception_ptr(std::domain_error("odd"))).error_message(), "odd");
  EXPECT_EQ(Result<void>(std::make_exception_ptr(7)).error_message(),
            "an exception that is not a std::exception");
  EXPECT_EQ(Result<int>(1).error_message(), "");
}

TEST(EveryClient, CanBeShutDownAndTellsTheRemainingQuota) {
  const auto& limited = operations::labels::create;
  FakeClient fake;
  EXPECT_EQ(fake.client.async().remaining_quota(limited)->limit, 60);
  EXPECT_EQ(fake.client.nothrow().remaining_quota(limited)->remaining, 60);
  EXPECT_TRUE(fake.client.nothrow().shutdown(std::chrono::steady_clock::time_point::min()));
  const auto refused = fake.client.nothrow().workspaces().get();
  EXPECT_NE(refused.error_as<CancelledError>(), nullptr) << refused.error_message();
}

TEST(AResult, IsTransformedByAFunctionOfItsValue) {
  EXPECT_EQ(Result<int>(20).transform([](int value) { return std::to_string(value); }).value(),
            "20");
  const Result<string> error = failed().transform([](int) { return string("never"); });
  EXPECT_NE(error.error_as<NotFoundError>(), nullptr);
}

TEST(AResult, IsTransformedToVoidByAVoidFunction) {
  int seen = 0;
  const Result<void> done = Result<int>(3).transform([&](int value) { seen = value; });
  EXPECT_TRUE(done);
  EXPECT_EQ(seen, 3);
  EXPECT_EQ(Result<void>().transform([] { return 4; }).value(), 4);
}

TEST(AResult, IsFollowedByAnotherResultIfItHasAValue) {
  const auto half = [](int value) -> Result<int> {
    if (value % 2 != 0) return std::make_exception_ptr(std::domain_error("odd"));
    return value / 2;
  };
  EXPECT_EQ(Result<int>(8).and_then(half).and_then(half).value(), 2);
  EXPECT_NE(Result<int>(6).and_then(half).and_then(half).error_as<std::domain_error>(), nullptr);
  EXPECT_NE(failed().and_then(half).error_as<NotFoundError>(), nullptr);
  EXPECT_EQ(Result<void>().and_then([] { return Result<int>(5); }).value(), 5);
}

TEST(AResult, MayHaveItsErrorReplaced) {
  const auto zero_if_gone = [](const std::exception_ptr& error) -> Result<int> {
    if (detail::error_as<NotFoundError>(error) != nullptr) return 0;
    return error;
  };
  EXPECT_EQ(failed().or_else(zero_if_gone).value(), 0);
  EXPECT_EQ(Result<int>(7).or_else(zero_if_gone).value(), 7);
  const Result<void> gone(std::make_exception_ptr(NotFoundError("gone")));
  EXPECT_TRUE(gone.or_else([](const std::exception_ptr&) { return Result<void>(); }));
}

TEST(AResult, LetsItsValueBeMovedOut) {
  Result<std::unique_ptr<int>> result(std::make_unique<int>(9));
  const auto shared = std::move(result).transform(
      [](std::unique_ptr<int> value) { return std::shared_ptr<int>(std::move(value)); });
  EXPECT_EQ(**shared, 9);
  EXPECT_EQ(*Result<std::unique_ptr<int>>(std::make_unique<int>(3)).value_or(nullptr), 3);
}

TEST(AResult, PropagatesTheExceptionsOfItsFunctions) {
  const auto fail = [](int) -> int { throw std::domain_error("mine"); };
  EXPECT_THROW((void)Result<int>(1).transform(fail), std::domain_error);
}

#ifdef __cpp_lib_expected
TEST(AResult, ConvertsToStdExpected) {
  const std::expected<int, std::exception_ptr> value = Result<int>(1);
  EXPECT_EQ(value.value(), 1);
  const std::expected<int, std::exception_ptr> error = failed();
  EXPECT_FALSE(error.has_value());
  const std::expected<void, std::exception_ptr> done = Result<void>();
  EXPECT_TRUE(done.has_value());
}
#endif

}  // namespace
}  // namespace segment::testing
