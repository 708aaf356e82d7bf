// How large the pages of a list are if its caller gives no size: as large as possible, and smaller
// if the server refuses that.
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

class TheLargestPageSize : public ::testing::TestWithParam<By> {
 protected:
  Texts collect(const PageRequest& query = {}) {
    return ids_of(made_by(GetParam(), fake.client, [&](const auto& client) {
      return client.sources().list(query).to_vector();
    }));
  }

  /// The page size of each request so far.
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

INSTANTIATE_TEST_SUITE_P(EachFront, TheLargestPageSize, ::testing::ValuesIn(every_front));

TEST_P(TheLargestPageSize, IsRequestedIfTheCallerGivesNone) {
  fake.transport->add(200, page_of({"1"}, R"("b")")).add(200, page_of({"2"}));
  EXPECT_EQ(collect(), (Texts{"1", "2"}));
  EXPECT_EQ(counts(), (Texts{"1000", "1000"}));
}

TEST_P(TheLargestPageSize, IsReplacedByTheDefaultIfTheServerRefusesIt) {
  fake.transport->add(422, refusal(R"("field":"pagination.count")"))
      .add(200, page_of({"1"}, R"("b")"))
      .add(200, page_of({"2"}));
  EXPECT_EQ(collect(), (Texts{"1", "2"}));
  EXPECT_EQ(counts(), (Texts{"1000", "200", "200"}));
  EXPECT_EQ(fake.clock->waits().size(), 0U) << "there is no reason to wait";

  fake.transport->add(200, page_of({}));
  EXPECT_EQ(collect(), Texts{});
  EXPECT_EQ(counts().back(), "200") << "the client remembers it";
}

TEST_P(TheLargestPageSize, IsReplacedByTheDefaultIfAGatewayRefusesItInOtherWords) {
  fake.transport->add(400, refusal(R"("message":"pagination.count must not exceed 200")"))
      .add(200, page_of({"1"}));
  EXPECT_EQ(collect(), Texts{"1"});
  EXPECT_EQ(counts(), (Texts{"1000", "200"}));
}

TEST_P(TheLargestPageSize, IsReplacedByTheDefaultIfItsResponseIsTooLarge) {
  fake.transport->add(http::Failure{http::FailureKind::too_large, true, "too large"})
      .add(200, page_of({"1"}));
  EXPECT_EQ(collect(), Texts{"1"});
  EXPECT_EQ(counts(), (Texts{"1000", "200"}));
}

TEST_P(TheLargestPageSize, IsKeptIfTheServerRefusesSomethingElse) {
  fake.transport->add(422, refusal(R"("field":"pagination.cursor")"));
  thrown<ValidationError>([&] { (void)collect(); });
  EXPECT_EQ(counts(), Texts{"1000"});
}

TEST_P(TheLargestPageSize, IsKeptIfTheRefusalMerelyContainsTheWord) {
  fake.transport->add(400, refusal(R"("message":"this account has no discount")"));
  thrown<BadRequestError>([&] { (void)collect(); });
  EXPECT_EQ(counts(), Texts{"1000"});
}

TEST_P(TheLargestPageSize, IsNotReplacedIfTheCallerGivesIt) {
  fake.transport->add(422, refusal(R"("field":"pagination.count")"));
  thrown<ValidationError>([&] { (void)collect({.count = 1000}); });
  EXPECT_EQ(counts(), Texts{"1000"});
}

}  // namespace
}  // namespace segment::testing
