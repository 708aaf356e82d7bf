// The program segment-sandbox and its flags.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "program.hpp"
#include "segment/version.hpp"
#include "support/dead_ports.hpp"
#include "support/temporary_folder.hpp"
#include "texts.hpp"

#if defined(SEGMENT_SANDBOX_PATH) && defined(SEGMENT_CLI_PATH)

namespace segment::test {
namespace {

std::string refused(const std::vector<std::string>& arguments) {
  const Ran ran = run_program(SEGMENT_SANDBOX_PATH, {.arguments = arguments});
  EXPECT_EQ(ran.exit_code, 2) << ran.err;
  EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
  return ran.err;
}

// What `segment` reports against a sandbox with these flags.
Ran segment_with(const std::string& flags, const std::string& arguments) {
  const std::string script =
      "mkfifo $TMPDIR/out; " SEGMENT_SANDBOX_PATH " " + flags +
      " > $TMPDIR/out & pid=$!; exec 4< $TMPDIR/out; read a b url <&4; read a token <&4;"
      "SEGMENT_BASE_URL=$url SEGMENT_TOKEN=$token " SEGMENT_CLI_PATH " " +
      arguments + "; code=$?; kill $pid; wait $pid; exit $code";
  TemporaryFolder folder;
  return run_program("/bin/sh",
                     {.arguments = {"-c", script},
                      .environment = {{"PATH", "/usr/bin:/bin"}, {"TMPDIR", folder.file("")}}});
}

TEST(TheSandboxProgram, RejectsABadFlagInOneLine) {
  EXPECT_TRUE(has(refused({"--no-ratelimits"}), "(did you mean --no-rate-limits?)"));
  EXPECT_TRUE(has(refused({"--port", "99999"}), "a number from 0 to 65535"));
  EXPECT_TRUE(has(refused({"--token"}), "--token needs a value"));
  EXPECT_TRUE(has(refused({"--fault", "listSources"}), "listSources=status=503"));
  EXPECT_TRUE(has(refused({"--fault", "listSources=staus=503"}), "`staus=503`"));
  EXPECT_TRUE(has(refused({"--fault", "listSources=times=2"}), "needs a status"));
  EXPECT_TRUE(has(refused({"--fault", "listSorces=cut"}), "no operation listSorces"));
}

TEST(TheSandboxProgram, RejectsALimitOfZeroAndAnEmptyToken) {
  for (const char* flag : {"--rate-limit", "--max-connections", "--max-rules"}) {
    EXPECT_TRUE(has(refused({flag, "0"}), std::string(flag) + " takes a number from 1 to "))
        << flag;
  }
  EXPECT_TRUE(has(refused({"--token", ""}), "--token must not be empty"));
}

TEST(TheSandboxProgram, LimitsTheRulesOfARequestButNotOfTheSeed) {
  const Ran ran = segment_with("--max-rules 1", "tracking-plans list --output json");
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_TRUE(has(ran.out, "\"id\"")) << ran.out;
}

TEST(TheSandboxProgram, SaysWhyItCannotListenOnAPort) {
  const RefusingPort taken;
  const std::string port = taken.url("").substr(taken.url("").rfind(':') + 1);
  const Ran ran = run_program(SEGMENT_SANDBOX_PATH, {.arguments = {"--port", port}});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_EQ(ran.err, "error: the sandbox cannot listen on port " + port +
                         ": Address already in use; omit --port for a free one\n");
}

TEST(TheSandboxProgram, InjectsTheFaultsThatItsFlagsName) {
  const Ran all = segment_with("--fault listSources=status=503", "sources list --attempts 1");
  EXPECT_EQ(all.exit_code, 8) << all.out << all.err;
  const Ran other = segment_with("--fault listSources=status=503", "labels list --attempts 1");
  EXPECT_EQ(other.exit_code, 0) << other.err;
  const Ran first = segment_with("--fault '*=status=418,times=1'", "sources list --attempts 1");
  EXPECT_EQ(first.exit_code, 6) << first.err;
}

TEST(TheSandboxProgram, LimitsTheRateOfAllOperations) {
  const Ran ran = segment_with("--rate-limit 2", "connections --attempts 1");
  EXPECT_EQ(ran.exit_code, 7) << ran.out << ran.err;
}

TEST(TheSandboxProgram, ExplainsFaultsInItsHelp) {
  const Ran ran = run_program(SEGMENT_SANDBOX_PATH, {.arguments = {"--help"}});
  EXPECT_EQ(ran.exit_code, 0);
  for (const char* part : {"--fault", "status=503", "--rate-limit", "X-Sandbox-Fault"}) {
    EXPECT_TRUE(has(ran.out, part)) << ran.out;
  }
}

TEST(TheSandboxProgram, PrintsItsVersion) {
  const Ran ran = run_program(SEGMENT_SANDBOX_PATH, {.arguments = {"--version"}});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_EQ(ran.out, "segment-sandbox " SEGMENT_PUBLIC_API_VERSION "\n");
}

}  // namespace
}  // namespace segment::test

#endif
