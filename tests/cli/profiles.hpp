#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "program.hpp"
#include "support/loopback_server.hpp"
#include "support/temporary_folder.hpp"
#include "texts.hpp"

namespace segment::test {

namespace fs = std::filesystem;

inline constexpr auto workspace =
    R"({"data":{"workspace":{"id":"w1","slug":"shop","name":"The Shop"}}})";

/// Profiles in a folder of their own, and the server that they point to.
class Profiles : public ::testing::Test {
 protected:
  void SetUp() override {
    SEGMENT_NEEDS_PROGRAM();
    server.always(respond(200, workspace));
    fs::create_directories(folder.file("segment"));
  }

  void write_file(const std::string& name, const std::string& text, mode_t mode = 0600) const {
    folder.write("segment/" + name, text);
    ::chmod(folder.file("segment/" + name).c_str(), mode);
  }

  // A profile that points to the server, with further lines.
  void write_profile(const std::string& more, mode_t mode = 0600) const {
    write_file("config.toml",
               "default_profile = \"shop\"\n[profiles.shop]\nbase_url = \"" + server.url("") +
                   "\"\n" + more + "\n[profiles.other]\ntoken = \"other-token\"\nbase_url = \"" +
                   server.url("/other") + "\"\n",
               mode);
  }

  [[nodiscard]] Ran run_with(std::vector<std::string> arguments,
                             std::map<std::string, std::string> environment = {},
                             std::string input = {}) const {
    environment.emplace("XDG_CONFIG_HOME", folder.file(""));
    environment.emplace("PATH", "/usr/bin:/bin");
    return run({.arguments = std::move(arguments),
                .environment = std::move(environment),
                .input = std::move(input)});
  }

  // The token of the last request, which must not be printed.
  std::string token_of(const Ran& ran) {
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    const auto requests = server.requests();
    if (requests.empty()) return {};
    const auto header = requests.back().headers.find("Authorization");
    const std::string sent(header ? header->substr(7) : "");
    EXPECT_EQ((ran.out + ran.err).find(sent), std::string::npos);
    return sent;
  }

  std::string complaint(const Ran& ran) {
    EXPECT_EQ(ran.exit_code, 3) << ran.out;
    EXPECT_TRUE(server.requests().empty());
    return ran.err;
  }

  TemporaryFolder folder;
  LoopbackServer server;
  const std::vector<std::string> whoami{"whoami", "--attempts", "1"};
};

}  // namespace segment::test
