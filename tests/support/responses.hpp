#pragma once

#include <functional>
#include <string>
#include <vector>

#include "connection.hpp"
#include "gate.hpp"

// Steps of a server that behaves well.
namespace segment::test {

/// The start of a response: its status line and these headers, without the empty line after them.
[[nodiscard]] std::string head_of(int status, const http::Headers& headers = {});

/// Reads the request and responds with a Content-Length, on a connection that stays open.
[[nodiscard]] Step respond(int status = 200, std::string body = "", http::Headers headers = {});
/// Reads the request and responds in chunks.
[[nodiscard]] Step answer_in_chunks(std::vector<std::string> chunks);
/// Reads the request and does the step that the rule returns for it.
[[nodiscard]] Step depending_on_request(std::function<Step(const Received&)> rule);
/// Does the step when the gate opens. The request is read before that, so that the test can see it.
[[nodiscard]] Step after(Gate& gate, Step step);

}  // namespace segment::test
