// `--dry-run` and `--curl`, which show what would be sent, and the confirmation of deletions.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "program.hpp"
#include "support/loopback_server.hpp"
#include "terminal.hpp"

namespace segment::test {
namespace {

class ADryRun : public ::testing::Test {
 protected:
  void SetUp() override {
    SEGMENT_NEEDS_PROGRAM();
    server.always(respond(200, R"({"data":{"source":{"id":"s1"}}})"));
  }

  std::string shown(std::vector<std::string> arguments, const std::string& flag) {
    arguments.push_back(flag);
    const Ran ran = run_against(server.url(""), std::move(arguments));
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_EQ(ran.err, "");
    EXPECT_TRUE(server.requests().empty());
    EXPECT_EQ(ran.out.find(token), std::string::npos);
    return ran.out;
  }

  static std::vector<std::string> create(const std::string& slug) {
    return {"sources", "create", "--slug", slug, "--enabled", "true", "--metadata-id", "m"};
  }

  // Runs a line in a shell.
  static void run_in_shell(const std::string& line) {
    const std::string command = "SEGMENT_TOKEN='" + std::string(token) + "'\n" + line;
    const Ran ran = run_program(
        "/bin/sh", {.arguments = {"-c", command}, .environment = {{"PATH", "/usr/bin:/bin"}}});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
  }

  LoopbackServer server;
};

TEST_F(ADryRun, ShowsTheRequestWithoutItsTokenAndSendsNothing) {
  const std::string text = shown(create("web"), "--dry-run");
  EXPECT_TRUE(text.starts_with("POST " + server.url("/sources") + "\n")) << text;
  EXPECT_NE(text.find("\nAuthorization: Bearer $SEGMENT_TOKEN\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\nAccept: application/vnd.segment.v1+json\n"), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with("\n\n{\"slug\":\"web\",\"enabled\":true,\"metadataId\":\"m\"}\n"));
}

TEST_F(ADryRun, NeedsNoTokenAndRejectsWhatCannotBeSent) {
  const Ran ran = run({.arguments = {"call", "getWorkspace", "--dry-run"}});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_TRUE(ran.out.starts_with("GET https://api.segmentapis.com/\n")) << ran.out;
  EXPECT_EQ(run({.arguments = {"sources", "get", "..", "--dry-run"}}).exit_code, 2);
  EXPECT_EQ(run({.arguments = {"sources", "remove", "s", "--dry-run"}}).exit_code, 0)
      << "a dry run deletes nothing, so it needs no confirmation";
}

// Whatever it contains, in a shell the line does the same as the command.
TEST_F(ADryRun, PrintsACurlCommandThatSendsTheSameRequest) {
  for (const std::string slug :
       {"it's", "$HOME `id`", "a\"b\\c", "line\nbreak", "@file", "\u00e9"}) {
    SCOPED_TRACE(slug);
    LoopbackServer fresh;
    fresh.always(respond(200, R"({"data":{"source":{"id":"s1"}}})"));
    std::vector<std::string> arguments = create(slug);
    EXPECT_EQ(run_against(fresh.url(""), arguments).exit_code, 0);
    arguments.emplace_back("--curl");
    run_in_shell(run_against(fresh.url(""), arguments).out);
    const auto requests = fresh.requests();
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_EQ(requests[1].method, requests[0].method);
    EXPECT_EQ(requests[1].target, requests[0].target);
    EXPECT_EQ(requests[1].body, requests[0].body);
    for (const char* name : {"Authorization", "Accept", "Content-Type", "User-Agent"}) {
      ASSERT_TRUE(requests[1].headers.find(name)) << name;
      EXPECT_EQ(*requests[1].headers.find(name), *requests[0].headers.find(name));
    }
  }
}

TEST_F(ADryRun, PrintsACurlCommandWithContentLengthZeroIfThereIsNoBody) {
  run_in_shell(shown({"sources", "create-write-key", "a b"}, "--curl"));
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_EQ(requests[0].method, "POST");
  EXPECT_EQ(requests[0].target, "/sources/a%20b/writekey");
  ASSERT_TRUE(requests[0].headers.find("Content-Length"));
  EXPECT_EQ(*requests[0].headers.find("Content-Length"), "0");
  EXPECT_FALSE(requests[0].headers.find("Content-Type"));
}

class Deleting : public ADryRun {
 protected:
  const std::vector<std::string> remove{"sources", "remove", "s1"};
};

TEST_F(Deleting, NeedsTheYesFlagInAScript) {
  const Ran ran = run_against(server.url(""), remove);
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_NE(ran.err.find("--yes"), std::string::npos) << ran.err;
  EXPECT_TRUE(server.requests().empty());
  EXPECT_EQ(run_against(server.url(""), {"sources", "remove", "s1", "--yes"}).exit_code, 0);
  EXPECT_EQ(server.requests().size(), 1U);
  const Ran call = run_against(server.url(""), {"call", "deleteSource", "--input", "-"},
                               R"({"path":{"sourceId":"s1"}})");
  EXPECT_EQ(call.exit_code, 0) << "segment call is for programs: " << call.err;
}

TEST_F(Deleting, UserDataByARegulationNeedsTheYesFlagToo) {
  const auto regulate = [&](const std::string& type, std::vector<std::string> more = {}) {
    more.insert(more.begin(),
                {"deletion-and-suppression", "create-source-regulation", "s1", "--regulation-type",
                 type, "--subject-type", "USER_ID", "--subject-ids", "u1"});
    return run_against(server.url(""), std::move(more)).exit_code;
  };
  EXPECT_EQ(regulate("SUPPRESS_WITH_DELETE"), 2);
  EXPECT_TRUE(server.requests().empty());
  static_cast<void>(regulate("SUPPRESS_WITH_DELETE", {"--yes"}));
  static_cast<void>(regulate("SUPPRESS_ONLY"));
  EXPECT_EQ(server.requests().size(), 2U);
}

TEST_F(Deleting, AsksForConfirmationOnATerminal) {
  for (const auto& [typed, code] : {std::pair("n\n", 1), {"\n", 1}, {"y\n", 0}}) {
    SCOPED_TRACE(typed);
    const std::size_t before = server.requests().size();
    const InTerminal ran = run_in_terminal(
        {.arguments = remove,
         .environment = {{"SEGMENT_TOKEN", token}, {"SEGMENT_BASE_URL", server.url("")}}},
        typed, "[y/N]");
    EXPECT_EQ(ran.exit_code, code) << ran.screen;
    EXPECT_NE(ran.screen.find("segment sources remove s1: delete it? [y/N]"), std::string::npos)
        << ran.screen;
    EXPECT_EQ(server.requests().size() - before, code == 0 ? 1U : 0U);
  }
}

}  // namespace
}  // namespace segment::test
