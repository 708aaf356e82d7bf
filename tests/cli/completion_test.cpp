// Completion of commands, flags, values, and ids of the workspace.

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "program.hpp"
#include "support/dead_ports.hpp"
#include "support/loopback_server.hpp"
#include "support/temporary_folder.hpp"
#include "texts.hpp"

#ifndef SEGMENT_CLI_PATH
#define SEGMENT_CLI_PATH ""
#endif

namespace segment::test {
namespace {

namespace fs = std::filesystem;

constexpr auto sources =
    R"({"data":{"sources":[{"id":"qQ1","slug":"web","name":"Web\nshop"},{"id":"rR2","slug":"app"},)"
    R"({"id":"a b"}],"pagination":{}}})";

class Completion : public ::testing::Test {
 protected:
  void SetUp() override {
    SEGMENT_NEEDS_PROGRAM();
    server.always(depending_on_request([](const Received& request) {
      if (request.target.starts_with("/sources?")) return respond(200, sources);
      if (request.target.starts_with("/spaces/sp1/audiences?")) {
        return respond(200, R"({"data":{"audiences":[{"id":"aud1"}],"pagination":{}}})");
      }
      return respond(404);
    }));
  }

  [[nodiscard]] std::map<std::string, std::string> environment(const std::string& url) const {
    return {{"SEGMENT_TOKEN", token},
            {"SEGMENT_BASE_URL", url},
            {"XDG_CACHE_HOME", folder.file("cache")},
            {"HOME", folder.file("")},
            {"PATH", "/usr/bin:/bin"}};
  }

  // What the program offers for the last word, one candidate per line.
  [[nodiscard]] std::string offered(std::vector<std::string> words,
                                    const std::string& url = {}) const {
    words.insert(words.begin(), {"__complete", "--"});
    const Ran ran = run({.arguments = std::move(words),
                         .environment = environment(url.empty() ? server.url("") : url)});
    EXPECT_EQ(ran.exit_code, 0);
    EXPECT_EQ(ran.err, "");
    EXPECT_EQ((ran.out + ran.err).find(token), std::string::npos);
    return ran.out;
  }

  [[nodiscard]] std::vector<fs::path> cached() const {
    std::vector<fs::path> files;
    const fs::path cache = folder.file("cache/segment/completion");
    if (!fs::exists(cache)) return files;
    for (const auto& entry : fs::directory_iterator(cache)) files.push_back(entry.path());
    return files;
  }

  // The output of a script that a shell runs.
  [[nodiscard]] std::string in_shell(const std::string& shell, const std::string& script) const {
    folder.write("script", script);
    fs::create_directories(folder.file("bin"));
    if (!fs::exists(folder.file("bin/segment"))) {
      fs::create_symlink(SEGMENT_CLI_PATH, folder.file("bin/segment"));
    }
    auto variables = environment(server.url(""));
    variables["PATH"] = folder.file("bin") + ":/usr/bin:/bin";
    const Ran ran = run_program(
        "/usr/bin/env", {.arguments = {shell, folder.file("script")}, .environment = variables});
    EXPECT_EQ(ran.err, "");
    return ran.out;
  }

  TemporaryFolder folder;
  LoopbackServer server;
};

TEST_F(Completion, OffersCommandsFlagsAndKnownValues) {
  EXPECT_TRUE(has(offered({"sour"}), "sources\t"));
  EXPECT_FALSE(has(offered({"sour"}), "\nlabels"));
  EXPECT_FALSE(has(offered({""}), "__complete"));
  EXPECT_TRUE(has(offered({"sources", "cre"}), "create\tCreates a source.\n"));
  EXPECT_TRUE(has(offered({"sources", "create", "--met"}), "--metadata-id\t"));
  EXPECT_EQ(offered({"sources", "list", "--output", "js"}), "json\njsonl\n");
  EXPECT_EQ(offered({"sources", "list", "--output", "=", "ya"}), "yaml\n") << "as bash splits it";
  EXPECT_TRUE(has(offered({"call", "getSo"}), "getSource\t"));
  EXPECT_EQ(offered({"completion", "z"}), "zsh\n");
  EXPECT_EQ(offered({"deletion-and-suppression", "create-source-regulation", "s",
                     "--regulation-type", "DELETE_O"}),
            "DELETE_ONLY\n");
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(Completion, OffersTheIdsOfTheWorkspaceWithTheirNames) {
  EXPECT_EQ(offered({"sources", "get", ""}), "qQ1\tWeb shop\nrR2\tapp\n")
      << "what would need quotes is left out";
  EXPECT_EQ(offered({"sources", "get", "r"}), "rR2\tapp\n");
  EXPECT_EQ(offered({"sources", "get", "qQ1", ""}), "");
  EXPECT_EQ(offered({"audiences", "get", "sp1", ""}), "aud1\n");
  EXPECT_EQ(offered({"destinations", "create", "--source-id", "q"}), "qQ1\tWeb shop\n");
}

TEST_F(Completion, QueriesTheWorkspaceAtMostOnceAMinute) {
  EXPECT_TRUE(has(offered({"sources", "get", ""}), "qQ1"));
  EXPECT_TRUE(has(offered({"sources", "update", ""}), "qQ1"));
  EXPECT_EQ(server.requests().size(), 1U);
  ASSERT_EQ(cached().size(), 1U);
  EXPECT_EQ(fs::status(cached()[0]).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(fs::status(cached()[0].parent_path()).permissions(), fs::perms::owner_all);
  fs::last_write_time(cached()[0], fs::file_time_type::clock::now() - std::chrono::minutes(2));
  EXPECT_TRUE(has(offered({"sources", "get", ""}), "qQ1"));
  EXPECT_EQ(server.requests().size(), 2U);
  LoopbackServer another;
  another.always(respond(200, R"({"data":{"sources":[{"id":"other"}],"pagination":{}}})"));
  EXPECT_EQ(offered({"sources", "get", ""}, another.url("")), "other\n");
}

TEST_F(Completion, StaysSilentIfTheWorkspaceDoesNotRespond) {
  const RefusingPort dead;
  EXPECT_EQ(offered({"sources", "get", ""}, dead.url("")), "");
  LoopbackServer failing;
  failing.always(respond(500));
  EXPECT_EQ(offered({"sources", "get", ""}, failing.url("")), "");
  EXPECT_EQ(offered({"sources", "get", ""}, failing.url("")), "");
  EXPECT_EQ(failing.requests().size(), 1U) << "a failure is cached for a while";
  LoopbackServer silent;
  silent.always(silence());
  EXPECT_EQ(offered({"sources", "get", ""}, silent.url("")), "");
  EXPECT_EQ(offered({"sources", "get", ""}, "http://not.this.machine"), "");
  const Ran ran = run({.arguments = {"__complete", "--", "sources", "get", ""}});
  EXPECT_EQ(ran.out + ran.err, "") << "without a token";
}

TEST_F(Completion, OffersFilesWhereAFileIsExpected) {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"workspace", "apply", ""},
           {"workspace", "diff", "a.json", ""},
           {"workspace", "apply", "a.json", "--ids", ""},
           {"sources", "create", "--input", ""},
           {"sources", "list", "--ca-file", "=", ""},
           {"configure", "--token-file", "x"},
           {"functions", "create", "--from-file", "code", "=", "x"},
           {"man", ""}}) {
    EXPECT_TRUE(has("\n" + offered(words), "\n:files\n")) << ::testing::PrintToString(words);
  }
  EXPECT_EQ(offered({"functions", "create", "--from-file", "code=x"}), ":files\tcode=\n");
  EXPECT_EQ(offered({"sources", "create", "--input=x"}), ":files\t--input=\n");
  EXPECT_EQ(offered({"workspace", "apply", "a.json", ""}), "") << "it takes only one";
  EXPECT_FALSE(has(offered({"functions", "create", "--from-file", "co"}), ":files"));
  EXPECT_FALSE(has(offered({"sources", "list", "--profile", ""}), ":files"));
}

TEST_F(Completion, OffersProfilesAsWorkspaces) {
  fs::create_directories(folder.file(".config/segment"));
  folder.write(".config/segment/config.toml",
               "[profiles.production]\ntoken_command = [\"pass\"]\n"
               "[profiles.staging]\ntoken_command = [\"pass\"]\n");
  EXPECT_EQ(offered({"workspace", "diff", "prof"}),
            "profile:production\nprofile:staging\n:files\n");
  EXPECT_EQ(offered({"workspace", "diff", "profile:s"}), "profile:staging\n:files\n");
  EXPECT_EQ(offered({"workspace", "diff", "profile", ":", "s"}), "staging\n:files\n")
      << "as bash splits it";
  EXPECT_EQ(offered({"workspace", "diff", "profile", ":", "staging", "profile", ":"}),
            "production\nstaging\n:files\n");
}

TEST_F(Completion, OffersThePartsOfAnExport) {
  EXPECT_EQ(offered({"workspace", "export", "--only", "labe"}), "labels\n");
  EXPECT_EQ(offered({"workspace", "export", "--skip", "listLab"}), "listLabels\n");
  EXPECT_EQ(offered({"workspace", "apply", "f", "--only=track"}), "--only=tracking-plans\n");
}

TEST_F(Completion, WorksInBash) {
  const auto completed = [&](const std::string& words, int index) {
    return in_shell("bash", "source <(segment completion bash)\nCOMP_WORDS=(" + words +
                                ")\nCOMP_CWORD=" + std::to_string(index) +
                                "\n_segment\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n");
  };
  EXPECT_EQ(completed("segment sources get ''", 3), "qQ1\nrR2\n");
  EXPECT_EQ(completed("segment sources cre", 2), "create\ncreate-write-key\n");
  EXPECT_TRUE(has(completed("segment sources create --input " + folder.file("scr"), 4), "script"));
  EXPECT_EQ(completed("segment workspace apply " + folder.file("scr"), 3),
            folder.file("script") + "\n");
  EXPECT_EQ(completed("segment functions create --from-file code = " + folder.file("scr"), 6),
            folder.file("script") + "\n");
  EXPECT_EQ(completed("segment sources list --output = ya", 5), "yaml\n");
}

TEST_F(Completion, WorksInZsh) {
  if (!fs::exists("/usr/bin/zsh")) GTEST_SKIP() << "zsh is not installed";
  const std::string out = in_shell(
      "zsh",
      "compdef() { :; }\ncompadd() { print -l -- \"$@\"; print -l -- $values $shown; }\n"
      "source <(segment completion zsh)\nwords=(segment sources get '')\nCURRENT=4\n_segment\n");
  EXPECT_TRUE(has(out, "qQ1\nrR2\nqQ1  -- Web shop\nrR2  -- app\n")) << out;
  const std::string files = in_shell(
      "zsh",
      "compdef() { :; }\ncompadd() { :; }\n_files() { print files; }\n"
      "compset() { print -- \"$@\"; }\n"
      "source <(segment completion zsh)\nwords=(segment workspace apply '')\nCURRENT=4\n_segment\n"
      "words=(segment functions create --from-file code=x)\nCURRENT=5\n_segment\n");
  EXPECT_EQ(files, "files\n-p 5\nfiles\n");
}

TEST_F(Completion, WorksInFish) {
  if (!fs::exists("/usr/bin/fish")) GTEST_SKIP() << "fish is not installed";
  const std::string out = in_shell("fish",
                                   "segment completion fish | source\n"
                                   "complete -C 'segment sources get '\n");
  EXPECT_EQ(out, "qQ1\tWeb shop\nrR2\tapp\n");
  const std::string files =
      in_shell("fish", "segment completion fish | source\ncomplete -C 'segment workspace apply " +
                           folder.file("scr") +
                           "'\ncomplete -C 'segment functions create --from-file code=" +
                           folder.file("scr") + "'\n");
  EXPECT_EQ(files, folder.file("script") + "\ncode=" + folder.file("script") + "\n");
}

}  // namespace
}  // namespace segment::test
