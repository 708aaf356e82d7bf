// Lists that are short by the API's own count: the token may not have access to all items.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "program.hpp"
#include "support/loopback_server.hpp"

namespace segment::test {
namespace {

constexpr auto two_of_three = R"({"data":{"sources":[{"id":"a"},{"id":"b"}],)"
                              R"("pagination":{"current":"c","totalEntries":3}}})";
constexpr auto two_of_two = R"({"data":{"sources":[{"id":"a"},{"id":"b"}],)"
                            R"("pagination":{"current":"c","totalEntries":2}}})";

const std::vector<std::vector<std::string>> every_way{
    {"call", "listSources"},
    {"call", "listSources", "--all"},
    {"sources", "list"},
    {"sources", "list", "--all"},
    {"sources", "list", "--all", "--output", "json"}};

class AShortListOnTheCommandLine : public ::testing::Test {
 protected:
  void SetUp() override { SEGMENT_NEEDS_PROGRAM(); }

  LoopbackServer server;
};

TEST_F(AShortListOnTheCommandLine, IsReportedOnStandardError) {
  server.always(respond(200, two_of_three));
  for (const auto& arguments : every_way) {
    SCOPED_TRACE(::testing::PrintToString(arguments));
    const Ran ran = run_against(server.url(""), arguments);
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_NE(ran.out, "");
    EXPECT_TRUE(ran.err.starts_with("warning: listSources: 2 items came of the 3 ")) << ran.err;
    EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
  }
}

TEST_F(AShortListOnTheCommandLine, IsNotReportedIfItIsComplete) {
  server.always(respond(200, two_of_two));
  for (const auto& arguments : every_way) {
    EXPECT_EQ(run_against(server.url(""), arguments).err, "");
  }
}

TEST_F(AShortListOnTheCommandLine, IsAnErrorOnRequest) {
  server.always(respond(200, two_of_three));
  for (auto arguments : every_way) {
    SCOPED_TRACE(::testing::PrintToString(arguments));
    arguments.insert(arguments.end(), {"--short-lists", "refuse"});
    const Ran ran = run_against(server.url(""), arguments);
    EXPECT_EQ(ran.exit_code, 10) << ran.err;
    EXPECT_NE(ran.err.find("error: listSources"), std::string::npos) << ran.err;
  }
}

TEST_F(AShortListOnTheCommandLine, CannotBeHandledInAnyOtherWay) {
  EXPECT_EQ(run_against(server.url(""), {"call", "listSources", "--short-lists", "no"}).exit_code,
            2);
  EXPECT_EQ(
      run_against(server.url(""), {"sources", "get", "s", "--short-lists", "refuse"}).exit_code, 2)
      << "it is not a list";
  EXPECT_TRUE(server.requests().empty());
}

}  // namespace
}  // namespace segment::test
