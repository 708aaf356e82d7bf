#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "../../support/server_process.hpp"
#include "../../support/temporary_folder.hpp"

namespace segment::test {

/// The path of the program; empty if it is not installed.
[[nodiscard]] std::string redis_program();

/// A Redis server on its own Unix socket, for the lifetime of this object. It persists nothing:
/// after it was stopped it starts empty.
class RedisServer {
 public:
  /// \param options more options for its command line.
  explicit RedisServer(std::vector<std::string> options = {});

  void start();
  void stop();
  /// Makes it hang, as on an overloaded machine.
  void hang();
  void resume();

  [[nodiscard]] std::string socket() const { return folder_.file("redis.sock"); }

 private:
  TemporaryFolder folder_;
  std::vector<std::string> options_;
  ServerProcess process_{};
};

}  // namespace segment::test
