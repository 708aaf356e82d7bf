// A remote server: forwards bytes between its clients and a server on this machine, each piece some
// milliseconds late, and counts connections and bytes. A client's first piece is delayed by one
// more round trip, which the TCP handshake would have taken.
//
//     bench_relay PORT DELAY_MS
//
// listens on a free port, which it prints; for each line that it reads it prints what it has
// counted since the last one, as a line of JSON. It exits at the end of its input.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <climits>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <list>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

int expect(int result, const char* what) {
  if (result < 0) throw std::runtime_error(what);
  return result;
}

void send_at_once(int socket) {
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

int connected_to(int port) {
  const int socket = expect(::socket(AF_INET, SOCK_STREAM, 0), "no socket");
  const sockaddr_in address = loopback(port);
  expect(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address),
         "the server is not there");
  send_at_once(socket);
  return socket;
}

struct Listener {
  Listener() : socket(expect(::socket(AF_INET, SOCK_STREAM, 0), "no socket")) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    expect(::bind(socket, any, size), "no port");
    expect(::listen(socket, SOMAXCONN), "no port to listen on");
    expect(::getsockname(socket, any, &size), "no port of its own");
    port = ntohs(address.sin_port);
  }

  int socket;
  int port = 0;
};

// One direction of a connection: what was read, and when it is due at the other side.
struct Direction {
  struct Piece {
    Clock::time_point due;
    std::string bytes;  // none: the end
  };

  int from;
  int to;
  Clock::duration delay;
  Clock::time_point not_before{};
  std::deque<Piece> pieces{};
  long long* counter;
  bool at_end = false;

  void read() {
    std::array<char, 65536> buffer;
    const ssize_t count = ::recv(from, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    at_end = count <= 0;
    const std::string bytes(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    pieces.push_back({std::max(Clock::now(), not_before) + delay, bytes});
    *counter += static_cast<long long>(bytes.size());
  }

  // False once the end was passed on.
  bool write(Clock::time_point now) {
    while (!pieces.empty() && pieces.front().due <= now) {
      std::string& bytes = pieces.front().bytes;
      if (bytes.empty()) {
        ::shutdown(to, SHUT_WR);
        pieces.clear();
        return false;
      }
      const ssize_t count = ::send(to, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
      if (count < 0 && errno != EAGAIN) return false;
      if (count <= 0) {  // full: soon again
        pieces.front().due = now + std::chrono::milliseconds(1);
        return true;
      }
      bytes.erase(0, static_cast<std::size_t>(count));
      if (bytes.empty()) pieces.pop_front();
    }
    return true;
  }
};

struct Counts {
  long long connections = 0;
  long long bytes_up = 0;
  long long bytes_down = 0;
};

class Relay {
 public:
  Relay(int server, std::chrono::milliseconds delay) : server_(server), delay_(delay) {
    std::printf("%d\n", listener_.port);
    std::fflush(stdout);
  }

  void run() {
    while (step()) {
    }
  }

 private:
  struct Pair {
    Direction up;
    Direction down;
  };

  bool step() {
    std::vector<pollfd> polled = {{STDIN_FILENO, POLLIN, 0}, {listener_.socket, POLLIN, 0}};
    const auto add = [&](Direction& direction) {
      polled.push_back({direction.at_end ? -1 : direction.from, POLLIN, 0});
    };
    for (Pair& pair : pairs_) {
      add(pair.up);
      add(pair.down);
    }
    ::poll(polled.data(), polled.size(), milliseconds_to_next());
    auto at = polled.begin() + 2;
    for (Pair& pair : pairs_) {
      for (Direction* direction : {&pair.up, &pair.down}) {
        if ((at++)->revents != 0 && !direction->at_end) direction->read();
      }
    }
    pass_on();
    if (polled[1].revents != 0) accept();
    return polled[0].revents == 0 || report();
  }

  int milliseconds_to_next() const {
    auto next = Clock::time_point::max();
    for (const Pair& pair : pairs_) {
      for (const Direction* direction : {&pair.up, &pair.down}) {
        if (!direction->pieces.empty()) next = std::min(next, direction->pieces.front().due);
      }
    }
    if (next == Clock::time_point::max()) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - Clock::now()).count();
    return static_cast<int>(std::clamp<long long>(left, 0, INT_MAX));
  }

  void pass_on() {
    const auto now = Clock::now();
    pairs_.remove_if([&](Pair& pair) {
      const bool up = pair.up.write(now);
      const bool down = pair.down.write(now);
      const bool both_ended =
          pair.up.at_end && pair.down.at_end && pair.up.pieces.empty() && pair.down.pieces.empty();
      if (!both_ended && (up || pair.up.at_end) && (down || pair.down.at_end)) return false;
      ::close(pair.up.from);
      ::close(pair.down.from);
      return true;
    });
  }

  void accept() {
    const int client = ::accept(listener_.socket, nullptr, nullptr);
    if (client < 0) return;
    send_at_once(client);
    const int server = connected_to(server_);
    ++counts_.connections;
    pairs_.push_back(
        {{.from = client,
          .to = server,
          .delay = delay_,
          .not_before = Clock::now() + 2 * delay_,
          .counter = &counts_.bytes_up},
         {.from = server, .to = client, .delay = delay_, .counter = &counts_.bytes_down}});
  }

  bool report() {
    char line = 0;
    if (::read(STDIN_FILENO, &line, 1) <= 0) return false;
    std::printf("{\"connections\": %lld, \"bytes_up\": %lld, \"bytes_down\": %lld}\n",
                counts_.connections, counts_.bytes_up, counts_.bytes_down);
    std::fflush(stdout);
    counts_ = {};
    return true;
  }

  Listener listener_;
  const int server_;
  const Clock::duration delay_;
  std::list<Pair> pairs_;
  Counts counts_;
};

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) throw std::invalid_argument("usage: bench_relay PORT DELAY_MS");
  Relay(std::atoi(argv[1]), std::chrono::milliseconds(std::atoi(argv[2]))).run();
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
