// An outage must not multiply the load: all calls of a client share one budget of retries.
#include <gtest/gtest.h>

#include <chrono>
#include <limits>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;

void always_respond(FakeClient& fake, int status, string body = {}) {
  fake.transport->respond_with([status, body](const auto&) {
    return http::Response{status, {}, body};
  });
}

void failing_call(const Client& client) {
  EXPECT_THROW((void)client.sources().get(SourceId("s")), ApiError);
}

TEST(TheRetryBudget, BoundsTheCostOfAnOutage) {
  FakeClient fake;
  always_respond(fake, 503);
  for (int i = 0; i < 1000; ++i) failing_call(fake.client);
  EXPECT_EQ(fake.sent(), 1050U) << "a thousand calls and fifty retries";
}

TEST(TheRetryBudget, IsSharedByAllCopiesOfAClient) {
  FakeClient fake({.retry = {.budget = 3}});
  always_respond(fake, 503);
  const Client copy = fake.client;
  failing_call(copy);
  failing_call(fake.client);
  EXPECT_EQ(fake.sent(), 5U);
}

TEST(TheRetryBudget, IsNamedInTheErrorWhenItIsSpent) {
  FakeClient fake({.retry = {.budget = 1}});
  always_respond(fake, 503);
  const auto error = thrown<ServerError>([&] { (void)fake.client.sources().get(SourceId("s")); });
  EXPECT_TRUE(contains(error.what(), "retry budget is used up")) << error.what();
  EXPECT_TRUE(error.retryable());
  EXPECT_EQ(error.attempts(), 2);
}

TEST(TheRetryBudget, IsRefilledBySuccessfulCalls) {
  FakeClient fake({.retry = {.budget = 1}});
  always_respond(fake, 503);
  failing_call(fake.client);
  ASSERT_EQ(fake.sent(), 2U);
  always_respond(fake, 200, string(a_source));
  for (int i = 0; i < 10; ++i) (void)fake.client.sources().get(SourceId("s"));
  ASSERT_EQ(fake.sent(), 12U);
  always_respond(fake, 503);
  failing_call(fake.client);
  EXPECT_EQ(fake.sent(), 14U) << "ten successes pay for one retry";
}

TEST(TheRetryBudget, NeverExceedsItsInitialSize) {
  FakeClient fake({.retry = {.budget = 1}});
  always_respond(fake, 200, string(a_source));
  for (int i = 0; i < 100; ++i) (void)fake.client.sources().get(SourceId("s"));
  always_respond(fake, 503);
  failing_call(fake.client);
  EXPECT_EQ(fake.sent(), 102U);
}

TEST(TheRetryBudget, IsNotSpentOnA429) {
  FakeClient fake({.retry = {.budget = 1}});
  always_respond(fake, 429);
  failing_call(fake.client);
  EXPECT_EQ(fake.sent(), 4U);
}

TEST(TheRetryBudget, MayBeTheLargestInteger) {
  FakeClient fake({.retry = {.budget = std::numeric_limits<int>::max()}});
  always_respond(fake, 503);
  failing_call(fake.client);
  EXPECT_EQ(fake.sent(), 4U);
}

TEST(TheRetryBudget, OfZeroIsUnlimited) {
  FakeClient fake({.retry = {.budget = 0}});
  always_respond(fake, 503);
  for (int i = 0; i < 100; ++i) failing_call(fake.client);
  EXPECT_EQ(fake.sent(), 400U);
}

}  // namespace
}  // namespace segment::testing
