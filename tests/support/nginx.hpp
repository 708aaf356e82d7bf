#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server_process.hpp"
#include "temporary_folder.hpp"

namespace segment::test {

/// The path of the program; empty if it is not installed.
[[nodiscard]] std::string nginx_program();

/// nginx on free ports of 127.0.0.1, for the lifetime of this object.
class Nginx {
 public:
  /// One `server` of its configuration, without `listen`.
  struct Server {
    /// What follows the port in `listen`, for example `ssl http2`.
    std::string listen_options = "ssl";
    std::string directives{};
  };

  /// Throws std::runtime_error if it does not start.
  explicit Nginx(const std::vector<Server>& servers);

  /// `https://HOST:PORT` of the server with this index in the list.
  [[nodiscard]] std::string url(std::size_t server, const std::string& host = "127.0.0.1") const;

 private:
  TemporaryFolder folder_;
  std::vector<std::uint16_t> ports_{};
  ServerProcess process_{};
};

}  // namespace segment::test
