// Options of a single call.
#include <gtest/gtest.h>

#include <vector>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;

const string source_response(a_source);

TEST(ExtraHeaders, AreSent) {
  FakeClient fake;
  fake.transport->add(200, source_response);
  (void)fake.client.sources().get(SourceId("s1"), {.headers = {{"X-One", "1"}, {"X-Two", "a\tb"}}});
  EXPECT_EQ(fake.header("X-One"), "1");
  EXPECT_EQ(fake.header("X-Two"), "a\tb");
}

TEST(ExtraHeaders, ReplaceTheLibrarysOwn) {
  FakeClient fake;
  fake.transport->add(200, source_response);
  (void)fake.client.sources().get(SourceId("s1"), {.headers = {{"accept", "application/json"}}});
  EXPECT_EQ(fake.header("Accept"), "application/json");
  int accepts = 0;
  for (const auto& header : fake.transport->last_request().headers) {
    accepts += http::same_name(header.name, "Accept") ? 1 : 0;
  }
  EXPECT_EQ(accepts, 1);
}

TEST(ExtraHeaders, AreSentWithEveryAttempt) {
  FakeClient fake;
  fake.transport->add(503, "").add(200, source_response);
  (void)fake.client.sources().get(SourceId("s1"), {.headers = {{"X-One", "1"}}});
  EXPECT_EQ(fake.sent(), 2U);
  EXPECT_EQ(fake.header("X-One"), "1");
}

TEST(ExtraHeaders, CannotCarryAnotherToken) {
  for (const char* name : {"Authorization", "authorization", "AUTHORIZATION"}) {
    FakeClient fake;
    const auto error = thrown<InvalidArgumentError>([&] {
      (void)fake.client.sources().get(SourceId("s1"), {.headers = {{name, "Bearer other-token"}}});
    });
    EXPECT_EQ(error.operation(), "getSource");
    EXPECT_FALSE(contains(error.what(), "other-token")) << error.what();
    EXPECT_EQ(fake.sent(), 0U);
  }
}

TEST(ExtraHeaders, CannotChangeTheFramingOrTheHost) {
  for (const char* name : {"Host", "host", "Content-Length", "CONTENT-LENGTH", "Transfer-Encoding",
                           "Cookie", "Proxy-Authorization", "Proxy-Connection", "Connection",
                           "Keep-Alive", "TE", "Trailer", "Upgrade", "Expect", "HTTP2-Settings"}) {
    FakeClient fake;
    const auto error = thrown<InvalidArgumentError>([&] {
      (void)fake.client.sources().get(SourceId("s1"), {.headers = {{name, "a-value"}}});
    });
    EXPECT_FALSE(contains(error.what(), "a-value")) << error.what();
    EXPECT_EQ(fake.sent(), 0U) << name;
  }
}

TEST(ExtraHeaders, CannotSmuggleInAnotherHeader) {
  const std::vector<http::Header> bad = {{"X-A", "1\r\nX-Evil: 2"},
                                         {"X-A", "1\nX-Evil: 2"},
                                         {"X-A", string("1\0", 2)},
                                         {"X-A", "1\r"},
                                         {"X-A: 1\r\nX-Evil", "2"},
                                         {"X A", "1"},
                                         {"X-A:", "1"},
                                         {"", "1"},
                                         {"X-\xc3\xa4", "1"}};
  for (const auto& header : bad) {
    FakeClient fake;
    EXPECT_THROW((void)fake.client.sources().get(SourceId("s1"), {.headers = {header}}),
                 InvalidArgumentError)
        << ::testing::PrintToString(header.name + "=" + header.value);
    EXPECT_EQ(fake.sent(), 0U);
  }
}

TEST(ExtraHeaders, CannotContainControlCharactersExceptTabs) {
  for (const char* value : {"a\x7f", "\x01", "a\x1b[2K"}) {
    FakeClient fake;
    thrown<InvalidArgumentError>([&] {
      (void)fake.client.sources().get(SourceId("s1"), {.headers = {{"X-A", value}}});
    });
    EXPECT_EQ(fake.sent(), 0U);
  }
}

TEST(ExtraQueryParameters, AreEncodedAndAddedToTheOperationsOwn) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"sources":[],"pagination":{"current":"MA=="}}})");
  (void)fake.client.sources().list_page({.count = 3}, {.query = {{"new filter", "a&b=c"}}});
  EXPECT_EQ(fake.target(), "/sources?pagination.count=3&new%20filter=a%26b%3Dc");
}

TEST(ExtraQueryParameters, ReplaceTheOperationsOwn) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"sources":[],"pagination":{"current":"MA=="}}})");
  (void)fake.client.sources().list_page({.count = 3}, {.query = {{"pagination.count", "7"}}});
  EXPECT_EQ(fake.target(), "/sources?pagination.count=7");
}

TEST(ExtraQueryParameters, MayRepeatAName) {
  FakeClient fake({.query = {{"id", "a"}, {"id", "b"}}});
  fake.transport->respond_with([](const auto&) {
    return http::Response{200, {}, R"({"data":{"sources":[]}})"};
  });
  (void)fake.client.sources().list_page({}, {.query = {{"x", "1"}, {"x", "2"}}});
  EXPECT_EQ(fake.target(), "/sources?x=1&x=2&id=a&id=b");
  (void)fake.client.call(http::Method::get, "/sources", {{"x", "0"}, {"y", "0"}}, {},
                         {.query = {{"x", "1"}, {"x", "2"}, {"id", "c"}}});
  EXPECT_EQ(fake.target(), "/sources?y=0&x=1&x=2&id=c");
}

TEST(ExtraBodyMembers, AreAddedToTheBody) {
  FakeClient fake;
  fake.transport->add(200, source_response);
  (void)fake.client.sources().update(SourceId("s1"), {.name = "n"},
                                     {.body = Json::object({{"brandNew", Json::array({1, "x"})}})});
  EXPECT_EQ(fake.body(), R"({"name":"n","brandNew":[1,"x"]})");
}

TEST(ExtraBodyMembers, ReplaceMembersOfTheSameName) {
  FakeClient fake;
  fake.transport->add(200, source_response);
  (void)fake.client.sources().update(SourceId("s1"), {.name = "n", .enabled = true},
                                     {.body = Json::object({{"name", nullptr}})});
  EXPECT_EQ(fake.body(), R"({"name":null,"enabled":true})");
}

TEST(ExtraBodyMembers, MakeABodyIfTheOperationHasNone) {
  FakeClient fake;
  fake.transport->add(200, source_response);
  (void)fake.client.sources().create_write_key(SourceId("s1"),
                                               {.body = Json::object({{"label", "ci"}})});
  EXPECT_EQ(fake.body(), R"({"label":"ci"})");
  EXPECT_EQ(fake.header("Content-Type"), fake.header("Accept"));
}

TEST(ExtraBodyMembers, ThatAreNotAnObjectAreRefused) {
  FakeClient fake;
  const auto error = thrown<InvalidArgumentError>(
      [&] { (void)fake.client.sources().update(SourceId("s1"), {}, {.body = Json::array({1})}); });
  EXPECT_EQ(error.operation(), "updateSource");
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(ExtraBodyMembers, ThatAreNotUtf8AreRefusedNamingTheOperation) {
  FakeClient fake;
  const auto error = thrown<InvalidArgumentError>([&] {
    (void)fake.client.sources().update(SourceId("s1"), {},
                                       {.body = Json::object({{"name", "\xff"}})});
  });
  EXPECT_EQ(error.operation(), "updateSource") << error.what();
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(TheResponseObserver, SeesEachResponseAsItCame) {
  FakeClient fake;
  std::vector<http::Response> seen;
  fake.transport->add(503, "<html>busy</html>", {{"X-Request-Id", "r1"}})
      .add(broken())
      .add(200, source_response, {{"X-RateLimit-Remaining", "5"}});
  (void)fake.client.sources().get(
      SourceId("s1"), {.on_response = [&](const auto& response) { seen.push_back(response); }});
  ASSERT_EQ(seen.size(), 2U) << "a broken connection is not a response";
  EXPECT_EQ(seen[0].status, 503);
  EXPECT_EQ(seen[0].body, "<html>busy</html>");
  EXPECT_EQ(*seen[0].headers.find("x-request-id"), "r1");
  EXPECT_EQ(seen[1].status, 200);
  EXPECT_EQ(seen[1].body, source_response);
  EXPECT_EQ(*seen[1].headers.find("X-RateLimit-Remaining"), "5");
}

TEST(TheResponseObserver, SeesErrorResponsesToo) {
  FakeClient fake;
  int status = 0;
  fake.transport->add(404, "");
  EXPECT_THROW((void)fake.client.sources().get(
                   SourceId("s1"), {.on_response = [&](const auto& r) { status = r.status; }}),
               NotFoundError);
  EXPECT_EQ(status, 404);
}

TEST(TheResponseObserver, MayThrowWhichEndsTheCall) {
  FakeClient fake;
  fake.transport->add(200, source_response);
  EXPECT_THROW((void)fake.client.sources().get(SourceId("s1"),
                                               {.on_response = [](const auto&) { throw 42; }}),
               int);
}

TEST(TheMismatchObserver, SeesWhereAResponseDiffersFromTheDescription) {
  std::vector<string> mismatches;
  FakeClient fake({.on_schema_mismatch = [&](const SchemaMismatch& schema_mismatch) {
    mismatches.push_back(string(schema_mismatch.operation) + " " + string(schema_mismatch.pointer));
  }});
  fake.transport->add(200, R"({"data":{"workspace":{"id":"w","slug":"s","brandNew":1}}})");
  EXPECT_EQ(fake.client.workspaces().get().slug, "s");
  EXPECT_EQ(mismatches, (std::vector<string>{"getWorkspace /data/workspace/brandNew",
                                             "getWorkspace /data/workspace/name"}));
}

}  // namespace
}  // namespace segment::testing
