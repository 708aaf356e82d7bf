#pragma once

#include <string>
#include <string_view>

#include "segment/error.hpp"
#include "segment/http/request.hpp"
#include "segment/http/response.hpp"
#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What is known about a call when it fails, beside the outcome of its last attempt.
struct CallFacts {
  const Operation& operation;
  /// The newest request: its token is taken out of every text of the server's.
  const http::Request& request;
  /// `CallOptions::tag`.
  std::string_view tag{};
  int attempts = 0;
  bool retryable = false;
  std::optional<std::chrono::milliseconds> retry_after{};
  /// Whether any attempt may have been carried out.
  bool outcome_unknown = false;
  /// Why no further attempt was made, for the message: `after 4 attempts`.
  std::string stopped{};
};

/// An error that names its operation and repeats the call's tag, and has no other facts of a call.
template <class E>
[[nodiscard]] E error_about(const Operation& operation, std::string_view tag,
                            const std::string& reason, bool retryable = false) {
  ErrorFacts facts;
  facts.operation = operation.id;
  facts.tag = tag;
  facts.retryable = retryable;
  const std::string text = facts.operation + ": " + reason;
  return E(text, std::move(facts));
}

/// Throws the InvalidArgumentError for an input that cannot be sent. Nothing was sent. The tag is
/// added where the call is prepared.
[[noreturn]] void raise_invalid_argument(const Operation& operation, const std::string& reason);

/// Throws the exception for a response that reports an error. This is where a status becomes a
/// type.
///
/// \param items the response's errors.
[[noreturn]] void raise_api_error(const CallFacts& call, const http::Response& response,
                                  std::vector<ApiErrorItem> items);

/// Throws the NotFoundError for a response of success that has null in the place of what was asked
/// for.
///
/// \param name of the member that is null.
[[noreturn]] void raise_nothing_found(const CallFacts& call, const http::Response& response,
                                      std::string_view name);

/// Throws the exception for an exchange that brought no response.
[[noreturn]] void raise_failure(const CallFacts& call, const http::Failure& failure);

/// Throws the exception for a call whose rate limit would make it wait for longer than it may last.
///
/// \param limit what is used up, as the subject of a sentence: `the operation's rate limit`.
[[noreturn]] void raise_held_back(const CallFacts& call, std::string_view limit);

/// Throws the exception for a response that cannot be read.
///
/// \param pointer where in the response; empty: all of it.
/// \param reason a predicate, for example `is not JSON`.
[[noreturn]] void raise_decode_error(const CallFacts& call, const http::Response& response,
                                     const std::string& pointer, const std::string& reason);

}  // namespace segment::inline SEGMENT_ABI::detail
