// Profiles: how a workspace is reached, and where its token comes from.

#include "profiles.hpp"

#include <csignal>
#include <fstream>
#include <map>
#include <string>

namespace segment::test {
namespace {

TEST_F(Profiles, TakeTheTokenFromTheProfileAVariableAFileOrACommand) {
  write_profile("token = \"in-the-file\"");
  EXPECT_EQ(token_of(run_with(whoami)), "in-the-file");
  write_profile("token_variable = \"MY_TOKEN\"");
  EXPECT_EQ(token_of(run_with(whoami, {{"MY_TOKEN", "in-a-variable"}})), "in-a-variable");
  write_file("shop.token", "in-another-file\nsecond line\n");
  write_profile("token_file = \"shop.token\"");
  EXPECT_EQ(token_of(run_with(whoami)), "in-another-file");
  write_profile("token_file = \"~/segment/shop.token\"");
  EXPECT_EQ(token_of(run_with(whoami, {{"HOME", folder.file("")}})), "in-another-file");
  write_profile(R"(token_command = ["printf", "%s\n", "by a; $HOME", "by-a-program"])");
  EXPECT_EQ(run_with(whoami).exit_code, 3) << "no shell interprets the words";
  write_profile(R"(token_command = ["printf", "%s\nmore", "by-a-program"])");
  EXPECT_EQ(token_of(run_with(whoami)), "by-a-program");
}

TEST_F(Profiles, AreChosenByFlagThenVariableThenDefault) {
  write_profile("token = \"default-token\"");
  EXPECT_EQ(token_of(run_with(whoami)), "default-token");
  EXPECT_EQ(token_of(run_with(whoami, {{"SEGMENT_PROFILE", "other"}})), "other-token");
  EXPECT_EQ(server.requests().back().target, "/other/");
  EXPECT_EQ(token_of(run_with({"whoami", "--profile", "shop"}, {{"SEGMENT_PROFILE", "other"}})),
            "default-token");
}

TEST_F(Profiles, AreListedIfNoneIsChosen) {
  write_file("config.toml", "[profiles.shop]\ntoken = \"t\"\n[profiles.test]\ntoken = \"t\"\n");
  const Ran ran = run_with(whoami);
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_TRUE(has(ran.err, "no profile is chosen")) << ran.err;
  EXPECT_TRUE(has(ran.err, "it has shop, test; name one by SEGMENT_PROFILE")) << ran.err;
}

TEST_F(Profiles, YieldToVariablesWithAWarningIfOneWasNamed) {
  write_profile("token = \"profile-token\"");
  const std::map<std::string, std::string> variables{
      {"SEGMENT_TOKEN", "variable-token"}, {"SEGMENT_BASE_URL", server.url("/elsewhere")}};
  const Ran silent = run_with(whoami, variables);
  EXPECT_EQ(token_of(silent), "variable-token");
  EXPECT_EQ(silent.err, "");
  EXPECT_EQ(server.requests().back().target, "/elsewhere/");
  const Ran named = run_with({"whoami", "--profile", "shop"}, variables);
  EXPECT_TRUE(has(named.err, "warning: SEGMENT_TOKEN is set, and takes precedence over"))
      << named.err;
  EXPECT_TRUE(has(named.err, "warning: SEGMENT_BASE_URL is set")) << named.err;
  EXPECT_EQ(token_of(run_with(whoami, {{"SEGMENT_TOKEN", " "}})), "profile-token");
}

TEST_F(Profiles, WhoseTokenOthersCanReadAreRejectedWithAdvice) {
  write_profile("token = \"in-the-file\"", 0644);
  const std::string file = folder.file("segment/config.toml");
  const std::string error = complaint(run_with(whoami));
  EXPECT_TRUE(has(error, "(mode 0644); run: chmod 600 " + file)) << error;
  write_file("shop.token", "in-another-file", 0640);
  write_file("config.toml", "[profiles.shop]\ntoken_file = \"shop.token\"\n", 0644);
  const Ran ran = run_with({"whoami", "--profile", "shop"});
  EXPECT_TRUE(has(complaint(ran), "chmod 600 " + folder.file("segment/shop.token"))) << ran.err;
}

TEST_F(Profiles, ShowTheErrorsOfTheTokenCommandButNeverItsOutput) {
  write_profile(R"(token_command = ["sh", "-c", "echo the-secret; echo locked >&2; exit 7"])");
  std::string error = complaint(run_with(whoami));
  EXPECT_TRUE(has(error, "locked\n")) << error;
  EXPECT_TRUE(has(error, "the token command sh failed with exit code 7")) << error;
  EXPECT_FALSE(has(error, "the-secret")) << error;
  write_profile(R"(token_command = ["sh", "-c", "echo the secret"])");
  error = complaint(run_with(whoami));
  EXPECT_TRUE(has(error, "printed no token")) << error;
  EXPECT_FALSE(has(error, "the secret")) << error;
  write_profile(R"(token_command = ["no-such-program-at-all"])");
  EXPECT_TRUE(has(complaint(run_with(whoami)), "no-such-program-at-all cannot be started"));
}

TEST_F(Profiles, DoNotWaitForeverForTheTokenCommand) {
  write_profile("token_command = [\"sleep\", \"1000\"]\ntoken_command_timeout = 1");
  EXPECT_TRUE(has(complaint(run_with(whoami)), "sleep did not end within 1 s"));
}

TEST_F(Profiles, DoNotWaitForProcessesTheTokenCommandLeavesBehind) {
  const std::string file = folder.file("left.pid");
  // It keeps the token's pipe open, but not the pipes that this test reads.
  write_profile("token_command = [\"sh\", \"-c\", \"sleep 3600 2>/dev/null & echo $! > " + file +
                "; echo the-token\"]");
  EXPECT_EQ(token_of(run_with(whoami)), "the-token");
  pid_t left = 0;
  std::ifstream(file) >> left;
  ASSERT_GT(left, 0);
  EXPECT_EQ(::kill(left, SIGTERM), 0) << "it had already ended";
}

TEST_F(Profiles, AreReadStrictlyAndNeverEchoed) {
  const auto refused = [&](const std::string& text) {
    write_file("config.toml", text);
    const std::string error = complaint(run_with({"whoami", "--profile", "shop"}));
    EXPECT_TRUE(has(error, folder.file("segment/config.toml"))) << error;
    EXPECT_FALSE(has(error, "sgp_secret")) << error;
    return error;
  };
  EXPECT_TRUE(has(refused("[profiles.shop]\ntoken = sgp_secret\n"), "not valid TOML at line 2"));
  EXPECT_TRUE(has(refused("[profiles.shop]\nregoin = \"eu\"\n"), "did you mean region?"));
  EXPECT_TRUE(has(refused("[profiles.shop]\nregion = \"fr\"\n"), "region must be us or eu"));
  EXPECT_TRUE(has(refused("[profiles.shop]\nbase_url = \"http://a.example\"\n"), "plain HTTP"));
  EXPECT_TRUE(has(refused("[profiles.shop]\ntoken_command = \"pass show\"\n"), "list of words"));
  EXPECT_TRUE(
      has(refused("[profiles.shop]\ntoken = \"sgp_secret\"\ntoken_file = \"f\"\n"), "one source"));
  EXPECT_TRUE(has(refused("[profiles.pop]\n[profiles.bop]\n"), "no profile shop in "));
  EXPECT_TRUE(has(refused("[profiles.shop]\n"), "the profile shop names no token"));
}

TEST_F(Profiles, SetTheOutputFormat) {
  write_profile("token = \"t\"\noutput = \"json\"");
  EXPECT_TRUE(run_with(whoami).out.starts_with("{\"workspace\":\"The Shop\""));
  EXPECT_TRUE(run_with({"whoami", "--output", "yaml"}).out.starts_with("workspace: The Shop\n"));
  write_profile("token = \"t\"\noutput = \"xml\"");
  const Ran ran = run_with(whoami);
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_TRUE(has(ran.err, "the profile shop: output: ")) << ran.err;
}

TEST_F(Profiles, AreShownByWhoami) {
  write_profile("token_command = [\"echo\", \"the-token\"]");
  const Ran ran = run_with(whoami);
  EXPECT_TRUE(has(ran.out, "workspace  The Shop\n")) << ran.out;
  EXPECT_TRUE(has(ran.out, "profile    shop\n")) << ran.out;
  EXPECT_TRUE(has(ran.out, "token      the command echo\n")) << ran.out;
  EXPECT_EQ(token_of(ran), "the-token");
}

TEST_F(Profiles, AreNotNeededIfTheVariablesSayEverything) {
  const Ran ran =
      run({.arguments = whoami,
           .environment = {{"SEGMENT_TOKEN", token}, {"SEGMENT_BASE_URL", server.url("")}}});
  EXPECT_EQ(token_of(ran), token);
  const Ran none = run({.arguments = {"whoami", "--profile", "shop"}});
  EXPECT_TRUE(has(none.err, "neither XDG_CONFIG_HOME nor HOME")) << none.err;
}

}  // namespace
}  // namespace segment::test
