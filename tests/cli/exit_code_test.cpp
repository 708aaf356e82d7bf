// Exit codes. Every failure is one line on standard error.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "program.hpp"
#include "support/loopback_server.hpp"
#include "support/temporary_folder.hpp"

namespace segment::test {
namespace {

void expect_failure(const Ran& ran, int code) {
  EXPECT_EQ(ran.exit_code, code) << ran.err;
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(ran.err.starts_with("error: ")) << ran.err;
  EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
  EXPECT_TRUE(ran.err.ends_with('\n'));
}

class ExitCode : public ::testing::Test {
 protected:
  void SetUp() override { SEGMENT_NEEDS_PROGRAM(); }

  // Without an environment: malformed input is detected before that is read.
  static void expect_malformed(std::vector<std::string> arguments, const std::string& input = {}) {
    SCOPED_TRACE(::testing::PrintToString(arguments) + " " + input);
    if (!input.empty()) arguments.insert(arguments.end(), {"--input", "-"});
    expect_failure(run({.arguments = arguments, .input = input}), 2);
  }
};

TEST_F(ExitCode, IsTwoForInvalidArguments) {
  expect_malformed({});
  expect_malformed({"call"});
  expect_malformed({"nonsense"});
  expect_malformed({"call", "noSuchOperation"});
  expect_malformed({"call", "getWorkspace", "--nonsense"});
  expect_malformed({"call", "getWorkspace", "more"});
  for (const std::string seconds : {"0", "-1", "nan", "inf", "1e99", "x", "", "1s"}) {
    expect_malformed({"call", "getWorkspace", "--timeout", seconds});
  }
  for (const std::string attempts : {"0", "-1", "1.5", "x"}) {
    expect_malformed({"call", "getWorkspace", "--attempts", attempts});
  }
  expect_malformed({"call", "getWorkspace", "--version", "v2"});
  expect_malformed({"call", "getWorkspace", "--timeout", "1", "--timeout", "2"});
}

TEST_F(ExitCode, IsTwoWithAPlainMessage) {
  const auto error = [](std::vector<std::string> arguments) {
    const Ran ran = run({.arguments = std::move(arguments)});
    expect_failure(ran, 2);
    return ran.err;
  };
  const std::string help = "; --help says what can be typed\n";
  EXPECT_EQ(error({}), "error: segment needs a command" + help);
  EXPECT_EQ(error({"sources"}), "error: segment sources needs a command" + help);
  EXPECT_EQ(error({"sources", "get"}), "error: SOURCE_ID is required" + help);
  EXPECT_EQ(error({"call", "getWorkspace", "--timeout"}), "error: --timeout needs a value" + help);
  EXPECT_EQ(error({"sources", "create", "--slug", "a", "--slug", "b"}),
            "error: --slug was given 2 times" + help);
  EXPECT_EQ(error({"whoami", "--sandbox=sgp_secret"}), "error: --sandbox takes no value" + help);
  EXPECT_EQ(error({"sources", "list", "--all=x"}), "error: --all takes no value" + help);
  for (const std::string days : {"0", "31", "x", "1.5", ""}) {
    EXPECT_EQ(error({"delivery", "Ads", "--days", days}),
              "error: --days: must be a whole number from 1 to 30" + help);
  }
}

TEST_F(ExitCode, IsTwoWithoutEchoingAMisplacedToken) {
  const std::string secret = token;
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"call", "getWorkspace", secret},
        {"call", "getWorkspace", "--token=" + secret},
        {"call", "getWorkspace", "--token", secret},
        {"sources", "get", "s", secret}}) {
    const Ran ran = run({.arguments = arguments});
    expect_failure(ran, 2);
    EXPECT_EQ(ran.err.find(secret), std::string::npos) << ran.err;
  }
}

TEST_F(ExitCode, IsTwoForAVersionThatTheOperationLacks) {
  expect_malformed({"call", "listDeliveryMetricsSummaryFromDestination", "--version", "v1"},
                   R"({"path": {"destinationId": "d"}, "query": {"sourceId": "s"}})");
}

TEST_F(ExitCode, IsTwoForAnInvalidInput) {
  for (const std::string input : {"{", "[]", "null", R"({"paths": {}})", R"({"path": []})",
                                  R"({"body": null})", R"({"query": "a=b"})", "{} {}", "\xff"}) {
    expect_malformed({"call", "getWorkspace"}, input);
  }
}

TEST_F(ExitCode, IsTwoForAnInvalidPathParameter) {
  for (const std::string path :
       {"{}", R"({"sourceId": ""})", R"({"sourceId": "."})", R"({"sourceId": ".."})",
        R"({"sourceId": 5})", R"({"sourceId": null})", R"({"sourceId": "s", "more": "m"})",
        R"({"id": "s"})"}) {
    expect_malformed({"call", "getSource"}, R"({"path": )" + path + "}");
  }
  expect_malformed({"call", "getSource"});
}

TEST_F(ExitCode, IsTwoForABodyOrQueryTheOperationDoesNotAccept) {
  for (const std::string body :
       {"{}", R"({"slug": "w", "enabled": true})",
        R"({"slug": "w", "enabled": "true", "metadataId": "m"})",
        R"({"slug": null, "enabled": true, "metadataId": "m"})",
        R"({"slug": "w", "enabled": true, "metadataId": "m", "unknown": 1})",
        R"({"slug": "w", "enabled": true, "metadataId": "m", "settings": []})"}) {
    expect_malformed({"call", "createSource"}, R"({"body": )" + body + "}");
  }
  expect_malformed({"call", "createSource"});
  expect_malformed({"call", "listSources"}, R"({"query": {"pagination": {"count": 1.5}}})");
  expect_malformed({"call", "listSources"}, R"({"query": {"pagination": {"counts": 1}}})");
  expect_malformed({"call", "listSources"}, R"({"query": {"count": 1}})");
  expect_malformed({"call", "listSources"}, R"({"body": {"a": 1}})");
}

TEST_F(ExitCode, IsThreeForAnInvalidEnvironment) {
  const auto with = [](std::map<std::string, std::string> environment) {
    expect_failure(run({.arguments = {"call", "getWorkspace"}, .environment = environment}), 3);
  };
  with({});
  with({{"SEGMENT_TOKEN", " "}});
  with({{"SEGMENT_TOKEN", "a\nb"}});
  with({{"SEGMENT_TOKEN", token}, {"SEGMENT_REGION", "mars"}});
  with({{"SEGMENT_TOKEN", token}, {"SEGMENT_REGION", "us-east"}});
  with({{"SEGMENT_TOKEN", token}, {"SEGMENT_BASE_URL", "http://api.example.com"}});
  with({{"SEGMENT_TOKEN", token}, {"SEGMENT_BASE_URL", "nonsense"}});
}

TEST_F(ExitCode, DependsOnTheStatusOfTheResponse) {
  const std::map<int, int> codes{{400, 6}, {401, 4}, {403, 4}, {404, 5}, {409, 6}, {413, 6},
                                 {418, 6}, {422, 6}, {429, 7}, {500, 8}, {503, 8}, {302, 1}};
  for (const auto& [status, code] : codes) {
    SCOPED_TRACE(status);
    LoopbackServer server;
    server.always(respond(status, "<html>\nno\r\n</html>"));
    expect_failure(run_against(server.url(""), {"call", "getWorkspace", "--attempts", "1"}), code);
    EXPECT_EQ(server.requests().size(), 1U);
  }
}

TEST_F(ExitCode, IsSixWithTheFieldsOfAValidationErrorOnOneLine) {
  LoopbackServer server;
  server.always(respond(
      422, R"({"errors":[{"type":"validation","field":"label.key","message":"is\ntoo long"}]})"));
  const Ran ran = run_against(server.url(""), {"call", "createLabel", "--input", "-"},
                              R"({"body": {"label": {"key": "k", "value": "v"}}})");
  expect_failure(ran, 6);
  EXPECT_NE(ran.err.find("label.key: is too long"), std::string::npos) << ran.err;
}

TEST_F(ExitCode, IsOneForAStatusThatIsNotSuccess) {
  LoopbackServer server;
  server.always(respond(200, R"({"data":{"status":"FAILURE"}})"));
  expect_failure(run_against(server.url(""), {"call", "deleteSource", "--input", "-"},
                             R"({"path": {"sourceId": "s"}})"),
                 1);
}

TEST_F(ExitCode, IsOneIfStandardOutputIsClosed) {
  LoopbackServer server;
  server.always(respond(200, R"({"data":{"sources":[{"id":"s1"}],"pagination":{}}})"));
  expect_failure(
      run({.arguments = {"sources", "list"},
           .environment = {{"SEGMENT_TOKEN", token}, {"SEGMENT_BASE_URL", server.url("")}},
           .out_closed = true}),
      1);
}

TEST_F(ExitCode, IsOneForADifferenceEvenIfNobodyReadsIt) {
  TemporaryFolder folder;
  folder.write("a.json", R"({"data":{"listLabels":[{"key":"team","value":"web"}]}})");
  folder.write("b.json", R"({"data":{"listLabels":[]}})");
  for (const std::string format : {"table", "json"}) {
    const Ran ran = run({.arguments = {"workspace", "diff", folder.file("a.json"),
                                       folder.file("b.json"), "--output", format},
                         .reader_gone = true});
    EXPECT_EQ(ran.exit_code, 1) << ran.err;
    EXPECT_EQ(ran.err, "");
  }
}

TEST_F(ExitCode, IsNineWithoutAResponse) {
  const RefusingPort nobody;
  expect_failure(run_against(nobody.url(""), {"call", "getWorkspace", "--attempts", "1"}), 9);
  LoopbackServer server;
  server.always(silence());
  expect_failure(run_against(server.url(""), {"call", "getWorkspace", "--timeout", "0.1"}), 9);
  LoopbackServer broken;
  broken.always(close_without_answer());
  expect_failure(run_against(broken.url(""), {"call", "getWorkspace", "--attempts", "1"}), 9);
}

TEST_F(ExitCode, IsTenForAnUnreadableResponse) {
  for (const std::string body : {"", "<html>", "{}", R"({"data":[]})", R"({"data":{"sources":{}}})",
                                 R"({"data":{"sources":[{"id":5}]}})", R"({"data":{"sources":[)"}) {
    SCOPED_TRACE(body);
    LoopbackServer server;
    server.always(respond(200, body));
    expect_failure(run_against(server.url(""), {"call", "listSources"}), 10);
  }
}

TEST_F(ExitCode, IsTenForAnEndlessResponse) {
  LoopbackServer server;
  server.always(endless_body());
  expect_failure(run_against(server.url(""), {"call", "getWorkspace", "--attempts", "1"}), 10);
}

}  // namespace
}  // namespace segment::test
