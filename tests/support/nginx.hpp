#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "temporary_folder.hpp"

namespace segment::test {

/// The path of the program; empty where it is not installed.
[[nodiscard]] std::string nginx_program();

/// nginx on ports of 127.0.0.1 that are free, for as long as this lives.
class Nginx {
 public:
  /// One `server` of its configuration, without `listen`.
  struct Server {
    /// What follows the port in `listen`, for example `ssl http2`.
    std::string listen_options = "ssl";
    std::string directives{};
  };

  /// Throws std::runtime_error where it does not start.
  explicit Nginx(const std::vector<Server>& servers);
  ~Nginx();
  Nginx(const Nginx&) = delete;
  Nginx& operator=(const Nginx&) = delete;

  /// `https://HOST:PORT` of the server with this place in the list.
  [[nodiscard]] std::string url(std::size_t server, const std::string& host = "127.0.0.1") const;

 private:
  void start();

  TemporaryFolder folder_;
  std::vector<int> listening_{};  // Until nginx has them.
  std::vector<std::uint16_t> ports_{};
  pid_t process_ = -1;
};

}  // namespace segment::test
