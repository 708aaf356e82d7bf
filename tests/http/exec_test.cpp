// Programs that start others, which inherit none of the library's sockets.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>

#include <array>
#include <fstream>
#include <set>
#include <stdexcept>
#include <string>

#include "../support/loopback_server.hpp"
#include "../support/temporary_folder.hpp"
#include "../support/transport_under_test.hpp"

extern char** environ;

namespace segment::test {
namespace {

class AProgramThatIsStarted : public ::testing::Test {
 protected:
  void SetUp() override {
#if !defined(__linux__)
    GTEST_SKIP() << "inherited sockets are read from /proc";
#endif
  }

  /// The sockets that a program started now inherits.
  std::set<std::string> sockets() {
    const std::string list = folder_.file("list");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, list.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    std::string program = "ls";
    std::string flag = "-l";
    std::string folder = "/proc/self/fd";
    std::array<char*, 4> arguments{program.data(), flag.data(), folder.data(), nullptr};
    pid_t child = -1;
    const int failed = ::posix_spawnp(&child, "ls", &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    int status = -1;
    if (failed != 0 || ::waitpid(child, &status, 0) != child || status != 0) {
      throw std::runtime_error("ls could not be run");
    }
    std::set<std::string> found;
    std::ifstream file(list);
    for (std::string line; std::getline(file, line);) {
      const auto start = line.find("socket:");
      if (start != std::string::npos) found.insert(line.substr(start));
    }
    return found;
  }

  TemporaryFolder folder_;
};

TEST_F(AProgramThatIsStarted, InheritsNoSocketOfATransport) {
  std::set<std::string> during;
  LoopbackServer server;
  const std::set<std::string> before = sockets();
  TransportUnderTest transport({.proxy = "none"});
  server.next([&](Connection& connection) {
    during = sockets();
    respond()(connection);
  });
  const http::Outcome outcome = transport.send({.url = server.url(), .idempotent = true});
  EXPECT_TRUE(std::holds_alternative<http::Response>(outcome));
  EXPECT_EQ(during, before) << "while a request is in flight";
  EXPECT_EQ(sockets(), before) << "while a connection is kept";
}

}  // namespace
}  // namespace segment::test
