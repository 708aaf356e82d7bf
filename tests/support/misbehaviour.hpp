#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "connection.hpp"

// Steps of a server that behaves badly.
namespace segment::test {

/// Reads the request, responds with exactly these bytes, and closes.
[[nodiscard]] Step raw_answer(std::string bytes);
/// Responds as it should, then closes the connection without having announced that.
[[nodiscard]] Step answer_then_close(int status = 200, std::string body = "");
/// Responds as soon as it has seen the headers, then discards the body.
[[nodiscard]] Step answer_before_the_body(int status);
/// Reads the request and closes.
[[nodiscard]] Step close_without_answer();
/// Reads the request and resets the connection.
[[nodiscard]] Step reset_without_answer();
/// Resets the connection when the first byte of a request has arrived, before reading any.
[[nodiscard]] Step reset_before_reading();
/// Reads only the headers, then resets the connection.
[[nodiscard]] Step reset_within_the_body();
/// Sends the start of the response's headers, then closes.
[[nodiscard]] Step half_header();
/// Announces more bytes than it sends, then closes.
[[nodiscard]] Step cut_body(std::string body, std::size_t promised);
/// Sends the head, then one byte of the body at a time.
[[nodiscard]] Step slow_drip(std::string body, std::chrono::milliseconds between);
/// Reads the request and never responds.
[[nodiscard]] Step silence();
/// Responds with a body, or headers, that never end.
[[nodiscard]] Step endless_body();
[[nodiscard]] Step endless_headers();

}  // namespace segment::test
