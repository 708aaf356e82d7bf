#include "support/scripted_http2_server.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "support/sockets.hpp"
#include "threads/guards.hpp"

extern char** environ;

namespace segment::test {
namespace {

constexpr std::string_view preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
constexpr std::size_t frame_head = 9;

enum FrameType : std::uint8_t { data = 0, headers = 1, rst_stream = 3, settings = 4, goaway = 7 };
constexpr std::uint8_t end_stream = 0x1;
constexpr std::uint8_t end_headers = 0x4;
constexpr std::uint32_t refused_stream = 7;

std::uint32_t number(std::string_view bytes) {
  std::uint32_t value = 0;
  for (const char c : bytes) value = (value << 8U) | static_cast<unsigned char>(c);
  return value;
}

std::string four_bytes(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xffU);
  return bytes;
}

bool can_be_connected_to(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool connected =
      ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(socket);
  return connected;
}

}  // namespace

ScriptedHttp2Server::ScriptedHttp2Server(const Authority& authority, const std::string& certificate,
                                         std::deque<Action> actions)
    : actions_(std::move(actions)) {
  start(authority, certificate);
  serving_ = std::jthread([this] { serve(); });
}

ScriptedHttp2Server::~ScriptedHttp2Server() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  serving_.join();  // its input has ended
  ::close(to_client_);
  ::close(from_client_);
}

void ScriptedHttp2Server::start(const Authority& authority, const std::string& certificate) {
  const int reserved = bound_socket();
  port_ = port_of(reserved);
  ::close(reserved);
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error("no pipes");
  }
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, in[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, out[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::vector<std::string> words = {"openssl",
                                    "s_server",
                                    "-quiet",
                                    "-alpn",
                                    "h2",
                                    "-accept",
                                    "127.0.0.1:" + std::to_string(port_),
                                    "-cert",
                                    authority.path(certificate + ".pem"),
                                    "-key",
                                    authority.path(certificate + ".key")};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int failed =
      ::posix_spawnp(&process_, "openssl", &files, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  ::close(in[0]);
  ::close(out[1]);
  to_client_ = in[1];
  from_client_ = out[0];
  if (failed != 0) throw std::runtime_error("openssl does not start");
  for (int i = 0; i < 20'000 && !can_be_connected_to(port_); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

std::string ScriptedHttp2Server::url() const {
  return "https://127.0.0.1:" + std::to_string(port_);
}

// All connections arrive as one stream of bytes: each starts with the preface.
void ScriptedHttp2Server::serve() {
  std::string bytes;
  std::array<char, 4096> buffer{};
  while (true) {
    const auto count = ::read(from_client_, buffer.data(), buffer.size());
    if (count <= 0) return;
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
    take(bytes);
  }
}

void ScriptedHttp2Server::take(std::string& bytes) {
  while (bytes.size() >= preface.size() || (bytes.size() >= frame_head && bytes[0] != 'P')) {
    if (bytes.starts_with(preface)) {
      bytes.erase(0, preface.size());
      write_frame(settings, 0, 0, "");
      continue;
    }
    const std::size_t size = frame_head + number(std::string_view(bytes).substr(0, 3));
    if (bytes.size() < size) return;
    const auto type = static_cast<std::uint8_t>(bytes[3]);
    const auto flags = static_cast<std::uint8_t>(bytes[4]);
    const std::uint32_t stream = number(std::string_view(bytes).substr(5, 4));
    bytes.erase(0, size);
    const bool ends_request = (type == headers || type == data) && (flags & end_stream) != 0;
    if (ends_request) act(stream);
  }
}

void ScriptedHttp2Server::act(std::uint32_t stream) {
  ++requests_;
  Action action = Action::respond;
  if (!actions_.empty()) {
    action = actions_.front();
    actions_.pop_front();
  }
  switch (action) {
    case Action::respond:
      write_frame(headers, end_stream | end_headers, stream, "\x88");  // `:status: 200`
      break;
    case Action::refuse:
      write_frame(rst_stream, 0, stream, four_bytes(refused_stream));
      break;
    case Action::go_away:
      write_frame(goaway, 0, 0, four_bytes(stream < 2 ? 0 : stream - 2) + four_bytes(0));
      break;
  }
}

void ScriptedHttp2Server::write_frame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream,
                                      const std::string& payload) {
  std::string frame = four_bytes(static_cast<std::uint32_t>(payload.size())).substr(1);
  frame += static_cast<char>(type);
  frame += static_cast<char>(flags);
  frame += four_bytes(stream) + payload;
  const segment::detail::SigpipeGuard guard;  // the client may have disconnected
  [[maybe_unused]] const auto written = ::write(to_client_, frame.data(), frame.size());
}

}  // namespace segment::test
