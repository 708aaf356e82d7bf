// Input by flags: simple values, objects as JSON, and typing mistakes.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "program.hpp"
#include "support/loopback_server.hpp"
#include "support/temporary_folder.hpp"
#include "texts.hpp"

namespace segment::test {
namespace {

class Flags : public ::testing::Test {
 protected:
  void SetUp() override { SEGMENT_NEEDS_PROGRAM(); }

  // What the command sends.
  Json sent(const std::vector<std::string>& arguments) {
    server.always(respond(200, R"({"data":{"source":{"id":"s1"},"labels":[]}})"));
    const Ran ran = run_against(server.url(""), arguments);
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return server.requests().empty() ? Json() : Json::parse(server.requests().back().body);
  }

  // The error message of the command; nothing is sent.
  std::string refused(const std::vector<std::string>& arguments) {
    SCOPED_TRACE(::testing::PrintToString(arguments));
    const Ran ran = run_against(server.url(""), arguments);
    EXPECT_EQ(ran.exit_code, 2) << ran.err;
    EXPECT_TRUE(server.requests().empty());
    return ran.err;
  }

  static std::vector<std::string> create(std::vector<std::string> more) {
    std::vector<std::string> arguments{"sources",   "create", "--slug",        "w",
                                       "--enabled", "true",   "--metadata-id", "m"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }

  LoopbackServer server;
};

TEST_F(Flags, TakeAnObjectAsJson) {
  const Json body = sent(create({"--settings", R"({"websiteUrl": "https://a.example", "n": 1})"}));
  EXPECT_EQ(body.at("settings").dump(), R"({"websiteUrl":"https://a.example","n":1})");
}

TEST_F(Flags, ClearANullableMemberByItsName) {
  server.always(respond(200, R"({"data":{"destination":{"id":"d1","name":null}}})"));
  const auto update = [](std::vector<std::string> more) {
    more.insert(more.begin(), {"destinations", "update", "d1"});
    return more;
  };
  const Ran ran = run_against(server.url(""), update({"--clear", "name"}));
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(server.requests().back().body, R"({"name":null})");
  EXPECT_TRUE(has(ran.out, "name    (null)")) << ran.out;
  const Ran shown =
      run_against(server.url(""), update({"--clear", "name", "--query", "/destination/name"}));
  EXPECT_EQ(shown.out, "(null)\n") << "null is printed in brackets";
  const Ran text =
      run_against(server.url(""), update({"--input", "-"}), R"({"body":{"name":"null"}})");
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_EQ(server.requests().back().body, R"({"name":"null"})");
  const Ran help = run({.arguments = update({"--help", "--all"})});
  EXPECT_TRUE(has(help.out, "--clear MEMBER")) << help.out;
}

TEST_F(Flags, DoNotTakeTheWordNullForNull) {
  EXPECT_TRUE(has(refused({"destinations", "update", "d1", "--name", "null"}), "--clear name"));
  EXPECT_TRUE(has(refused({"destinations", "update", "d1", "--name", "n", "--clear", "name"}),
                  "exclude each other"));
  EXPECT_TRUE(has(refused({"destinations", "update", "d1", "--clear", "enabled"}), "name"));
}

TEST_F(Flags, AreRepeatedForEachObjectOfAList) {
  const Json body =
      sent({"sources", "add-labels", "s", "--labels", R"({"key": "team", "value": "web"})",
            "--labels", R"({"key": "env", "value": "prod, eu"})"});
  EXPECT_EQ(body.at("labels").size(), 2U);
  EXPECT_EQ(body.at("labels").at(1).at("value"), Json("prod, eu"));
}

TEST_F(Flags, RejectAnInvalidObjectWithoutEchoingIt) {
  EXPECT_TRUE(has(refused(create({"--settings", "secret"})), "--settings is not JSON"));
  EXPECT_FALSE(has(refused(create({"--settings", "secret"})), "secret"));
  EXPECT_TRUE(
      has(refused(create({"--settings", R"({"a": 1, "a": 2})"})), "--settings names a twice"));
  EXPECT_TRUE(has(refused({"sources", "add-labels", "s", "--labels", "team=web"}),
                  R"(it looks like '{"key": "TEXT", "value": "TEXT"}')"));
  EXPECT_TRUE(has(refused(create({"--settings", "[1]"})), "body.settings must be an object"));
  EXPECT_TRUE(has(refused({"sources", "add-labels", "s", "--labels", R"([{"key": "k"}])"}),
                  "--labels takes one object, not an array: repeat the flag for each"));
  EXPECT_TRUE(has(refused({"sources", "add-labels", "s", "--labels", R"({"key": "k"})"}),
                  "body.labels.0.value is required"));
}

TEST_F(Flags, TakeValuesFromFiles) {
  TemporaryFolder folder;
  const auto from = [&](const std::string& member, const std::string& text) {
    folder.write("value", text);
    return std::vector<std::string>{"--from-file", member + "=" + folder.file("value")};
  };
  const auto delete_users = [](std::vector<std::string> more) {
    more.insert(more.begin(), {"deletion-and-suppression", "create-workspace-regulation", "--yes",
                               "--regulation-type", "DELETE_ONLY", "--subject-type", "USER_ID"});
    return more;
  };
  const Json ids = sent(delete_users(from("subject-ids", "u1\r\n\nu,2\n@u3")));
  EXPECT_EQ(ids.at("subjectIds").dump(), R"(["u1","u,2","@u3"])");
  std::vector<std::string> rules = from("rules", R"([{"type":"TRACK","key":"k","version":1}])");
  rules.insert(rules.begin(), {"tracking-plans", "update-rules", "p"});
  EXPECT_EQ(sent(rules).at("rules").at(0).at("key"), Json("k"));
  std::vector<std::string> code = from("code", "a();\nb();\n");
  code.insert(code.begin(),
              {"functions", "create", "--display-name", "f", "--resource-type", "SOURCE"});
  EXPECT_EQ(sent(code).at("code"), Json("a();\nb();"));
}

// A command that deletes users, with further arguments.
std::vector<std::string> delete_users(std::vector<std::string> more) {
  more.insert(more.begin(), {"deletion-and-suppression", "create-workspace-regulation", "--yes",
                             "--regulation-type", "DELETE_ONLY", "--subject-type", "USER_ID"});
  return more;
}

TEST_F(Flags, IgnoreAByteOrderMarkAndBlankLinesInAFile) {
  TemporaryFolder folder;
  const auto ids_in = [&](const std::string& text) {
    folder.write("ids", text);
    return sent(delete_users({"--from-file", "subject-ids=" + folder.file("ids")}))
        .at("subjectIds")
        .dump();
  };
  EXPECT_EQ(ids_in("\xef\xbb\xbfu1\r\n   \r\n\t\nu2\n  "), R"(["u1","u2"])");
  EXPECT_EQ(ids_in("[u1\n[u2]\n"), R"(["[u1","[u2]"])") << "not JSON";
  folder.write("code",
               "\xef\xbb\xbf"
               "a();\n");
  EXPECT_EQ(sent({"functions", "create", "--display-name", "f", "--resource-type", "SOURCE",
                  "--from-file", "code=" + folder.file("code")})
                .at("code"),
            Json("a();"));
}

TEST_F(Flags, RejectAJsonArrayForAListOfStrings) {
  TemporaryFolder folder;
  folder.write("ids", "\n [\n  \"u1\",\n  \"u2\"\n]\n");
  const std::string error =
      refused(delete_users({"--from-file", "subject-ids=" + folder.file("ids")}));
  EXPECT_TRUE(has(error, "--subject-ids is a JSON array; it takes one value per line")) << error;
}

TEST_F(Flags, ReadStandardInputOnlyOnce) {
  const auto refused_with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"functions", "create", "--resource-type", "SOURCE"});
    const Ran ran = run_against(server.url(""), more, R"({"body": {"displayName": "f"}})");
    EXPECT_EQ(ran.exit_code, 2) << ran.out << ran.err;
    EXPECT_TRUE(server.requests().empty());
    EXPECT_TRUE(has(ran.err, "standard input can be read only once")) << ran.err;
  };
  refused_with({"--input", "-", "--from-file", "code=-"});
  refused_with({"--from-file", "display-name=-", "--from-file", "code=-"});
}

TEST_F(Flags, ReportAnEmptyInput) {
  TemporaryFolder folder;
  folder.write("input", " \n");
  EXPECT_TRUE(has(refused(create({"--input", "-"})), "the input is empty"));
  EXPECT_TRUE(has(refused(create({"--input", folder.file("input")})), "the input is empty"));
}

TEST_F(Flags, RejectWhatCannotComeFromAFile) {
  TemporaryFolder folder;
  const std::string file = folder.file("ids.txt");
  folder.write("ids.txt", "\n");
  const auto delete_users = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"deletion-and-suppression", "create-workspace-regulation", "--yes",
                               "--regulation-type", "DELETE_ONLY", "--subject-type", "USER_ID"});
    return refused(more);
  };
  EXPECT_TRUE(has(delete_users({"--from-file", "subject-ids=" + file}), "has no value"));
  EXPECT_TRUE(
      has(delete_users({"--from-file", "subject-ids=" + file + "2"}), file + "2 cannot be"));
  EXPECT_TRUE(has(delete_users({"--from-file", file}), "the name of a flag and a file"));
  EXPECT_TRUE(has(delete_users({"--from-file", "ids=" + file}), "the name of a flag and a file"));
  EXPECT_TRUE(
      has(delete_users({"--subject-ids", "u1", "--from-file", "subject-ids=" + file}), "exclude"));
  EXPECT_TRUE(has(delete_users({"--subject-ids", "@" + file}), "--from-file subject-ids=FILE"));
}

TEST_F(Flags, NameTheRequiredMembersThatAreMissing) {
  EXPECT_TRUE(has(refused({"sources", "create", "--slug", "w"}), "--enabled, --metadata-id"));
  EXPECT_TRUE(has(refused({"sources", "add-labels", "s"}), "missing: --labels"));
  EXPECT_TRUE(has(refused({"labels", "create"}), "--key, --value"));
}

TEST_F(Flags, SuggestTheNameThatWasProbablyMeant) {
  EXPECT_TRUE(has(refused(create({"--setings", "{}"})), "--setings (did you mean --settings?)"));
  EXPECT_TRUE(has(refused({"soruces", "list"}), "no command soruces (did you mean sources?)"));
  EXPECT_TRUE(has(refused({"sources", "lsit"}), "no command lsit (did you mean list?)"));
  EXPECT_TRUE(has(refused({"call", "creatSource"}), "did you mean createSource?"));
  EXPECT_TRUE(has(refused({"call", "replacerules"}), "did you mean replaceRulesInTrackingPlan?"));
  EXPECT_FALSE(has(refused({"call", "rules"}), "did you mean"));
  EXPECT_TRUE(has(refused({"workspace", "export", "--only", "source"}), "did you mean sources?"));
}

TEST_F(Flags, KnowTheNamesThatOtherProgramsUse) {
  const auto means = [&](const std::vector<std::string>& arguments, const std::string& meant) {
    const std::string error = refused(arguments);
    EXPECT_TRUE(has(error, "(did you mean " + meant + "?)")) << error;
  };
  means({"sources", "delete", "s"}, "remove");
  means({"sources", "rm", "s"}, "remove");
  means({"sources", "ls"}, "list");
  means({"sources", "show", "s"}, "get");
  means({"sources", "add"}, "create");
  means({"workspace", "import", "file"}, "apply");
  means({"help"}, "--help");
  means({"sources", "help"}, "--help");
  means({"version"}, "--version");
  means({"sources", "list", "--json"}, "--output json");
  means({"sources", "list", "-o", "json"}, "--output");
  means({"sources", "list", "--limit", "5"}, "--count");
  means({"sources", "remove", "s", "--force"}, "--yes");
  means({"sources", "list", "--token", "sgp_x"}, "SEGMENT_TOKEN");
  means({"sources", "list", "--region", "eu"}, "SEGMENT_REGION");
  EXPECT_FALSE(has(refused({"sources", "get", "s", "--limit", "5"}), "--count"));
}

TEST_F(Flags, SayWhichFlagSetsAMemberWhoseNameIsTaken) {
  const std::string error = refused({"reverse-etl", "create-model", "--query", "select 1"});
  EXPECT_TRUE(has(error, "the query of the input is --body-query")) << error;
  EXPECT_FALSE(has(refused({"sources", "list", "--query", "x"}), "of the input")) << error;
  const Json body = sent(
      {"reverse-etl", "update-model", "m", "--body-query", "select 1", "--query", "/source/id"});
  EXPECT_EQ(body.dump(), R"({"query":"select 1"})");
}

TEST_F(Flags, SayWhenAFlagShouldBeAnArgument) {
  const std::string meant = "did you mean SOURCE_ID without a flag: segment sources get SOURCE_ID?";
  EXPECT_TRUE(has(refused({"sources", "get", "--source-id", "s"}), meant));
  EXPECT_TRUE(has(refused({"sources", "get", "--id", "s"}), meant));
  EXPECT_FALSE(has(refused({"labels", "remove", "k", "v", "--id", "s"}), "did you mean"));
}

TEST_F(Flags, ShowTheUsageAfterTooManyArguments) {
  const std::string error = refused({"sources", "get", "s1", "sgp_in-the-wrong-place"});
  EXPECT_TRUE(has(error, "fewer arguments: segment sources get SOURCE_ID;")) << error;
  EXPECT_FALSE(has(error, "sgp_")) << error;
  const std::string optional = refused({"workspace", "diff", "a", "b", "c"});
  EXPECT_TRUE(has(optional, "fewer arguments: segment workspace diff A [B];")) << optional;
  const std::string none = refused({"workspace", "export", "out.json"});
  EXPECT_TRUE(has(none, "segment workspace export takes flags only")) << none;
}

TEST_F(Flags, ReportAMissingValueFirst) {
  const std::string error =
      refused({"sources", "create", "--slug", "w", "--enabled", "--metadata-id", "m"});
  EXPECT_TRUE(has(error, "--enabled has no value, but the flag --metadata-id follows")) << error;
}

TEST_F(Flags, DoNotEchoAWordUnlikeAnyCommand) {
  const std::string error = refused({"sources", "sgp_a-token-in-the-wrong-place"});
  EXPECT_TRUE(has(error, "there is no such command")) << error;
  EXPECT_FALSE(has(error, "sgp_")) << error;
}

}  // namespace
}  // namespace segment::test
