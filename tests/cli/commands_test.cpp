// Everyday commands, help, completion, and the built-in sandbox.

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "program.hpp"
#include "segment/api/operations.hpp"
#include "segment/version.hpp"
#include "support/loopback_server.hpp"
#include "texts.hpp"

namespace segment::test {
namespace {

class Commands : public ::testing::Test {
 protected:
  void SetUp() override { SEGMENT_NEEDS_PROGRAM(); }
};

Ran run_plain(std::vector<std::string> arguments) {
  return run({.arguments = std::move(arguments)});
}

std::string printed_by(std::vector<std::string> arguments) {
  const Ran ran = run_plain(std::move(arguments));
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  return ran.out;
}

constexpr auto two_sources =
    R"({"data":{"sources":[{"id":"s1","slug":"web","enabled":true,"writeKeys":["the-write-key"]},)"
    R"({"id":"s2","slug":"app\u001b[31m\n","enabled":false}],"pagination":{"next":"n"}}})";

constexpr auto one_page =
    R"({"data":{"sources":[{"id":"s1","writeKeys":["the-write-key"]},{"id":"s2"}],"pagination":{}}})";

TEST_F(Commands, AllHaveHelp) {
  EXPECT_TRUE(has(printed_by({"--help", "--all"}), "SEGMENT_TOKEN"));
  EXPECT_TRUE(has(printed_by({"call", "--help"}), "OPERATION_ID"));
  EXPECT_TRUE(has(printed_by({"sources", "--help", "--all"}), "COMMAND --help"));
  EXPECT_TRUE(has(printed_by({"sources", "get", "--help"}), "GET /sources/{sourceId}"));
  EXPECT_TRUE(has(printed_by({"sources", "get", "--help"}), "SOURCE_ID"));
  EXPECT_TRUE(has(printed_by({"sources", "create", "--help"}), "--metadata-id"));
  EXPECT_TRUE(has(printed_by({"workspace", "export", "--help"}), "--with-secrets"));
  EXPECT_TRUE(has(printed_by({"workspace", "diff", "--help"}), "workspace diff A [B] [OPTIONS]"));
}

TEST_F(Commands, SayHowToStartWithoutAnAccount) {
  EXPECT_TRUE(has(printed_by({"--help"}), "segment sources list --sandbox"));
  EXPECT_TRUE(has(printed_by({"--help", "--all"}), "which takes precedence over the profile"));
  const std::string apply = printed_by({"workspace", "apply", "--help"});
  EXPECT_TRUE(has(apply, "without it nothing is changed")) << apply;
  EXPECT_TRUE(has(apply, "Delete what the file does not have")) << apply;
  EXPECT_TRUE(has(apply, "which id here is which there")) << apply;
}

TEST_F(Commands, SayWhereAFlagGoesAndNeverSuggestWhatWasTyped) {
  const auto complaint = [](std::vector<std::string> arguments) {
    const Ran ran = run_plain(std::move(arguments));
    EXPECT_EQ(ran.exit_code, 2) << ran.err;
    EXPECT_FALSE(has(ran.err, "did you mean")) << ran.err;
    return ran.err;
  };
  const std::string early = "--sandbox goes after the command: segment labels list ... --sandbox";
  EXPECT_TRUE(has(complaint({"--sandbox", "labels", "list"}), early));
  EXPECT_TRUE(has(complaint({"labels", "--sandbox", "list"}), early));
  EXPECT_TRUE(has(complaint({"--profile", "x", "labels", "list"}), "--profile goes after"));
  complaint({"labels", "--what-is-this", "list"});
}

TEST_F(Commands, RejectAnEmptyName) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"connections", "--source", "", "--sandbox"},
        {"delivery", "", "--sandbox"},
        {"whoami", "--profile", ""},
        {"configure", "--profile", "", "--token-command", "pass"}}) {
    const Ran ran = run_plain(arguments);
    EXPECT_EQ(ran.exit_code, 2) << ran.err;
    EXPECT_TRUE(has(ran.err, "the value is empty")) << ran.err;
  }
}

TEST_F(Commands, SayThatTheCallWasMadeIfTheQueryMatchesNothing) {
  LoopbackServer server;
  server.always(respond(200, R"({"data":{"source":{"id":"s1"},"more":1}})"));
  const Ran ran = run_against(
      server.url(""), {"sources", "update", "s1", "--enabled", "true", "--query", "/sorce/id"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_TRUE(has(ran.err, "the call was carried out")) << ran.err;
  EXPECT_TRUE(has(ran.err, "source, more")) << ran.err;
  const Ran read = run_against(server.url(""), {"sources", "get", "s1", "--query", "/source/slug"});
  EXPECT_FALSE(has(read.err, "carried out")) << read.err;
  EXPECT_TRUE(has(read.err, "at /source it has id")) << read.err;
}

TEST_F(Commands, PrintTheVersionOfTheLibrary) {
  EXPECT_EQ(printed_by({"--version"}), "segment " SEGMENT_PUBLIC_API_VERSION "\n");
}

TEST_F(Commands, ListTheOperations) {
  const std::string table = printed_by({"operations"});
  EXPECT_TRUE(table.starts_with("OPERATION ")) << table.substr(0, 80);
  EXPECT_TRUE(has(table, "listSources"));
  EXPECT_TRUE(has(table, "segment sources get SOURCE_ID"));
  for (const Json& line : lines_of(printed_by({"operations", "--output", "jsonl"}))) {
    EXPECT_TRUE(line.at("path").as_string().starts_with('/'));
  }
}

TEST_F(Commands, ShowTheInputOfAnOperation) {
  const std::string text = printed_by({"operations", "show", "createSource"});
  EXPECT_TRUE(has(text, "POST /sources")) << text;
  EXPECT_TRUE(has(text, "\n  Creates a source.\n")) << text;
  EXPECT_TRUE(has(text, "  slug  string, required\n      The slug, which identifies")) << text;
  EXPECT_EQ(run_plain({"operations", "show", "nope"}).exit_code, 2);
}

TEST_F(Commands, ShowEachVersionOfAnOperation) {
  const std::string text = printed_by({"operations", "show", "createWarehouse"});
  EXPECT_TRUE(has(text, "v2: see segment warehouses-v2 create\n")) << text;
  EXPECT_TRUE(has(text, "versions: v2\nv1, beta, alpha: see segment warehouses create\n")) << text;
  const bool preview = operations::warehouses_v2::create.preview;  // until Segment publishes it
  EXPECT_EQ(has(text, "a preview"), preview) << text;
  EXPECT_TRUE(has(text, "  credentialId  string, required\n")) << text;
  EXPECT_EQ(has(printed_by({"operations"}), "v2,preview"), preview);
}

TEST_F(Commands, NameTheCommandForAnotherVersion) {
  const Ran ran = run_plain({"warehouses", "get", "w", "--version", "v2"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_TRUE(has(ran.err, "segment warehouses-v2 get")) << ran.err;
}

TEST_F(Commands, SayInASentenceWhatTheyDo) {
  const std::string sentence =
      "Lists the roles that permissions can grant to users and user groups.";
  EXPECT_TRUE(has(one_line(printed_by({"iam-roles", "--help", "--all"})), sentence));
  EXPECT_TRUE(has(one_line(printed_by({"iam-roles", "list", "--help"})), sentence));
  EXPECT_TRUE(has(printed_by({"operations", "show", "listRoles"}), sentence));
  for (const Json& line : lines_of(printed_by({"operations", "--output", "jsonl"}))) {
    const std::string& summary = line.at("summary").as_string();
    EXPECT_TRUE(summary.size() > 5 && summary.ends_with('.')) << line.dump();
  }
}

TEST_F(Commands, ExistForEveryOperation) {
  std::map<std::string, std::string> helps;
  for (const Json& line : lines_of(printed_by({"operations", "--output", "jsonl"}))) {
    const std::string group = kebab(line.at("group").as_string());
    if (!helps.contains(group)) helps[group] = printed_by({group, "--help", "--all"});
    // A long name is on a line of its own.
    const std::string command = "\n  " + kebab(line.at("name").as_string());
    EXPECT_TRUE(has(helps[group], command + " ") || has(helps[group], command + "\n"))
        << line.dump();
  }
}

TEST_F(Commands, ShowAListAsATable) {
  LoopbackServer server;
  server.always(respond(200, two_sources));
  const Ran ran = run_against(server.url(""), {"sources", "list", "--count", "2"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(server.requests().at(0).target, "/sources?pagination.count=2");
  EXPECT_TRUE(ran.out.starts_with("ID  SLUG")) << ran.out;
  EXPECT_TRUE(has(ran.out, "s1  web")) << ran.out;
  EXPECT_FALSE(has(ran.out, "the-write-key")) << ran.out;
  EXPECT_FALSE(has(ran.out, "\x1b")) << "a server must not control the terminal";
  EXPECT_TRUE(has(ran.err, "--all")) << ran.err;
}

TEST_F(Commands, PrintJsonForPrograms) {
  LoopbackServer server;
  server.always(respond(200, two_sources));
  const Ran ran = run_against(server.url(""), {"sources", "list", "--output", "json"});
  EXPECT_EQ(Json::parse(ran.out).at("sources").size(), 2U);
  EXPECT_EQ(ran.err, "");
}

TEST_F(Commands, PrintWriteKeysOnlyOnRequest) {
  LoopbackServer server;
  server.always(respond(200, one_page));
  const auto printed = [&](std::vector<std::string> flags) {
    std::vector<std::string> arguments{"sources", "list"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return run_against(server.url(""), arguments).out;
  };
  EXPECT_FALSE(has(printed({}), "the-write-key"));
  EXPECT_FALSE(has(printed({"--output", "json"}), "the-write-key"));
  EXPECT_FALSE(has(printed({"--output", "json", "--all"}), "the-write-key"));
  EXPECT_TRUE(has(printed({"--output", "json", "--with-secrets"}), "the-write-key"));
  EXPECT_TRUE(has(printed({"--output", "json", "--all", "--with-secrets"}), "the-write-key"));
}

TEST_F(Commands, PrintAWriteKeyTheyCreate) {
  LoopbackServer server;
  server.always(respond(200, R"({"data":{"source":{"id":"s1","writeKeys":["the-write-key"]}}})"));
  const Ran ran = run_against(server.url(""), {"sources", "create-write-key", "s1"});
  EXPECT_TRUE(has(ran.out, "the-write-key")) << ran.out << ran.err;
}

TEST_F(Commands, ShowAResourceAndItsSiblingMembersAsOneTable) {
  LoopbackServer server;
  server.always(
      respond(200, R"({"data":{"trackingPlanId":"tp1","source":{"id":"s1","slug":"web"}}})"));
  const Ran ran = run_against(server.url(""), {"sources", "get", "s1"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const std::string out = ran.out;
  EXPECT_FALSE(has(out, "{")) << out;
  EXPECT_LT(out.find("s1"), out.find("web"));
  EXPECT_LT(out.find("web"), out.find("tp1"));
}

TEST_F(Commands, TakeThePathAsArgumentsAndTheRestAsFlags) {
  LoopbackServer server;
  server.always(respond(200, R"({"data":{"source":{"id":"s1"}}})"));
  const Ran got = run_against(server.url(""), {"sources", "get", "a b"});
  EXPECT_EQ(got.exit_code, 0) << got.err;
  EXPECT_TRUE(has(got.out, "id")) << got.out;
  const Ran created =
      run_against(server.url(""), {"sources", "create", "--slug", "w", "--enabled", "true",
                                   "--metadata-id", "m", "--output", "json"});
  EXPECT_EQ(created.exit_code, 0) << created.err;
  ASSERT_EQ(server.requests().size(), 2U);
  EXPECT_EQ(server.requests()[0].target, "/sources/a%20b");
  EXPECT_EQ(server.requests()[1].body, R"({"slug":"w","enabled":true,"metadataId":"m"})");
  EXPECT_EQ(run_against(server.url(""), {"sources", "get"}).exit_code, 2);
  EXPECT_EQ(run_against(server.url(""), {"sources", "get", ".."}).exit_code, 2);
  EXPECT_EQ(run_against(server.url(""), {"sources", "list", "--count", "x"}).exit_code, 2);
}

TEST_F(Commands, PrintCompletionScripts) {
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    EXPECT_TRUE(has(printed_by({"completion", shell}), "__complete")) << shell;
  }
  EXPECT_EQ(run_plain({"completion", "tcsh"}).exit_code, 2);
}

TEST_F(Commands, ExportTheWorkspaceAndNoteWhatIsMissing) {
  LoopbackServer server;
  server.always(depending_on_request([](const Received& request) {
    if (request.target.starts_with("/sources?")) return respond(200, one_page);
    if (request.target == "/labels") return respond(200, R"({"data":{"labels":[]}})");
    if (request.target == "/") return respond(200, R"({"data":{"workspace":{"id":"w"}}})");
    return respond(request.target.starts_with("/warehouses") ? 404 : 403);
  }));
  const Ran ran = run_against(server.url(""), {"workspace", "export"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(ran.err, "") << "the progress bar is for terminals only";
  const Json document = Json::parse(ran.out);
  EXPECT_EQ(document.at("data").at("listSources").size(), 2U);
  EXPECT_EQ(document.at("data").at("getWorkspace").at("id"), Json("w"));
  EXPECT_FALSE(document.at("skipped").empty());
  EXPECT_FALSE(has(ran.out, "the-write-key"));
  const Ran all = run_against(server.url(""), {"workspace", "export", "--with-secrets"});
  EXPECT_TRUE(has(all.out, "the-write-key"));
}

TEST_F(Commands, DoNotExportWithATokenThatIsRejected) {
  LoopbackServer server;
  server.always(respond(401));
  const Ran ran = run_against(server.url(""), {"workspace", "export"});
  EXPECT_EQ(ran.exit_code, 4);
  EXPECT_EQ(ran.out, "");
}

TEST_F(Commands, CallASandboxOfTheirOwn) {
  SEGMENT_NEEDS_SANDBOX();
  const Ran ran = run_plain({"call", "listSources", "--all", "--sandbox", "-v"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_FALSE(lines_of(ran.out).empty());
  EXPECT_TRUE(has(ran.err, "listSources GET /sources attempt 1: 200")) << ran.err;
  EXPECT_EQ(run_plain({"sources", "get", "nope", "--sandbox"}).exit_code, 5);
}

}  // namespace
}  // namespace segment::test
