#include "redis_server.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/prctl.h>
#endif

#include <chrono>
#include <stdexcept>
#include <thread>
#include <utility>

#include "redis/src/socket.hpp"

namespace segment::test {

std::string redis_program() {
  for (const char* path :
       {"/usr/bin/redis-server", "/usr/local/bin/redis-server", "/opt/homebrew/bin/redis-server"}) {
    if (::access(path, X_OK) == 0) return path;
  }
  return {};
}

RedisServer::RedisServer(std::vector<std::string> options) : options_(std::move(options)) {
  start();
}

RedisServer::~RedisServer() { stop(); }

void RedisServer::start() {
  std::vector<std::string> words{redis_program(),
                                 "--port",
                                 "0",
                                 "--unixsocket",
                                 socket(),
                                 "--save",
                                 "",
                                 "--appendonly",
                                 "no",
                                 "--daemonize",
                                 "no",
                                 "--logfile",
                                 folder_.file("redis.log"),
                                 "--dir",
                                 folder_.file("")};
  words.insert(words.end(), options_.begin(), options_.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t parent = ::getpid();
  process_ = ::fork();
  if (process_ < 0) throw std::runtime_error("no process for Redis");
  if (process_ == 0) {
#if defined(__linux__)
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // Should the test crash.
#endif
    if (::getppid() == parent) ::execv(words.front().c_str(), arguments.data());
    ::_exit(127);
  }
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{30};
  for (;;) {
    try {
      (void)redis::Socket::connect(socket(), end);
      return;
    } catch (const redis::StoreError&) {
      if (std::chrono::steady_clock::now() >= end) throw;
      std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
  }
}

void RedisServer::stop() {
  if (process_ < 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  ::unlink(socket().c_str());
  process_ = -1;
}

void RedisServer::hang() { ::kill(process_, SIGSTOP); }

void RedisServer::go_on() { ::kill(process_, SIGCONT); }

}  // namespace segment::test
