// `segment GROUP list --all`: every page, as it is received.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "program.hpp"
#include "support/loopback_server.hpp"

namespace segment::test {
namespace {

std::string page_with(std::string_view items, std::string_view pagination) {
  return R"({"data":{"sources":[)" + std::string(items) + R"(],"pagination":)" +
         std::string(pagination) + "}}";
}

class ListAll : public ::testing::Test {
 protected:
  void SetUp() override { SEGMENT_NEEDS_PROGRAM(); }

  Ran list(std::vector<std::string> flags = {}) {
    std::vector<std::string> arguments{"sources", "list", "--all"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return run_against(server.url(""), std::move(arguments));
  }

  LoopbackServer server;
};

TEST_F(ListAll, RequestsTheLargestPagesUnlessTheUserSaysOtherwise) {
  server.always(respond(200, page_with("", R"({"current":"c"})")));
  (void)list();
  (void)list({"--count", "7"});
  ASSERT_EQ(server.requests().size(), 2U);
  EXPECT_EQ(server.requests()[0].target, "/sources?pagination.count=1000");
  EXPECT_EQ(server.requests()[1].target, "/sources?pagination.count=7");
}

TEST_F(ListAll, RequestsSmallerPagesIfTheLargestAreRejected) {
  server.next(respond(422, R"({"errors":[{"type":"bad-request","field":"pagination.count"}]})"))
      .next(respond(200, page_with(R"({"id":"a"})", R"({"current":"c"})")));
  const Ran ran = list();
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(server.requests().at(1).target, "/sources?pagination.count=200");
}

TEST_F(ListAll, ShowsTheRowsBeforeAPageThatFails) {
  server
      .next(respond(200, page_with(R"({"id":"a","slug":"web"})", R"({"current":"0","next":"n"})")))
      .next(respond(403));
  const Ran ran = list();
  EXPECT_EQ(ran.exit_code, 4);
  EXPECT_TRUE(ran.out.starts_with("ID ")) << ran.out;
  EXPECT_NE(ran.out.find("a   web"), std::string::npos) << ran.out;
}

TEST_F(ListAll, PrintsItsHeadingsOnce) {
  server
      .next(respond(200, page_with(R"({"id":"a","slug":"web"})", R"({"current":"0","next":"n"})")))
      .next(respond(200,
                    page_with(R"({"id":"longer-than-all","slug":"app"})", R"({"current":"n"})")));
  const Ran ran = list();
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(ran.out.find("SLUG"), ran.out.rfind("SLUG")) << ran.out;
  EXPECT_NE(ran.out.find("\nlonger-than-all  app"), std::string::npos) << "not cut: " << ran.out;
}

TEST_F(ListAll, IsOneDocumentOfTheSameShapeAsAPage) {
  const std::string one = R"({"id":"a"})";
  const std::string two = R"({"id":"b"})";
  server.next(respond(200, page_with(one, R"({"current":"0","next":"n"})")))
      .next(respond(200, page_with(two, R"({"current":"n","totalEntries":2})")))
      .next(respond(200, page_with(one + "," + two, R"({"current":"n","totalEntries":2})")));
  const Ran all = list({"--output", "json"});
  EXPECT_EQ(all.exit_code, 0) << all.err;
  const Ran single = run_against(server.url(""), {"sources", "list", "--output", "json"});
  EXPECT_EQ(Json::parse(all.out), Json::parse(single.out));
}

TEST_F(ListAll, IsAnIncompleteDocumentIfAPageFails) {
  server.next(respond(200, page_with(R"({"id":"a"})", R"({"current":"0","next":"n"})")))
      .next(respond(403));
  const Ran ran = list({"--output", "json"});
  EXPECT_EQ(ran.exit_code, 4);
  EXPECT_THROW((void)Json::parse(ran.out), std::exception) << ran.out;
}

TEST_F(ListAll, SaysThatItIsWaitingForARateLimit) {
  server.next(respond(429, "", {{"Retry-After", "2"}}))
      .next(respond(200, page_with(R"({"id":"a"})", R"({"current":"c"})")));
  const Ran ran = list();
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_TRUE(ran.err.starts_with("listSources waits ")) << ran.err;
}

}  // namespace
}  // namespace segment::test
