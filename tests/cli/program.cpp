#include "program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>
#include <string_view>
#include <utility>

#ifndef SEGMENT_CLI_PATH
#define SEGMENT_CLI_PATH ""
#endif

extern char** environ;

namespace segment::test {

namespace {

/// Both ends of a pipe; neither is inherited by a child.
struct Pipe {
  int read = -1;
  int write = -1;

  Pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    read = ends[0];
    write = ends[1];
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_one(read);
    close_one(write);
  }
  static void close_one(int& end) {
    if (end >= 0) close(end);
    end = -1;
  }
};

pid_t start(const std::string& path, const Run& what, const Pipe& in, const Pipe& out,
            const Pipe& err) {
  std::vector<std::string> arguments{path};
  arguments.insert(arguments.end(), what.arguments.begin(), what.arguments.end());
  std::vector<std::string> environment = environment_of(what);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.read, STDIN_FILENO);
  if (what.out_closed) {
    posix_spawn_file_actions_addclose(&actions, STDOUT_FILENO);
  } else if (what.out_file.empty()) {
    posix_spawn_file_actions_adddup2(&actions, out.write, STDOUT_FILENO);
  } else {
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, what.out_file.c_str(), O_WRONLY, 0);
  }
  posix_spawn_file_actions_adddup2(&actions, err.write, STDERR_FILENO);
  pid_t child = -1;
  const int failure = posix_spawn(&child, path.c_str(), &actions, nullptr,
                                  pointers_to(arguments).data(), pointers_to(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) throw std::runtime_error("the program cannot be started");
  return child;
}

// False at the end.
bool read_some(int end, std::string& text) {
  std::array<char, 4096> buffer{};
  const ssize_t got = read(end, buffer.data(), buffer.size());
  if (got > 0) text.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0;
}

// These inputs are small enough for a pipe's buffer, so they are written before anything is read.
void give_input(Pipe& in, const std::string& input) {
  std::signal(SIGPIPE, SIG_IGN);
  if (!input.empty() && write(in.write, input.data(), input.size()) < 0) {
    // It ended without reading: its exit code says why.
  }
  Pipe::close_one(in.write);
}

void read_all(Pipe& out, Pipe& err, Ran& ran) {
  while (out.read >= 0 || err.read >= 0) {
    std::array<pollfd, 2> ends{{{out.read, POLLIN, 0}, {err.read, POLLIN, 0}}};
    if (poll(ends.data(), ends.size(), -1) < 0) throw std::runtime_error("poll failed");
    if (ends[0].revents != 0 && !read_some(out.read, ran.out)) Pipe::close_one(out.read);
    if (ends[1].revents != 0 && !read_some(err.read, ran.err)) Pipe::close_one(err.read);
  }
}

}  // namespace

// Sanitizers get their options from the environment; the program inherits nothing else.
std::vector<std::string> environment_of(const Run& what) {
  std::vector<std::string> texts;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    if (text.find("SAN_OPTIONS=") != std::string_view::npos) texts.emplace_back(text);
  }
  for (const auto& [name, value] : what.environment) texts.push_back(name + "=" + value);
  return texts;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

Ran run(const Run& what) { return run_program(SEGMENT_CLI_PATH, what); }

Ran run_program(const std::string& path, const Run& what) {
  Pipe in;
  Pipe out;
  Pipe err;
  if (what.reader_gone) Pipe::close_one(out.read);
  const pid_t child = start(path, what, in, out, err);
  Pipe::close_one(in.read);
  Pipe::close_one(out.write);
  Pipe::close_one(err.write);
  Ran ran;
  give_input(in, what.input);
  read_all(out, err, ran);
  int status = 0;
  waitpid(child, &status, 0);
  ran.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return ran;
}

Ran run_against(const std::string& base_url, std::vector<std::string> arguments,
                std::string input) {
  return run({.arguments = std::move(arguments),
              .environment = {{"SEGMENT_TOKEN", token}, {"SEGMENT_BASE_URL", base_url}},
              .input = std::move(input)});
}

std::vector<Json> lines_of(const std::string& text) {
  std::vector<Json> values;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    values.push_back(Json::parse(rest.substr(0, end)));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return values;
}

}  // namespace segment::test
