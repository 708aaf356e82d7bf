#pragma once

#include <string>
#include <string_view>

namespace segment::test {

/// A port of 127.0.0.1 that refuses connections for the lifetime of this object.
class RefusingPort {
 public:
  RefusingPort();
  ~RefusingPort();
  RefusingPort(const RefusingPort&) = delete;
  RefusingPort& operator=(const RefusingPort&) = delete;
  [[nodiscard]] std::string url(std::string_view path = "/") const;

 private:
  int socket_ = -1;
};

/// A port of 127.0.0.1 on which connecting neither succeeds nor fails, like an address that drops
/// every packet: it listens, but its queue is full and nothing accepts from it.
class SilentPort {
 public:
  SilentPort();
  ~SilentPort();
  SilentPort(const SilentPort&) = delete;
  SilentPort& operator=(const SilentPort&) = delete;
  [[nodiscard]] std::string url(std::string_view path = "/") const;

 private:
  int socket_ = -1;
  int queued_ = -1;  // The one connection that the queue has room for.
};

}  // namespace segment::test
