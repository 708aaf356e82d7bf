#include "redis_server.hpp"

#include <unistd.h>

#include <chrono>
#include <csignal>
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
  process_ = ServerProcess(std::move(words), {.end_signal = SIGKILL});
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
  process_ = {};
  ::unlink(socket().c_str());
}

void RedisServer::hang() { process_.signal(SIGSTOP); }

void RedisServer::resume() { process_.signal(SIGCONT); }

}  // namespace segment::test
