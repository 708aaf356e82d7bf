#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "connection.hpp"

// Steps of a server that behaves badly.
namespace segment::test {

/// Reads the request, answers with exactly these bytes, and closes.
[[nodiscard]] Step raw_answer(std::string bytes);
/// Answers as it should, then closes the connection without having said so.
[[nodiscard]] Step answer_then_close(int status = 200, std::string body = "");
/// Answers when it has seen the headers, then swallows the body.
[[nodiscard]] Step answer_before_the_body(int status);
/// Reads the request and closes.
[[nodiscard]] Step close_without_answer();
/// Reads the request and resets the connection.
[[nodiscard]] Step reset_without_answer();
/// Resets the connection when the first byte of a request has come, before reading any.
[[nodiscard]] Step reset_before_reading();
/// Reads no more than the headers, then resets the connection.
[[nodiscard]] Step reset_within_the_body();
/// Sends the beginning of the answer's headers, then closes.
[[nodiscard]] Step half_header();
/// Promises more bytes than it sends, then closes.
[[nodiscard]] Step cut_body(std::string body, std::size_t promised);
/// Sends the head, then one byte of the body at a time.
[[nodiscard]] Step slow_drip(std::string body, std::chrono::milliseconds between);
/// Reads the request and never answers.
[[nodiscard]] Step silence();
/// Answers with a body, or headers, that do not end.
[[nodiscard]] Step endless_body();
[[nodiscard]] Step endless_headers();

}  // namespace segment::test
