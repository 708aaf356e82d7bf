#include "misbehaviour.hpp"

#include <utility>

#include "responses.hpp"

namespace segment::test {

Step raw_answer(std::string bytes) {
  return [bytes = std::move(bytes)](Connection& connection) {
    connection.read_request();
    connection.write(bytes);
    connection.close();
  };
}

Step answer_then_close(int status, std::string body) {
  return [step = respond(status, std::move(body))](Connection& connection) {
    step(connection);
    connection.close();
  };
}

Step answer_before_the_body(int status) {
  return [status](Connection& connection) {
    connection.read_head();
    connection.write(head_of(status, {{"Content-Length", "0"}, {"Connection", "close"}}) + "\r\n");
    connection.wait_until_client_leaves();
    connection.close();
  };
}

Step close_without_answer() { return raw_answer(""); }

Step reset_without_answer() {
  return [](Connection& connection) {
    connection.read_request();
    connection.reset();
  };
}

Step reset_before_reading() {
  return [](Connection& connection) { connection.reset(); };
}

Step reset_within_the_body() {
  return [](Connection& connection) {
    connection.read_head();
    connection.reset();
  };
}

Step half_header() { return raw_answer("HTTP/1.1 200 OK\r\nContent-Le"); }

Step cut_body(std::string body, std::size_t promised) {
  return raw_answer(head_of(200, {{"Content-Length", std::to_string(promised)}}) + "\r\n" + body);
}

Step slow_drip(std::string body, std::chrono::milliseconds between) {
  return [body = std::move(body), between](Connection& connection) {
    connection.read_request();
    connection.write(head_of(200, {{"Content-Length", std::to_string(body.size())}}) + "\r\n");
    for (const char& byte : body) {
      if (!connection.pause(between) || !connection.write({&byte, 1})) return connection.close();
    }
  };
}

Step silence() {
  return [](Connection& connection) {
    connection.read_request();
    connection.wait_until_client_leaves();
    connection.close();
  };
}

Step endless_body() {
  return [](Connection& connection) {
    connection.read_request();
    const std::string piece(8192, 'x');
    bool going = connection.write(head_of(200, {}) + "\r\n");
    while (going) going = connection.write(piece);
    connection.close();
  };
}

Step endless_headers() {
  return [](Connection& connection) {
    connection.read_request();
    const std::string line = "X-Padding: " + std::string(1024, 'x') + "\r\n";
    bool going = connection.write(head_of(200, {}));
    while (going) going = connection.write(line);
    connection.close();
  };
}

}  // namespace segment::test
