#pragma once

#include <functional>
#include <string>
#include <vector>

#include "connection.hpp"
#include "gate.hpp"

// Steps of a server that behaves well.
namespace segment::test {

/// The beginning of an answer: its status line and these headers, without the empty line behind.
[[nodiscard]] std::string head_of(int status, const http::Headers& headers = {});

/// Reads the request and answers with a Content-Length, on a connection that stays.
[[nodiscard]] Step answer(int status = 200, std::string body = "", http::Headers headers = {});
/// Reads the request and answers in chunks.
[[nodiscard]] Step answer_in_chunks(std::vector<std::string> chunks);
/// Reads the request and does what the rule makes of it.
[[nodiscard]] Step depending_on_request(std::function<Step(const Received&)> rule);
/// Does the step when the gate opens. The request is read before, so that the test can see it.
[[nodiscard]] Step after(Gate& gate, Step step);

}  // namespace segment::test
