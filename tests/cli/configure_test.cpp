// What writes a profile, and what services read of it.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "profiles.hpp"
#include "segment/client_options.hpp"
#include "segment/error.hpp"
#include "segment/profile.hpp"
#include "terminal.hpp"

namespace segment::test {
namespace {

class Configure : public Profiles {
 protected:
  [[nodiscard]] std::string written() const { return folder.read("segment/config.toml"); }
};

TEST_F(Configure, WritesAProfileForItsOwnerAloneInANewFolder) {
  fs::remove_all(folder.file("segment"));
  const Ran ran = run_with({"configure", "--profile", "shop", "--with-token", "--base-url",
                            server.url(""), "--output", "yaml"},
                           {}, "the-token\n");
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_FALSE(has(ran.out + ran.err, "the-token"));
  const auto mode = [&](const std::string& name) {
    return fs::status(folder.file(name)).permissions();
  };
  EXPECT_EQ(mode("segment/config.toml"), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(mode("segment"), fs::perms::owner_all);
  EXPECT_EQ(token_of(run_with(whoami)), "the-token") << "the first one is the default";
}

TEST_F(Configure, ChangesWhatTheFlagsSayAndKeepsTheRest) {
  write_profile("token = \"kept\"\nregion = \"us\"", 0600);
  EXPECT_EQ(run_with({"configure", "--profile", "shop", "--region", "EU"}).exit_code, 0);
  EXPECT_TRUE(has(written(), "kept")) << written();
  EXPECT_TRUE(has(written(), "other-token")) << written();
  const Ran ran = run_with({"configure", "--profile", "new", "--default", "--token-command", "pass",
                            "--token-command", "show me"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const ProfileFile file = read_profile_file(folder.file("segment/config.toml"));
  EXPECT_EQ(file.default_profile, "new");
  EXPECT_EQ(file.profiles.at("new").token_command, (std::vector<std::string>{"pass", "show me"}));
  EXPECT_EQ(file.profiles.at("shop").region, Region::eu);
}

TEST_F(Configure, NeedsToBeToldTheTokenWhereNobodyCanBeAsked) {
  const Ran ran = run_with({"configure", "--profile", "shop"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_TRUE(has(ran.err, "--with-token")) << ran.err;
  EXPECT_FALSE(fs::exists(folder.file("segment/config.toml")));
  EXPECT_EQ(run_with({"configure", "--with-token", "--token-file", "f"}).exit_code, 2);
  EXPECT_EQ(run_with({"configure", "--region", "fr"}).exit_code, 2);
  EXPECT_EQ(run_with({"configure", "--output", "xml"}).exit_code, 2);
}

TEST_F(Configure, WritesNoProfileThatCouldNotBeReadAgain) {
  write_profile("token = \"kept\"", 0600);
  const std::string before = written();
  const Ran ran = run_with({"configure", "--profile", "h", "--token-command", "true", "--base-url",
                            "http://gw.internal"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_TRUE(has(ran.err, "plain HTTP")) << ran.err;
  EXPECT_EQ(written(), before);
  EXPECT_EQ(run_with({"configure", "--profile", "h", "--token-command", ""}).exit_code, 2);
  EXPECT_EQ(written(), before);
  EXPECT_EQ(token_of(run_with(whoami)), "kept");
}

TEST_F(Configure, ReplacesABrokenProfileAndKeepsOtherBrokenOnesAsTheyStand) {
  write_profile(
      "token = \"kept\"\n[profiles.broken]\nbase_url = \"http://gw.internal\"\ntoken = \"lost\"\n"
      "[profiles.odd]\nregoin = [true, 2, 1.5, \"x\"]",
      0600);
  EXPECT_EQ(token_of(run_with(whoami)), "kept") << "it is another profile that is broken";
  const Ran used = run_with({"whoami", "--profile", "broken"});
  EXPECT_EQ(used.exit_code, 3);
  EXPECT_TRUE(has(used.err, "profile broken: ")) << used.err;
  EXPECT_TRUE(has(used.err, "plain HTTP")) << used.err;
  const Ran ran = run_with({"configure", "--profile", "broken", "--token-command", "pass"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_TRUE(has(ran.err, "warning: ")) << ran.err;
  EXPECT_FALSE(has(written(), "gw.internal")) << written();
  EXPECT_TRUE(has(written(), "regoin = [ true, 2, 1.5, 'x' ]")) << written();
  EXPECT_EQ(run_with({"whoami", "--profile", "odd"}).exit_code, 3);
}

TEST_F(Configure, AsksOnATerminalAndDoesNotShowTheToken) {
  const InTerminal ran = run_in_terminal(
      {.arguments = {"configure"}, .environment = {{"XDG_CONFIG_HOME", folder.file("")}}},
      "shop\n\tthe-secret-token\n\teu\n", ": ");
  EXPECT_EQ(ran.exit_code, 0) << ran.screen;
  EXPECT_TRUE(has(ran.screen, "Profile [default]: shop")) << ran.screen;
  EXPECT_FALSE(has(ran.screen, "the-secret-token")) << ran.screen;
  const ProfileFile file = read_profile_file(folder.file("segment/config.toml"));
  EXPECT_EQ(file.profiles.at("shop").token, Token("the-secret-token"));
  EXPECT_EQ(file.profiles.at("shop").region, Region::eu);
}

// What a service reads is what the command line reads.
class AService : public Profiles {
 protected:
  void SetUp() override {
    Profiles::SetUp();
    ::setenv("XDG_CONFIG_HOME", folder.file("").c_str(), 1);
    for (const char* name : names) ::unsetenv(name);
  }
  void TearDown() override {
    ::unsetenv("XDG_CONFIG_HOME");
    for (const char* name : names) ::unsetenv(name);
  }

  static constexpr const char* names[] = {"SEGMENT_TOKEN", "SEGMENT_REGION", "SEGMENT_BASE_URL",
                                          "SEGMENT_PROFILE", "CURL_CA_BUNDLE"};
};

TEST_F(AService, HasTheOptionsOfTheEnvironmentAndOfAProfile) {
  write_profile("token = \"profile-token\"\nregion = \"eu\"");
  const ClientOptions options = ClientOptions::from_environment();
  EXPECT_EQ(options.token, Token("profile-token"));
  EXPECT_EQ(options.region, Region::eu);
  EXPECT_EQ(options.base_url + "/", server.url("/"));
  EXPECT_EQ(ClientOptions::from_environment("other").token, Token("other-token"));
  ::setenv("SEGMENT_TOKEN", "variable-token", 1);
  ::setenv("SEGMENT_REGION", "US", 1);
  ::setenv("CURL_CA_BUNDLE", "/authorities.pem", 1);
  const ClientOptions overridden = ClientOptions::from_environment();
  EXPECT_EQ(overridden.token, Token("variable-token"));
  EXPECT_EQ(overridden.region, Region::us);
  EXPECT_EQ(overridden.curl.ca_file, "/authorities.pem");
}

TEST_F(AService, IsToldWhatToDoWithoutAToken) {
  try {
    static_cast<void>(ClientOptions::from_environment());
    FAIL();
  } catch (const ConfigurationError& error) {
    EXPECT_TRUE(has(error.what(), "SEGMENT_TOKEN is not set")) << error.what();
  }
  ::setenv("SEGMENT_PROFILE", "nope", 1);
  EXPECT_THROW(static_cast<void>(ClientOptions::from_environment()), ConfigurationError);
}

TEST_F(AService, ReadsTheFileThatItWrites) {
  ProfileFile file{.path = folder.file("a/b/config.toml"), .default_profile = "x"};
  Profile& profile = file.profiles["x"];
  profile.token = Token("quo\"te\\d");
  profile.token_command_timeout = std::chrono::seconds(5);
  profile.region = Region::eu;
  profile.base_url = "https://a.example";
  profile.output = "csv";
  write_profile_file(file);
  const ProfileFile read = read_profile_file(file.path);
  const Profile& same = read.profiles.at("x");
  EXPECT_EQ(read.default_profile, "x");
  EXPECT_EQ(same.token, profile.token);
  EXPECT_EQ(same.token_command_timeout, profile.token_command_timeout);
  EXPECT_EQ(same.region, profile.region);
  EXPECT_EQ(same.base_url, profile.base_url);
  EXPECT_EQ(same.output, profile.output);
}

}  // namespace
}  // namespace segment::test
