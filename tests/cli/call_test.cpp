// `segment call`: what is sent, and what is printed.

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "program.hpp"
#include "support/loopback_server.hpp"

namespace segment::test {
namespace {

constexpr auto a_source =
    R"({"data":{"source":{"id":"s1","slug":"web","name":"Web","metadata":{},"workspaceId":"w",)"
    R"("enabled":true,"writeKeys":[],"settings":{"a":1},"labels":[]}}})";

class CallCommand : public ::testing::Test {
 protected:
  void SetUp() override { SEGMENT_NEEDS_PROGRAM(); }

  Ran call(std::vector<std::string> arguments, std::string input = {}) {
    arguments.insert(arguments.begin(), "call");
    if (!input.empty()) arguments.insert(arguments.end(), {"--input", "-"});
    return run_against(server.url(""), std::move(arguments), std::move(input));
  }

  LoopbackServer server;
};

TEST_F(CallCommand, SendsThePathAndPrintsTheData) {
  server.next(respond(200, a_source));
  const Ran ran = call({"getSource"}, R"({"path": {"sourceId": "a b/c"}})");
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_EQ(requests[0].method, "GET");
  EXPECT_EQ(requests[0].target, "/sources/a%20b%2Fc");
  EXPECT_EQ(*requests[0].headers.find("Authorization"), std::string("Bearer ") + token);
  EXPECT_EQ(*requests[0].headers.find("Accept"), "application/vnd.segment.v1+json");
  const Json printed = Json::parse(ran.out);
  EXPECT_EQ(printed.at("source").at("id"), Json("s1"));
  EXPECT_EQ(printed.at("source").at("settings"), Json::object({{"a", 1}}));
  EXPECT_EQ(ran.err, "");
}

TEST_F(CallCommand, SendsOnlyTheBodyMembersInTheInput) {
  server.next(respond(201, a_source));
  const Ran ran = call({"createSource"},
                       R"({"body": {"slug": "web", "enabled": true, "metadataId": "IqDTy1TpoU"}})");
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_EQ(server.requests()[0].method, "POST");
  EXPECT_EQ(server.requests()[0].target, "/sources");
  EXPECT_EQ(server.requests()[0].body,
            R"({"slug":"web","enabled":true,"metadataId":"IqDTy1TpoU"})");
}

TEST_F(CallCommand, SendsANullIfTheInputHasOne) {
  server.next(respond(200, R"({"data":{"destination":{}}})"));
  const Ran ran =
      call({"updateDestination"}, R"({"path": {"destinationId": "d"}, "body": {"name": null}})");
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_EQ(server.requests()[0].body, R"({"name":null})");
}

TEST_F(CallCommand, SendsAnUnknownEnumValue) {
  server.next(respond(200, R"({"data":{"settings":{}}})"));
  const Ran ran = call({"updateSchemaSettingsInSource"},
                       R"({"path": {"sourceId": "s"},
                           "body": {"track": {"commonEventOnViolations": "SOMETHING_NEW"}}})");
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_EQ(server.requests()[0].body, R"({"track":{"commonEventOnViolations":"SOMETHING_NEW"}})");
}

TEST_F(CallCommand, SendsOnlyTheQueryInTheInput) {
  server.always(respond(200, R"({"data":{"sources":[]}})"));
  EXPECT_EQ(call({"listSources"}).exit_code, 0);
  EXPECT_EQ(call({"listSources"}, R"({"query": {"pagination": {"count": 3}}})").exit_code, 0);
  ASSERT_EQ(server.requests().size(), 2U);
  EXPECT_EQ(server.requests()[0].target, "/sources");
  EXPECT_EQ(server.requests()[1].target, "/sources?pagination.count=3");
}

TEST_F(CallCommand, PrintsSuccessIfTheCallReturnsNothing) {
  server.next(respond(200, R"({"data":{"status":"SUCCESS"}})"));
  const Ran ran = call({"deleteSource"}, R"({"path": {"sourceId": "s"}})");
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(Json::parse(ran.out), Json::object({{"status", "SUCCESS"}}));
}

TEST_F(CallCommand, RequestsTheGivenVersion) {
  server.next(respond(200, a_source));
  const Ran ran = call({"getSource", "--version", "alpha"}, R"({"path": {"sourceId": "s"}})");
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(*server.requests().at(0).headers.find("Accept"),
            "application/vnd.segment.v1alpha+json");
}

TEST_F(CallCommand, TakesTheInputOfTheGivenVersion) {
  server.next(respond(200, R"({"data":{"warehouse":{"id":"w","credentialId":"c"}}})"));
  const Ran ran =
      call({"createWarehouse", "--version", "v2"}, R"({"body": {"credentialId": "c"}})");
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(*server.requests().at(0).headers.find("Accept"), "application/vnd.segment.v2+json");
  EXPECT_EQ(server.requests().at(0).body, R"({"credentialId":"c"})");
  EXPECT_EQ(call({"createWarehouse"}, R"({"body": {"credentialId": "c"}})").exit_code, 2)
      << "v1 takes another input";
}

TEST_F(CallCommand, ReadsTheInputFromAFileToo) {
  const std::string name = ::testing::TempDir() + "segment-input-" + std::to_string(getpid());
  std::ofstream(name) << R"({"path": {"sourceId": "from-a-file"}})";
  server.next(respond(200, a_source));
  const Ran ran = call({"getSource", "--input", name});
  std::remove(name.c_str());
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(server.requests().at(0).target, "/sources/from-a-file");
}

TEST_F(CallCommand, RejectsAMissingOrEmptyInputFile) {
  const Ran missing = call({"getSource", "--input", "/nowhere/at/all.json"});
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_TRUE(
      missing.err.starts_with("error: the input file /nowhere/at/all.json cannot be opened"))
      << missing.err;
  EXPECT_EQ(call({"listSources", "--input", "/dev/null"}).exit_code, 2);
  EXPECT_EQ(server.requests().size(), 0U);
}

TEST_F(CallCommand, MakesAsManyAttemptsAsItIsTold) {
  server.next(respond(503)).next(respond(200, a_source));
  const Ran ran =
      call({"getSource", "--attempts", "2", "-v"}, R"({"path": {"sourceId": "secret-path"}})");
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(server.requests().size(), 2U);
  EXPECT_NE(ran.err.find("getSource GET /sources/{sourceId} attempt 1: 503 in "), std::string::npos)
      << ran.err;
  EXPECT_NE(ran.err.find("attempt 2: 200 in "), std::string::npos) << ran.err;
  EXPECT_EQ(ran.err.find("secret-path"), std::string::npos) << ran.err;
}

TEST_F(CallCommand, NeverShowsTheToken) {
  const std::string echoed = std::string(R"({"errors":[{"type":"x","message":")") + token +
                             R"(","field":")" + token + R"("}]})";
  server.always(respond(422, echoed, {{"X-Request-Id", token}}));
  for (const bool verbose : {false, true}) {
    std::vector<std::string> arguments{"listSources"};
    if (verbose) arguments.emplace_back("-v");
    const Ran ran = call(arguments);
    EXPECT_EQ(ran.exit_code, 6);
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.err.find(token), std::string::npos) << ran.err;
  }
}

TEST_F(CallCommand, ShowsNoWriteKeyInMessages) {
  server.next(respond(404, R"({"errors":[{"type":"not-found","message":"no such key"}]})"));
  const Ran ran = call({"removeWriteKeyFromSource", "-v"},
                       R"({"path": {"sourceId": "s", "writeKey": "the-write-key"}})");
  EXPECT_EQ(ran.exit_code, 5);
  EXPECT_EQ(server.requests().at(0).target, "/sources/s/writekey/the-write-key");
  EXPECT_EQ(ran.err.find("the-write-key"), std::string::npos) << ran.err;
}

TEST_F(CallCommand, ReportsThatItsOutputCannotBeWritten) {
  server.always(respond(200, a_source));
  const Ran ran =
      run({.arguments = {"call", "getSource", "--input", "-"},
           .environment = {{"SEGMENT_TOKEN", token}, {"SEGMENT_BASE_URL", server.url("")}},
           .input = R"({"path": {"sourceId": "s"}})",
           .out_file = "/dev/full"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_TRUE(ran.err.starts_with("error: standard output cannot be written")) << ran.err;
}

}  // namespace
}  // namespace segment::test
