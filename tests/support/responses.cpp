#include "responses.hpp"

#include <array>
#include <cstdio>
#include <utility>

namespace segment::test {

std::string head_of(int status, const http::Headers& headers) {
  std::string head = "HTTP/1.1 " + std::to_string(status) + " Scripted\r\n";
  for (const http::HeaderView field : headers) {
    head.append(field.name).append(": ").append(field.value).append("\r\n");
  }
  return head;
}

Step respond(int status, std::string body, http::Headers headers) {
  if (status != 204) headers.set("Content-Length", std::to_string(body.size()));
  return [bytes = head_of(status, headers) + "\r\n" + body](Connection& connection) {
    if (!connection.read_request() || !connection.write(bytes)) connection.close();
  };
}

Step answer_in_chunks(std::vector<std::string> chunks) {
  return [chunks = std::move(chunks)](Connection& connection) {
    connection.read_request();
    connection.write(head_of(200, {{"Transfer-Encoding", "chunked"}}) + "\r\n");
    for (const std::string& chunk : chunks) {
      std::array<char, 16> size{};
      std::snprintf(size.data(), size.size(), "%zx\r\n", chunk.size());
      connection.write(std::string(size.data()) + chunk + "\r\n");
    }
    connection.write("0\r\n\r\n");
  };
}

Step depending_on_request(std::function<Step(const Received&)> rule) {
  return [rule = std::move(rule)](Connection& connection) {
    const Received* request = connection.read_request();
    if (request == nullptr) return connection.close();
    rule (*request)(connection);
  };
}

Step after(Gate& gate, Step step) {
  return [&gate, step = std::move(step)](Connection& connection) {
    connection.read_request();
    gate.wait(connection.stop());
    step(connection);
  };
}

}  // namespace segment::test
