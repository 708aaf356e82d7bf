// What a program allocates, in bytes and including libcurl, for a client, its thread, calls in
// flight on their own connections, and queued calls. Prints a line of JSON.
#include <malloc.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "segment/api/sources.hpp"
#include "segment/async_client.hpp"

namespace {

// Accepts connections, and never responds.
class SilentServer {
 public:
  SilentServer() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket_, any, size) != 0 || ::listen(socket_, SOMAXCONN) != 0 ||
        ::getsockname(socket_, any, &size) != 0) {
      throw std::runtime_error("no port to listen on");
    }
    url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  }
  ~SilentServer() { ::close(socket_); }
  SilentServer(const SilentServer&) = delete;
  SilentServer& operator=(const SilentServer&) = delete;

  [[nodiscard]] const std::string& url() const noexcept { return url_; }

  /// Waits until this many requests have arrived, each on its own connection.
  void wait_for(int requests) const {
    for (int i = 0; i < requests; ++i) {
      const int connection = ::accept(socket_, nullptr, nullptr);
      char byte = 0;
      if (connection < 0 || ::recv(connection, &byte, 1, MSG_PEEK) != 1) {
        throw std::runtime_error("no request");
      }
    }
  }

 private:
  int socket_;
  std::string url_;
};

long long allocated() {
  const struct mallinfo2 info = mallinfo2();
  return static_cast<long long>(info.uordblks + info.hblkhd);
}

using Tasks = std::vector<segment::Task<segment::SourceDetails>>;

void begin(const segment::Client& client, Tasks& tasks, int count) {
  const segment::SourceId id("source-1");
  for (int i = 0; i < count; ++i) tasks.push_back(client.async().sources().get(id));
}

}  // namespace

int main() {
  constexpr int connections = 32;
  constexpr int queued = 10'000;
  const SilentServer server;
  const auto make = [&] {
    return std::make_unique<segment::Client>(segment::ClientOptions{
        .token = segment::Token("for-a-benchmark"), .base_url = server.url()});
  };
  const auto first = make();  // what a process allocates only once
  Tasks tasks;
  tasks.reserve(1 + connections + queued);

  const long long before = allocated();
  const auto client = make();
  const long long at_rest = allocated() - before;
  begin(*client, tasks, 1);  // which starts its thread
  server.wait_for(1);
  const long long with_thread = allocated();
  begin(*client, tasks, connections - 1);
  server.wait_for(connections - 1);
  const long long under_way = (allocated() - with_thread) / (connections - 1);
  const long long before_queue = allocated();
  begin(*client, tasks, queued);
  const long long in_queue = (allocated() - before_queue) / queued;
  std::printf("{\"client\": %lld, \"thread\": %lld, \"call_under_way\": %lld, \"task\": %lld}\n",
              at_rest, with_thread - before - at_rest - under_way, under_way, in_queue);
  (void)client->shutdown({});  // a time in the past, so what is left is cancelled
  return 0;
}
