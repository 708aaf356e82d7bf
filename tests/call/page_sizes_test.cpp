// How large the pages of a list are where its caller does not say: as large as they can be, and
// smaller where the server refuses those.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pages.hpp"
#include "segment/api/sources.hpp"
#include "support/by_each_front.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using Texts = std::vector<std::string>;

class TheLargestPage : public ::testing::TestWithParam<By> {
 protected:
  Texts collect(const PageRequest& query = {}) {
    return ids_of(made_by(GetParam(), fake.client, [&](const auto& client) {
      return client.sources().list(query).to_vector();
    }));
  }

  /// How many items each request so far has asked for.
  [[nodiscard]] Texts counts() const {
    Texts counts;
    for (const http::Request& request : fake.transport->requests()) {
      const std::string behind = request.url.substr(request.url.find("count=") + 6);
      counts.push_back(behind.substr(0, behind.find('&')));
    }
    return counts;
  }

  static std::string refusal(const std::string& member) {
    return R"({"errors":[{"type":"validation-failed",)" + member + "}]}";
  }

  FakeClient fake;
};

INSTANTIATE_TEST_SUITE_P(EachFront, TheLargestPage, ::testing::ValuesIn(every_front));

TEST_P(TheLargestPage, IsAskedForWhereTheCallerNamesNoSize) {
  fake.transport->add(200, page_of({"1"}, R"("b")")).add(200, page_of({"2"}));
  EXPECT_EQ(collect(), (Texts{"1", "2"}));
  EXPECT_EQ(counts(), (Texts{"1000", "1000"}));
}

TEST_P(TheLargestPage, IsFollowedByTheUsualOneWhereTheServerRefusesIt) {
  fake.transport->add(422, refusal(R"("field":"pagination.count")"))
      .add(200, page_of({"1"}, R"("b")"))
      .add(200, page_of({"2"}));
  EXPECT_EQ(collect(), (Texts{"1", "2"}));
  EXPECT_EQ(counts(), (Texts{"1000", "200", "200"}));
  EXPECT_EQ(fake.clock->waits().size(), 0U) << "there is nothing to wait for";

  fake.transport->add(200, page_of({}));
  EXPECT_EQ(collect(), Texts{});
  EXPECT_EQ(counts().back(), "200") << "the client has learned it";
}

TEST_P(TheLargestPage, IsFollowedByTheUsualOneWhereAGatewaySaysSoInOtherWords) {
  fake.transport->add(400, refusal(R"("message":"pagination.count must not exceed 200")"))
      .add(200, page_of({"1"}));
  EXPECT_EQ(collect(), Texts{"1"});
  EXPECT_EQ(counts(), (Texts{"1000", "200"}));
}

TEST_P(TheLargestPage, IsFollowedByTheUsualOneWhereItsResponseIsTooLarge) {
  fake.transport->add(http::Failure{http::FailureKind::too_large, true, "too large"})
      .add(200, page_of({"1"}));
  EXPECT_EQ(collect(), Texts{"1"});
  EXPECT_EQ(counts(), (Texts{"1000", "200"}));
}

TEST_P(TheLargestPage, StaysWhereTheServerRefusesSomethingElse) {
  fake.transport->add(422, refusal(R"("field":"pagination.cursor")"));
  thrown<ValidationError>([&] { (void)collect(); });
  EXPECT_EQ(counts(), Texts{"1000"});
}

TEST_P(TheLargestPage, StaysWhereWhatTheServerRefusesOnlyHoldsTheWord) {
  fake.transport->add(400, refusal(R"("message":"this account has no discount")"));
  thrown<BadRequestError>([&] { (void)collect(); });
  EXPECT_EQ(counts(), Texts{"1000"});
}

TEST_P(TheLargestPage, ThatTheCallerNamesIsTheCallers) {
  fake.transport->add(422, refusal(R"("field":"pagination.count")"));
  thrown<ValidationError>([&] { (void)collect({.count = 1000}); });
  EXPECT_EQ(counts(), Texts{"1000"});
}

}  // namespace
}  // namespace segment::testing
