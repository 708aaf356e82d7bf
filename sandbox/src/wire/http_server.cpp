#include "wire/http_server.hpp"

#include <httplib.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <latch>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "engine/refusal.hpp"
#include "wire/connection_stream.hpp"
#include "wire/connection_threads.hpp"
#include "wire/stop_signal.hpp"

namespace segment::sandbox {

namespace {

constexpr const char* host = "127.0.0.1";
constexpr std::chrono::minutes idle{2};
constexpr int waiting_connections = 512;
// What is refused with a 413 in the API's own form is decided elsewhere; this bounds the memory.
constexpr std::size_t most_body_bytes = std::size_t{64} << 20U;

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

// The library takes a DELETE or POST of no stated length for one that lasts as long as the
// connection.
void say_that_no_body_comes(httplib::Request& request) {
  if (!request.has_header("Content-Length") && !request.has_header("Transfer-Encoding")) {
    request.set_header("Content-Length", "0");
  }
}

void fill_response(httplib::Response& response, WireReply reply) {
  response.status = reply.status;
  response.body = std::move(reply.body);
  for (auto& header : reply.headers) {
    response.headers.emplace(std::move(header.name), std::move(header.value));
  }
}

// What the library refuses by itself comes here without a body; answers of our own have their id.
void explain(const httplib::Request&, httplib::Response& response) {
  if (response.has_header("X-Request-Id")) return;
  response.set_content(error_body({{"bad-request", "This is no request for the API."}}),
                       "application/json");
}

}  // namespace

class HttpServer::Server final : public httplib::Server {
 public:
  explicit Server(const StopSignal& stop) : stop_(stop) {
    set_address_family(AF_INET);
    set_tcp_nodelay(true);
    set_keep_alive_timeout(std::chrono::seconds(idle).count());
    set_payload_max_length(most_body_bytes);
    // Not SO_REUSEPORT, which is the default: two sandboxes would share one port's connections.
    set_socket_options([](socket_t socket) {
      const int yes = 1;
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
  }

  void bind(std::uint16_t& port) {
    const int bound = port == 0 ? bind_to_any_port(host) : (bind_to_port(host, port) ? port : -1);
    if (bound <= 0) {
      throw std::runtime_error("the sandbox cannot listen on port " + std::to_string(port));
    }
    port = static_cast<std::uint16_t>(bound);
    // The library's own queue is so short that a burst of connections would stall for a second.
    ::listen(svr_sock_, waiting_connections);
  }

 private:
  bool process_and_close_socket(socket_t socket) override {
    ConnectionStream stream(socket, stop_.descriptor());
    current_connection = &stream;
    bool open = true;
    while (open && stream.wait_for_request(idle)) {
      stream.end_with(Fault::Ending::whole);
      bool closed = false;
      const bool answered = process_request(stream, false, closed, say_that_no_body_comes);
      open = stream.finish_answer() && answered && !closed;
    }
    current_connection = nullptr;
    ::close(socket);
    return true;
  }

  const StopSignal& stop_;
};

struct HttpServer::State {
  explicit State(std::uint16_t wanted) : port(wanted), server(stop) { server.bind(port); }

  void serve(const Answer& answer);

  StopSignal stop;
  std::uint16_t port;
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
  server.set_error_handler(explain);
  // Not `.*`: a dot does not match a line break, which a decoded path can hold.
  const std::string everything = "[\\s\\S]*";
  server.Get(everything, handle)
      .Post(everything, handle)
      .Put(everything, handle)
      .Patch(everything, handle)
      .Delete(everything, handle);
  server.new_task_queue = [this]() -> httplib::TaskQueue* {
    running.count_down();  // from here on a stop is heeded
    return new ConnectionThreads;
  };
  thread = std::jthread([this] { server.listen_after_bind(); });
  running.wait();
}

HttpServer::HttpServer(std::uint16_t port, Answer answer) : state_(std::make_unique<State>(port)) {
  state_->serve(answer);
}

HttpServer::~HttpServer() {
  state_->stop.raise();
  state_->server.stop();
}

std::uint16_t HttpServer::port() const { return state_->port; }

}  // namespace segment::sandbox
