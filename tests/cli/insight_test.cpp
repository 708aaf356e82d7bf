// Reports that take several calls: `segment connections`, `sources ungoverned` and `stale`,
// `delivery`.

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "program.hpp"
#include "support/loopback_server.hpp"

namespace segment::test {
namespace {

class AReport : public ::testing::Test {
 protected:
  void SetUp() override {
    SEGMENT_NEEDS_PROGRAM();
    SEGMENT_NEEDS_SANDBOX();
  }

  // From a sandbox that lives as long as the command.
  static std::string respond(std::vector<std::string> arguments,
                             const std::map<std::string, std::string>& environment = {}) {
    arguments.emplace_back("--sandbox");
    const Ran ran = run({.arguments = std::move(arguments), .environment = environment});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return ran.out;
  }

  static std::vector<std::string> slugs_in(const std::string& text) {
    std::vector<std::string> slugs;
    const Json rows = Json::parse(text);
    for (const Json& row : rows.as_array()) slugs.push_back(row.at("slug").as_string());
    return slugs;
  }
};

TEST_F(AReport, ListsWhatEachSourceFeedsAndHow) {
  const Json rows = Json::parse(respond({"connections", "--output", "json"}));
  ASSERT_EQ(rows.size(), 10U) << "a source that feeds nothing has a row too";
  const Json& first = rows.at(0);
  EXPECT_EQ(first.at("source"), Json("website"));
  EXPECT_EQ(first.at("to"), Json("Product analytics"));
  EXPECT_EQ(first.at("filters"), Json::array({"No IP addresses"}));
  EXPECT_EQ(first.at("subscriptions"), Json::array({"Every track call"}));
  EXPECT_EQ(rows.at(9).at("type"), Json("nothing"));
  EXPECT_EQ(Json::parse(respond({"connections", "--output", "json", "--source", "ios-app"})).size(),
            1U);
}

TEST_F(AReport, MarksWhatIsSwitchedOff) {
  const std::string table = respond({"connections"});
  EXPECT_NE(table.find("Order hook (off)"), std::string::npos) << table;
  EXPECT_NE(table.find("No IP addresses"), std::string::npos) << table;
}

TEST_F(AReport, OnAnUnknownSourceIsRejected) {
  const Ran ran = run({.arguments = {"connections", "--source", "nowhere", "--sandbox"}});
  EXPECT_EQ(ran.exit_code, 2) << ran.err;
  EXPECT_NE(ran.err.find("no source nowhere"), std::string::npos) << ran.err;
}

TEST_F(AReport, WithInvalidFlagsIsRejectedBeforeTheEnvironmentIsRead) {
  for (const std::vector<std::string>& flags :
       {std::vector<std::string>{"--timeout", "x"}, {"--query", "nope"}, {"--output", "xml"}}) {
    for (std::vector<std::string> question :
         {std::vector<std::string>{"connections"}, {"sources", "stale"}, {"delivery", "Ads"}}) {
      question.insert(question.end(), flags.begin(), flags.end());
      const Ran ran = run({.arguments = question});
      EXPECT_EQ(ran.exit_code, 2) << ran.err;
    }
  }
}

TEST_F(AReport, FindsSourcesWithoutATrackingPlan) {
  EXPECT_EQ(slugs_in(respond({"sources", "ungoverned", "--output", "json"})),
            (std::vector<std::string>{"orders-api", "ios-app", "crm-database", "payments",
                                      "old-website"}));
}

TEST_F(AReport, FindsSourcesThatSendNothing) {
  EXPECT_EQ(slugs_in(respond({"sources", "stale", "--output", "json"})),
            (std::vector<std::string>{"old-website"}));
}

TEST_F(AReport, WithoutAListItNeedsFailsAsThatListDoes) {
  const std::pair<std::vector<std::string>, const char*> questions[] = {
      {{"sources", "ungoverned"}, "/tracking-plans"},
      {{"sources", "stale"}, "/sources"},
      {{"connections", "--source", "web"}, "/sources"},
      {{"delivery", "foo"}, "/destinations"}};
  for (const auto& [arguments, refused] : questions) {
    LoopbackServer server;
    server.always(depending_on_request([path = std::string(refused)](const Received& request) {
      if (request.target.starts_with(path)) {
        return segment::test::respond(403, R"({"errors":[{"type":"forbidden","message":"no"}]})");
      }
      return segment::test::respond(
          200, R"({"data":{"sources":[],"destinations":[],"warehouses":[],"trackingPlans":[],)"
               R"("pagination":{"current":"0"}}})");
    }));
    const Ran ran = run_against(server.url(""), arguments);
    EXPECT_EQ(ran.exit_code, 4) << ran.err;
    EXPECT_TRUE(ran.err.starts_with("error: ")) << ran.err;
  }
}

TEST_F(AReport, SaysThatThereWereNoEvents) {
  EXPECT_EQ(respond({"delivery", "Order hook"}), "orders-api / Order hook: no events\n");
}

TEST_F(AReport, PlotsTheDeliveryOfEvents) {
  const std::vector<std::string> question{"delivery", "Product analytics", "--days", "3"};
  const std::string blocks = respond(question, {{"LANG", "C.UTF-8"}});
  EXPECT_NE(blocks.find("█▒░"), std::string::npos) << blocks;
  const std::string letters = respond(question, {{"LANG", "C.UTF-8"}, {"LC_ALL", "C"}});
  EXPECT_NE(letters.find("#x."), std::string::npos) << letters;
  for (const char c : letters) EXPECT_GT(c, 0) << letters;
  const Json rows = Json::parse(respond({"delivery", "Ads", "--output", "json", "--days", "3"}));
  ASSERT_GE(rows.size(), 3U);
  EXPECT_GT(rows.at(1).at("delivered").as_integer(), rows.at(1).at("failed").as_integer());
}

}  // namespace
}  // namespace segment::test
