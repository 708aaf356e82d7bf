#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "../../support/server_process.hpp"
#include "../../support/temporary_folder.hpp"

namespace segment::test {

/// The path of the program; empty where it is not installed.
[[nodiscard]] std::string redis_program();

/// A Redis server on a Unix socket of its own, for as long as this lives. It keeps nothing: one
/// that was stopped begins anew with nothing in it.
class RedisServer {
 public:
  /// \param options for the command line.
  explicit RedisServer(std::vector<std::string> options = {});

  void start();
  void stop();
  /// Has it do nothing, as a machine that is overloaded.
  void hang();
  void go_on();

  [[nodiscard]] std::string socket() const { return folder_.file("redis.sock"); }

 private:
  TemporaryFolder folder_;
  std::vector<std::string> options_;
  ServerProcess process_{};
};

}  // namespace segment::test
