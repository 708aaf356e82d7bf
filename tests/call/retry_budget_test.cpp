// An outage must not multiply the load: the retries of all calls of a client come out of one purse.
#include <gtest/gtest.h>

#include <chrono>
#include <limits>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;

void answer_always(FakeClient& fake, int status, string body = {}) {
  fake.transport->respond_with([status, body](const auto&) {
    return http::Response{status, {}, body};
  });
}

void call_in_vain(const Client& client) {
  EXPECT_THROW((void)client.sources().get(SourceId("s")), ApiError);
}

TEST(TheRetryBudget, BoundsWhatAnOutageCosts) {
  FakeClient fake;
  answer_always(fake, 503);
  for (int i = 0; i < 1000; ++i) call_in_vain(fake.client);
  EXPECT_EQ(fake.sent(), 1050U) << "a thousand calls and fifty retries";
}

TEST(TheRetryBudget, IsOneForAllCopiesOfAClient) {
  FakeClient fake({.retry = {.budget = 3}});
  answer_always(fake, 503);
  const Client copy = fake.client;
  call_in_vain(copy);
  call_in_vain(fake.client);
  EXPECT_EQ(fake.sent(), 5U);
}

TEST(TheRetryBudget, SaysInTheErrorThatItIsSpent) {
  FakeClient fake({.retry = {.budget = 1}});
  answer_always(fake, 503);
  const auto error = thrown<ServerError>([&] { (void)fake.client.sources().get(SourceId("s")); });
  EXPECT_TRUE(contains(error.what(), "retry budget is used up")) << error.what();
  EXPECT_TRUE(error.retryable());
  EXPECT_EQ(error.attempts(), 2);
}

TEST(TheRetryBudget, IsFilledAgainByCallsThatSucceed) {
  FakeClient fake({.retry = {.budget = 1}});
  answer_always(fake, 503);
  call_in_vain(fake.client);
  ASSERT_EQ(fake.sent(), 2U);
  answer_always(fake, 200, string(a_source));
  for (int i = 0; i < 10; ++i) (void)fake.client.sources().get(SourceId("s"));
  ASSERT_EQ(fake.sent(), 12U);
  answer_always(fake, 503);
  call_in_vain(fake.client);
  EXPECT_EQ(fake.sent(), 14U) << "ten successes pay for one retry";
}

TEST(TheRetryBudget, IsNeverFullerThanAtFirstHoweverManyCallsSucceed) {
  FakeClient fake({.retry = {.budget = 1}});
  answer_always(fake, 200, string(a_source));
  for (int i = 0; i < 100; ++i) (void)fake.client.sources().get(SourceId("s"));
  answer_always(fake, 503);
  call_in_vain(fake.client);
  EXPECT_EQ(fake.sent(), 102U);
}

TEST(TheRetryBudget, IsNotTouchedByA429WhichIsNoOutage) {
  FakeClient fake({.retry = {.budget = 1}});
  answer_always(fake, 429);
  call_in_vain(fake.client);
  EXPECT_EQ(fake.sent(), 4U);
}

TEST(TheRetryBudget, MayBeAsLargeAsAnyNumber) {
  FakeClient fake({.retry = {.budget = std::numeric_limits<int>::max()}});
  answer_always(fake, 503);
  call_in_vain(fake.client);
  EXPECT_EQ(fake.sent(), 4U);
}

TEST(TheRetryBudget, OfZeroIsNoBound) {
  FakeClient fake({.retry = {.budget = 0}});
  answer_always(fake, 503);
  for (int i = 0; i < 100; ++i) call_in_vain(fake.client);
  EXPECT_EQ(fake.sent(), 400U);
}

}  // namespace
}  // namespace segment::testing
