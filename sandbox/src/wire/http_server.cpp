#include "wire/http_server.hpp"

#include <httplib.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdint>
#include <latch>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "engine/refusal.hpp"
#include "wire/connection_stream.hpp"
#include "wire/connection_threads.hpp"
#include "wire/framing.hpp"
#include "wire/idle_connections.hpp"
#include "wire/stop_signal.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

constexpr const char* host = "127.0.0.1";
constexpr std::chrono::minutes longest_idle{2};
constexpr int waiting_connections = 512;

// The library reports only that it failed; the last thing it did was to bind and then to close the
// socket, which leaves the reason in errno.
[[noreturn]] void refuse_port(std::uint16_t port, int reason) {
  const std::string message = "the sandbox cannot listen on port " + std::to_string(port);
  if (reason == 0) throw std::runtime_error(message);
  throw std::system_error(reason, std::generic_category(), message);
}

// The connection that this thread serves.
thread_local ConnectionStream* current_connection = nullptr;

WireRequest received(const httplib::Request& request) {
  WireRequest wire{
      .method = request.method, .target = request.target, .headers = {}, .body = request.body};
  for (const auto& [name, value] : request.headers) {
    // What the server library adds on its own.
    if (name == "REMOTE_ADDR" || name == "REMOTE_PORT" || name == "LOCAL_ADDR" ||
        name == "LOCAL_PORT") {
      continue;
    }
    wire.headers.add(name, value);
  }
  return wire;
}

// The library takes a DELETE or POST without a length for one whose body lasts as long as the
// connection.
void say_that_no_body_comes(httplib::Request& request) {
  if (!request.has_header("Content-Length") && !request.has_header("Transfer-Encoding")) {
    request.set_header("Content-Length", "0");
  }
}

void fill_response(httplib::Response& response, WireReply reply) {
  response.status = reply.status;
  response.body = std::move(reply.body);
  for (const http::HeaderView header : reply.headers) {
    response.headers.emplace(header.name, header.value);
  }
}

std::string refusal_body(int status) {
  switch (status) {
    case 413:
      return error_body({{"payload-too-large", "The request is too large."}});
    case 414:
    case 431:
      return error_body({{"bad-request", "A line of the request is too long."}});
    case 415:
      return error_body({{"bad-request", "The body must not be compressed."}});
    case 503:
      return error_body({{"unavailable", "The sandbox has too many connections."}});
    default:
      return error_body({{"bad-request", "This is not a request for the API."}});
  }
}

// A response if the library sends none: a client that reads it needs no reason phrase.
std::string whole_refusal(int status) {
  const std::string body = refusal_body(status);
  return "HTTP/1.1 " + std::to_string(status) +
         " Refused\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

// What the library rejects by itself comes here without a body; our own responses have their id.
// It may have stopped reading anywhere in the request.
void explain(const httplib::Request&, httplib::Response& response) {
  if (response.has_header("X-Request-Id")) return;
  current_connection->close_after_answer();
  response.set_content(refusal_body(response.status), "application/json");
}

httplib::Server::HandlerResponse look_at_framing(const httplib::Request& request,
                                                 httplib::Response& response) {
  if (has_unread_body(request)) current_connection->close_after_answer();
  const int problem = framing_problem(request, ReadLimits{}.body);
  if (problem == 0) return httplib::Server::HandlerResponse::Unhandled;
  response.status = problem;
  return httplib::Server::HandlerResponse::Handled;
}

void say_that_it_closes(const httplib::Request&, httplib::Response& response) {
  if (!current_connection->closes_after_answer()) return;
  response.headers.erase("Keep-Alive");
  response.headers.erase("Connection");
  response.set_header("Connection", "close");
}

}  // namespace

class HttpServer::Server final : public httplib::Server {
 public:
  Server(const StopSignal& stop, IdleConnections& idle) : stop_(stop), idle_(idle) {
    set_address_family(AF_INET);
    set_tcp_nodelay(true);
    set_keep_alive_timeout(std::chrono::seconds(longest_idle).count());
    // A 413 in the API's own form is decided elsewhere; this only bounds the memory.
    set_payload_max_length(ReadLimits{}.body);
    set_error_handler(explain);
    set_pre_routing_handler(look_at_framing);
    set_post_routing_handler(say_that_it_closes);
    // Not SO_REUSEPORT, which is the default: two sandboxes would share one port's connections.
    set_socket_options([](socket_t socket) {
      const int yes = 1;
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
  }

  void bind(std::uint16_t& port) {
    errno = 0;
    const int bound = port == 0 ? bind_to_any_port(host) : (bind_to_port(host, port) ? port : -1);
    if (bound <= 0) refuse_port(port, errno);
    port = static_cast<std::uint16_t>(bound);
    // The library's own queue is so short that a burst of connections would stall for a second.
    ::listen(svr_sock_, waiting_connections);
  }

 private:
  bool process_and_close_socket(socket_t socket) override {
    ConnectionStream stream(socket, stop_.descriptor());
    if (ConnectionThreads::turns_away()) {
      turn_away(stream);
    } else {
      current_connection = &stream;
      while (wait_for_request(stream) && serve_request(stream)) continue;
      current_connection = nullptr;
    }
    ::close(socket);
    return true;
  }

  bool wait_for_request(ConnectionStream& stream) {
    idle_.enter(stream.socket());
    const bool came = stream.wait_for_request(longest_idle);
    return idle_.leave(stream.socket()) && came;
  }

  // False if the connection is then over.
  bool serve_request(ConnectionStream& stream) {
    stream.begin_request();
    bool closed = false;
    const bool answered = process_request(stream, false, closed, say_that_no_body_comes);
    const bool refused = stream.refusal() != 0;
    if (refused) stream.answer_instead(whole_refusal(stream.refusal()));
    if (!stream.finish_answer()) return false;
    if (refused || stream.closes_after_answer()) {
      stream.linger();
      return false;
    }
    return answered && !closed;
  }

  // On the accepting thread: must not wait.
  static void turn_away(ConnectionStream& stream) {
    stream.answer_instead(whole_refusal(503));
    [[maybe_unused]] const bool sent = stream.finish_answer();
    ::shutdown(stream.socket(), SHUT_WR);
  }

  const StopSignal& stop_;
  IdleConnections& idle_;
};

struct HttpServer::State {
  State(std::uint16_t wanted, std::size_t most)
      : port(wanted), max_connections(most), server(stop, idle) {
    server.bind(port);
  }

  void serve(const Answer& answer);

  StopSignal stop;
  std::uint16_t port;
  std::size_t max_connections;
  IdleConnections idle;
  Server server;
  std::latch running{1};
  std::jthread thread{};
};

void HttpServer::State::serve(const Answer& answer) {
  const auto handle = [answer](const httplib::Request& request, httplib::Response& response) {
    WireReply reply = answer(received(request));
    current_connection->end_with(reply.ending);
    fill_response(response, std::move(reply));
  };
  // Not `.*`: a dot does not match a line break, which a decoded path can hold.
  const std::string everything = "[\\s\\S]*";
  server.Get(everything, handle)
      .Post(everything, handle)
      .Put(everything, handle)
      .Patch(everything, handle)
      .Delete(everything, handle);
  server.new_task_queue = [this]() -> httplib::TaskQueue* {
    running.count_down();  // from here on it can be stopped
    return new ConnectionThreads(idle, max_connections);
  };
  thread = std::jthread([this] { server.listen_after_bind(); });
  running.wait();
}

HttpServer::HttpServer(std::uint16_t port, std::size_t max_connections, Answer answer)
    : state_(std::make_unique<State>(port, max_connections)) {
  state_->serve(answer);
}

HttpServer::~HttpServer() {
  state_->stop.raise();
  state_->server.stop();
}

std::uint16_t HttpServer::port() const { return state_->port; }

}  // namespace segment::inline SEGMENT_ABI::sandbox
