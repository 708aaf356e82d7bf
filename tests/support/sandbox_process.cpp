#include "support/sandbox_process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <stdexcept>

extern char** environ;

namespace segment::test {

namespace {

// What follows a label at the start of the program's next line.
std::string value_behind(const std::string& label, std::FILE* output) {
  std::array<char, 512> line{};
  if (std::fgets(line.data(), line.size(), output) == nullptr) return {};
  std::string text(line.data());
  text.erase(text.find_last_not_of('\n') + 1);
  if (!text.starts_with(label)) return {};
  return text.substr(text.find_first_not_of(' ', label.size()));
}

}  // namespace

SandboxProcess::SandboxProcess(const std::string& program) {
  std::array<int, 2> pipe_ends{};
  if (pipe2(pipe_ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], STDOUT_FILENO);
  std::string name = "segment-sandbox";
  std::string no_limits = "--no-rate-limits";
  std::array<char*, 3> arguments = {name.data(), no_limits.data(), nullptr};
  const int failed =
      posix_spawn(&child_, program.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(pipe_ends[1]);
  std::FILE* output = fdopen(pipe_ends[0], "r");
  if (failed == 0 && output != nullptr) {
    base_url_ = value_behind("base URL", output);
    token_ = value_behind("token", output);
  }
  if (output != nullptr) std::fclose(output);
  if (base_url_.empty()) throw std::runtime_error("the sandbox did not start: " + program);
}

SandboxProcess::~SandboxProcess() {
  kill(child_, SIGTERM);
  waitpid(child_, nullptr, 0);
}

ClientOptions SandboxProcess::client_options() const {
  ClientOptions options;
  options.token = Token(token_);
  options.base_url = base_url_;
  return options;
}

}  // namespace segment::test
