#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <string>
#include <thread>

#include "authority.hpp"

namespace segment::test {

/// An HTTP/2 server that refuses requests before it processes them, one connection at a time: it
/// writes frames by hand behind `openssl s_server`, which does the TLS.
class ScriptedHttp2Server {
 public:
  /// What is done with a request. If no action is left, the response is an empty 200.
  enum class Action {
    respond,
    refuse,   ///< RST_STREAM with REFUSED_STREAM
    go_away,  ///< GOAWAY whose last stream is the previous one
  };

  /// \param certificate issued by the authority under this name.
  ScriptedHttp2Server(const Authority& authority, const std::string& certificate,
                      std::deque<Action> actions);
  ~ScriptedHttp2Server();
  ScriptedHttp2Server(const ScriptedHttp2Server&) = delete;
  ScriptedHttp2Server& operator=(const ScriptedHttp2Server&) = delete;

  [[nodiscard]] std::string url() const;
  /// How many complete requests were received.
  [[nodiscard]] int requests() const { return requests_; }

 private:
  void start(const Authority& authority, const std::string& certificate);
  void serve();
  void take(std::string& bytes);
  void act(std::uint32_t stream);
  void write_frame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream,
                   const std::string& payload);

  std::uint16_t port_ = 0;
  pid_t process_ = -1;
  int to_client_ = -1;
  int from_client_ = -1;
  std::deque<Action> actions_;
  std::atomic<int> requests_ = 0;
  std::jthread serving_{};
};

}  // namespace segment::test
