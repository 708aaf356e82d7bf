// `segment configure`, which writes profiles, and how services read them.

#include <gtest/gtest.h>
#include <sys/types.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
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

TEST_F(Configure, WritesAProfileThatOnlyItsOwnerCanRead) {
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

TEST_F(Configure, NeedsATokenFlagWithoutATerminal) {
  const Ran ran = run_with({"configure", "--profile", "shop"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_TRUE(has(ran.err, "--with-token")) << ran.err;
  EXPECT_FALSE(fs::exists(folder.file("segment/config.toml")));
  EXPECT_EQ(run_with({"configure", "--with-token", "--token-file", "f"}).exit_code, 2);
  EXPECT_EQ(run_with({"configure", "--region", "fr"}).exit_code, 2);
  EXPECT_EQ(run_with({"configure", "--output", "xml"}).exit_code, 2);
}

TEST_F(Configure, WritesNoProfileThatCouldNotBeReadBack) {
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

TEST_F(Configure, ReplacesABrokenProfileAndKeepsOtherBrokenOnes) {
  write_profile(
      "token = \"kept\"\n[profiles.broken]\nbase_url = \"http://gw.internal\"\ntoken = \"lost\"\n"
      "[profiles.odd]\nregoin = [true, 2, 1.5, \"x\"]",
      0600);
  EXPECT_EQ(token_of(run_with(whoami)), "kept") << "only another profile is broken";
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

TEST_F(Configure, PromptsOnATerminalWithoutShowingTheToken) {
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

TEST_F(Configure, WritesThroughASymlink) {
  write_file("real.toml", "[profiles.old]\ntoken = \"kept\"\n");
  const fs::path link = folder.file("segment/config.toml");
  const auto configure = [&](const std::string& profile) {
    const Ran ran = run_with({"configure", "--profile", profile, "--token-command", "pass"});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_TRUE(fs::is_symlink(link));
  };
  fs::create_symlink("real.toml", link);
  configure("new");
  EXPECT_TRUE(has(folder.read("segment/real.toml"), "kept"));
  EXPECT_TRUE(has(folder.read("segment/real.toml"), "[profiles.new]"));
  fs::remove(link);
  fs::create_symlink(folder.file("first.toml"), link);
  fs::create_symlink("not-there-yet.toml", folder.file("first.toml"));
  configure("newer");
  EXPECT_TRUE(has(folder.read("not-there-yet.toml"), "[profiles.newer]"));
}

TEST_F(Configure, KeepsWhatIsWrittenWhileItPrompts) {
  write_profile("token = \"kept\"", 0600);
  const InTerminal ran = run_in_terminal(
      {.arguments = {"configure", "--profile", "slow"},
       .environment = {{"XDG_CONFIG_HOME", folder.file("")}}},
      "the-token\n\teu\n", ": ", 80, [&](pid_t /*program*/) {
        EXPECT_EQ(
            run_with({"configure", "--profile", "quick", "--token-command", "pass"}).exit_code, 0);
      });
  EXPECT_EQ(ran.exit_code, 0) << ran.screen;
  const ProfileFile file = read_profile_file(folder.file("segment/config.toml"));
  EXPECT_TRUE(file.profiles.contains("quick")) << written();
  ASSERT_TRUE(file.profiles.contains("slow")) << written();
  EXPECT_EQ(file.profiles.at("slow").token, Token("the-token"));
}

TEST_F(Configure, LosesNoProfileWhenSeveralRunAtOnce) {
  std::vector<std::thread> all;
  for (int i = 0; i < 8; ++i) {
    all.emplace_back([&, name = "p" + std::to_string(i)] {
      EXPECT_EQ(run_with({"configure", "--profile", name, "--token-command", "pass"}).exit_code, 0);
    });
  }
  for (std::thread& one : all) one.join();
  EXPECT_EQ(read_profile_file(folder.file("segment/config.toml")).profiles.size(), all.size());
}

TEST_F(Configure, WarnsAboutLostComments) {
  const auto warning = [&](const std::string& more) {
    write_profile("token = \"kept\"\n" + more, 0600);
    const Ran ran = run_with({"configure", "--profile", "new", "--token-command", "pass"});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return ran.err;
  };
  EXPECT_TRUE(has(warning("# of the shop"), "warning: the comments in ")) << written();
  EXPECT_TRUE(has(warning("region = \"us\"  # of the shop"), "warning: the comments in "));
  EXPECT_EQ(warning("region = \"us\""), "");
  EXPECT_EQ(warning(R"(token_file = "a\"#b"
[profiles.'#1']
token_file = '#'
[profiles.lines]
token_file = """
# "none"
""")"),
            "");
}

TEST_F(Configure, RestoresEchoWhenASignalEndsIt) {
  for (const int signal : {SIGTERM, SIGHUP}) {
    const InTerminal ran =
        run_in_terminal({.arguments = {"configure", "--profile", "shop"},
                         .environment = {{"XDG_CONFIG_HOME", folder.file("")}}},
                        {}, "token: ", 80, [&](pid_t program) { ::kill(program, signal); });
    EXPECT_EQ(ran.exit_code, 128 + signal) << ran.screen;
    EXPECT_TRUE(ran.echoes) << signal;
  }
}

// A service reads the same profiles as the command line.
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

TEST_F(AService, HasProfilesEvenIfTheRootIsItsHome) {
  ::setenv("XDG_CONFIG_HOME", "/", 1);
  EXPECT_EQ(profile_file_path(), "/segment/config.toml");
  ::unsetenv("XDG_CONFIG_HOME");
  const char* value = std::getenv("HOME");
  const std::string home = value != nullptr ? value : "";
  ::setenv("HOME", "/", 1);
  EXPECT_EQ(profile_file_path(), "/.config/segment/config.toml");
  ::setenv("HOME", home.c_str(), 1);
}

TEST_F(AService, ReportsAFolderThatCannotBeMade) {
  ProfileFile file{.path = "/" + std::string(300, 'a') + "/config.toml"};  // a name too long
  EXPECT_THROW(write_profile_file(file), ConfigurationError);
}

TEST_F(AService, ReadsOptionsFromTheEnvironmentAndAProfile) {
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

TEST_F(AService, ReadsBackTheFileItWrites) {
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

TEST_F(AService, DoesNotWriteAProfileWhoseNameCannotBeReadBack) {
  write_profile("token = \"kept\"");
  const std::string before = folder.read("segment/config.toml");
  ProfileFile file = read_profile_file(folder.file("segment/config.toml"));
  file.profiles["a \"b\"\n"].token_command = {"pass"};
  EXPECT_THROW(write_profile_file(file), ConfigurationError);
  EXPECT_EQ(folder.read("segment/config.toml"), before);
}

TEST_F(AService, OverwritesNothingButWhatItRead) {
  write_profile("token = \"kept\"");
  const std::string path = folder.file("segment/config.toml");
  ProfileFile first = read_profile_file(path);
  ProfileFile second = read_profile_file(path);
  first.profiles["first"].token_command = {"pass"};
  write_profile_file(first);
  const std::string written = folder.read("segment/config.toml");
  try {
    write_profile_file(second);
    FAIL();
  } catch (const ConfigurationError& error) {
    EXPECT_TRUE(has(error.what(), path + " has changed since it was read")) << error.what();
  }
  EXPECT_EQ(folder.read("segment/config.toml"), written);
  first.default_profile = "first";
  EXPECT_NO_THROW(write_profile_file(first)) << "it wrote the current version itself";
  fs::remove(path);
  EXPECT_THROW(write_profile_file(first), ConfigurationError) << "the file was removed";
}

}  // namespace
}  // namespace segment::test
