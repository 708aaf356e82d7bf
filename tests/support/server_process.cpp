#include "server_process.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>
#if defined(__linux__)
#include <sys/prctl.h>
#endif

namespace segment::test {
namespace {

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> all;
  for (std::string& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

}  // namespace

ServerProcess::ServerProcess(std::vector<std::string> words, Options options)
    : end_signal_(options.end_signal) {
  const std::vector<char*> arguments = pointers(words);
  const std::vector<char*> environment = pointers(options.environment);
  const pid_t parent = ::getpid();
  id_ = ::fork();
  if (id_ < 0) throw std::runtime_error("no process for " + words.front());
  if (id_ > 0) return;
#if defined(__linux__)
  ::prctl(PR_SET_PDEATHSIG, end_signal_);  // in case the test crashes
#endif
  for (const int descriptor : options.descriptors) ::fcntl(descriptor, F_SETFD, 0);
  if (::getppid() == parent) ::execve(arguments[0], arguments.data(), environment.data());
  ::_exit(127);
}

ServerProcess::~ServerProcess() {
  if (id_ < 0) return;
  ::kill(id_, end_signal_);
  ::waitpid(id_, nullptr, 0);
}

void ServerProcess::signal(int number) const { ::kill(id_, number); }

}  // namespace segment::test
