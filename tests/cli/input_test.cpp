// Arguments and inputs: nothing is mistaken for something else.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "program.hpp"
#include "support/loopback_server.hpp"

namespace segment::test {
namespace {

class TheCommandLine : public ::testing::Test {
 protected:
  void SetUp() override { SEGMENT_NEEDS_PROGRAM(); }

  // Nothing is sent, whatever the environment would allow.
  std::string refused(const std::vector<std::string>& arguments, const std::string& input = {}) {
    SCOPED_TRACE(::testing::PrintToString(arguments) + " " + input);
    const Ran ran = run_against(server.url(""), arguments, input);
    EXPECT_EQ(ran.exit_code, 2) << ran.err;
    EXPECT_TRUE(ran.err.starts_with("error: ")) << ran.err;
    EXPECT_TRUE(server.requests().empty());
    return ran.err;
  }

  LoopbackServer server;
};

TEST_F(TheCommandLine, RejectsAnInputThatNamesAMemberTwice) {
  const std::vector<std::string> call{"call", "createSource", "--input", "-"};
  const auto expect_repeated = [&](const std::string& input, const std::string& member) {
    EXPECT_EQ(refused(call, input), "error: the input names " + member + " twice\n");
  };
  expect_repeated(R"({"body": {}, "body": {}})", "body");
  expect_repeated(R"({"body": {"slug": "a", "enabled": true, "slug": "b", "metadataId": "m"}})",
                  "body.slug");
  expect_repeated(R"({"body": {"slug": "a", "slug": "a"}})", "body.slug");
  expect_repeated(R"({"body": {"settings": {"list": [0, {"a": 1}, {"k": {}, "k": 2}]}}})",
                  "body.settings.list.2.k");
  expect_repeated("{\"body\": {\"slug\": \"a\", \"sl\\u0075g\": \"b\"}}", "body.slug");
}

TEST_F(TheCommandLine, SaysWhatIsWrongWithAnInputAndWhere) {
  const std::vector<std::string> call{"call", "createSource", "--input", "-"};
  const auto expect_said = [](const std::string& error, const std::string& what) {
    EXPECT_NE(error.find(what), std::string::npos) << error;
  };
  expect_said(refused(call, R"({"slug": "a"})"), R"(one of them: {"body": {"slug": ...}})");
  expect_said(refused(call, "{\"body\": {\n\"slug\": \"a\",\n}}"), "not JSON from line 3 on");
  expect_said(refused({"call", "createSource", "--input", "no-such-file"}),
              "the input file no-such-file cannot be opened");
  expect_said(refused({"call", "createSource", "--input", R"({"body": {}})"}),
              "--input takes the name of a file");
}

TEST_F(TheCommandLine, AcceptsTheSameNameInSeveralObjects) {
  server.always(respond(200, R"({"data":{"source":{"id":"s1"}}})"));
  const Ran ran = run_against(server.url(""), {"call", "createSource", "--input", "-"},
                              R"({"body": {"slug": "a", "enabled": true, "metadataId": "m",
                   "settings": {"slug": "x", "list": [{"slug": 1}, {"slug": 2}]}}})");
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
}

TEST_F(TheCommandLine, DoesNotMistakeAFlagForAValue) {
  const std::vector<std::string> create{"sources", "create",        "--enabled",
                                        "true",    "--metadata-id", "m"};
  const auto with = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments = create;
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  };
  const std::string error = refused(with({"--slug", "--dry-run"}));
  EXPECT_NE(error.find("--slug has no value, but the flag --dry-run follows"), std::string::npos)
      << error;
  refused(with({"--slug", "-v"}));
  refused(with({"--slug", "--help"}));
  refused(with({"--slug", "--timeout=5"}));
  refused(with({"--slug=", "--dry-run"}));
  refused({"deletion-and-suppression", "create-source-regulation", "s", "--regulation-type",
           "DELETE_ONLY", "--subject-type", "USER_ID", "--subject-ids", "--dry-run"});
  refused({"call", "getWorkspace", "--timeout", "--sandbox"});
  refused({"call", "getWorkspace", "--input", "--all"});
  // Nor is it echoed if there is no such flag.
  EXPECT_EQ(refused(with({"--slug", "-secret"})).find("secret"), std::string::npos);
}

TEST_F(TheCommandLine, AcceptsAValueStartingWithADashAfterAnEqualsSign) {
  server.always(respond(200, R"({"data":{"source":{"id":"s1"}}})"));
  const Ran ran = run_against(server.url(""), {"sources", "create", "--enabled", "true",
                                               "--metadata-id", "m", "--slug=--json"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_EQ(Json::parse(server.requests()[0].body).at("slug"), Json("--json"));
}

class AListOnTheCommandLine : public TheCommandLine {
 protected:
  static std::vector<std::string> regulation(std::vector<std::string> ids) {
    std::vector<std::string> arguments{"deletion-and-suppression",
                                       "create-source-regulation",
                                       "s",
                                       "--regulation-type",
                                       "DELETE_ONLY",
                                       "--subject-type",
                                       "USER_ID"};
    arguments.insert(arguments.end(), ids.begin(), ids.end());
    return arguments;
  }
};

TEST_F(AListOnTheCommandLine, RepeatsItsFlagForEachValue) {
  server.always(respond(200, R"({"data":{"regulateId":"r"}})"));
  const Ran ran = run_against(server.url(""),
                              regulation({"--subject-ids", "u1", "--subject-ids", "u2", "--yes"}));
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_EQ(Json::parse(server.requests()[0].body).at("subjectIds"), Json::array({"u1", "u2"}));
}

TEST_F(AListOnTheCommandLine, CannotBeWrittenInAnyOtherWay) {
  refused(regulation({"--subject-ids", "u1", "u2"}));
  const std::string commas = refused(regulation({"--subject-ids", "u1,u2"}));
  EXPECT_NE(commas.find("--subject-ids takes one value: repeat the flag for each"),
            std::string::npos)
      << commas;
}

TEST_F(AListOnTheCommandLine, HasNoEmptyValues) {
  refused(regulation({"--subject-ids", ""}));
  refused(regulation({"--subject-ids", "u1", "--subject-ids", ""}));
  refused({"sources", "create", "--slug", "w", "--enabled", "true", "--metadata-id", ""});
}

}  // namespace
}  // namespace segment::test
