#pragma once

#include <string>
#include <string_view>

#include "segment/error.hpp"
#include "segment/http/request.hpp"
#include "segment/http/response.hpp"
#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What is known about a failed call besides the outcome of its last attempt.
struct CallFacts {
  const Operation& operation;
  /// The newest request; its token is removed from all of the server's texts.
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

/// An error that names its operation and carries the call's tag, but no other facts of a call.
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

/// Throws InvalidArgumentError for an input that cannot be sent; nothing was sent. The tag is added
/// where the call is prepared.
[[noreturn]] void raise_invalid_argument(const Operation& operation, const std::string& reason);

/// Throws the exception for an error response. This maps statuses to exception types.
///
/// \param items the response's errors.
[[noreturn]] void raise_api_error(const CallFacts& call, const http::Response& response,
                                  std::vector<ApiErrorItem> items);

/// Throws NotFoundError for a successful response with null instead of what was asked for.
///
/// \param name the name of the null member.
[[noreturn]] void raise_nothing_found(const CallFacts& call, const http::Response& response,
                                      std::string_view name);

/// Throws the exception for an exchange without a response.
[[noreturn]] void raise_failure(const CallFacts& call, const http::Failure& failure);

/// Throws the exception for a call that its rate limit would make wait longer than it may last.
///
/// \param limit what is used up, as the subject of a sentence: `the operation's rate limit`.
[[noreturn]] void raise_held_back(const CallFacts& call, std::string_view limit);

/// Throws the exception for a response that cannot be read.
///
/// \param pointer the place in the response; empty: all of it.
/// \param reason a predicate, for example `is not JSON`.
[[noreturn]] void raise_decode_error(const CallFacts& call, const http::Response& response,
                                     const std::string& pointer, const std::string& reason);

}  // namespace segment::inline SEGMENT_ABI::detail
