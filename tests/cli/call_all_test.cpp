// `segment call --all`: every page of a list, one item per line.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "program.hpp"
#include "support/loopback_server.hpp"

namespace segment::test {
namespace {

std::string page(std::string_view items, std::string_view pagination) {
  return R"({"data":{"sources":[)" + std::string(items) + R"(],"pagination":)" +
         std::string(pagination) + "}}";
}

class CallAll : public ::testing::Test {
 protected:
  void SetUp() override { SEGMENT_NEEDS_PROGRAM(); }

  Ran walk(std::string input = {}) {
    std::vector<std::string> arguments{"call", "listSources", "--all"};
    if (!input.empty()) arguments.insert(arguments.end(), {"--input", "-"});
    return run_against(server.url(""), arguments, std::move(input));
  }

  std::vector<std::string> targets() const {
    std::vector<std::string> all;
    for (const auto& request : server.requests()) all.push_back(request.target);
    return all;
  }

  LoopbackServer server;
};

using Targets = std::vector<std::string>;

TEST_F(CallAll, PrintsNothingForAnEmptyList) {
  server.next(respond(200, page("", R"({"current":"MA=="})")));
  const Ran ran = walk();
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(targets(), Targets{"/sources"});
}

TEST_F(CallAll, PrintsOneItemPerLineOverTwoPages) {
  server.next(respond(200, page(R"({"id":"a"},{"id":"b"})", R"({"current":"0","next":"n=x"})")));
  server.next(respond(200, page(R"({"id":"c"})", R"({"current":"n=x"})")));
  const Ran ran = walk();
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const auto items = lines_of(ran.out);
  ASSERT_EQ(items.size(), 3U) << ran.out;
  EXPECT_EQ(items[0].at("id"), Json("a"));
  EXPECT_EQ(items[2].at("id"), Json("c"));
  EXPECT_EQ(targets(), (Targets{"/sources", "/sources?pagination.cursor=n%3Dx"}));
}

TEST_F(CallAll, SendsACountOnlyIfTheInputHasOne) {
  server.next(respond(200, page(R"({"id":"a"})", R"({"current":"0","next":"n"})")));
  server.next(respond(200, page(R"({"id":"b"})", R"({"current":"n"})")));
  EXPECT_EQ(walk(R"({"query": {"pagination": {"count": 1}}})").exit_code, 0);
  EXPECT_EQ(targets(), (Targets{"/sources?pagination.count=1",
                                "/sources?pagination.count=1&pagination.cursor=n"}));
}

TEST_F(CallAll, StartsAtTheCursorInTheInput) {
  server.next(respond(200, page(R"({"id":"b"})", R"({"current":"n"})")));
  EXPECT_EQ(walk(R"({"query": {"pagination": {"cursor": "n"}}})").exit_code, 0);
  EXPECT_EQ(targets(), Targets{"/sources?pagination.cursor=n"});
}

TEST_F(CallAll, EndsWhenNextIsNullOrEmpty) {
  for (const std::string next : {"null", R"("")"}) {
    server.next(respond(200, page(R"({"id":"a"})", R"({"current":"0","next":)" + next + "}")));
    const Ran ran = walk();
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_EQ(lines_of(ran.out).size(), 1U);
  }
  EXPECT_EQ(server.requests().size(), 2U);
}

TEST_F(CallAll, SkipsAnEmptyPageInTheMiddle) {
  server.next(respond(200, page("", R"({"current":"0","next":"n"})")));
  server.next(respond(200, page(R"({"id":"a"})", R"({"current":"n"})")));
  EXPECT_EQ(lines_of(walk().out).size(), 1U);
}

TEST_F(CallAll, FailsOnARepeatedCursor) {
  server.always(respond(200, page(R"({"id":"a"})", R"({"current":"0","next":"n"})")));
  const Ran ran = walk();
  EXPECT_EQ(ran.exit_code, 10);
  EXPECT_EQ(server.requests().size(), 2U);
  EXPECT_EQ(lines_of(ran.out).size(), 2U) << "items received before are printed";
  EXPECT_TRUE(ran.err.starts_with("error: listSources")) << ran.err;
}

TEST_F(CallAll, FailsWhenALaterPageDoes) {
  server.next(respond(200, page(R"({"id":"a"})", R"({"current":"0","next":"n"})")));
  server.next(respond(403));
  const Ran ran = walk();
  EXPECT_EQ(ran.exit_code, 4);
  EXPECT_EQ(lines_of(ran.out).size(), 1U);
}

TEST_F(CallAll, EndsQuietlyWhenTheReaderIsGone) {
  int pages = 0;  // endless
  server.always(depending_on_request([&](const Received&) {
    const std::string next = std::to_string(++pages);
    return respond(200, page(R"({"id":"a"})", R"({"current":"0","next":")" + next + R"("})"));
  }));
  const Ran ran =
      run({.arguments = {"call", "listSources", "--all"},
           .environment = {{"SEGMENT_TOKEN", token}, {"SEGMENT_BASE_URL", server.url("")}},
           .reader_gone = true});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(CallAll, IsRejectedForAnythingButAPagedList) {
  for (const std::string operation : {"getWorkspace", "listLabels"}) {
    const Ran ran = run_against(server.url(""), {"call", operation, "--all"});
    EXPECT_EQ(ran.exit_code, 2) << operation;
  }
  EXPECT_EQ(server.requests().size(), 0U);
}

}  // namespace
}  // namespace segment::test
