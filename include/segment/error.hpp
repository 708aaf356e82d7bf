#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "segment/http/response.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI {

/// What went wrong, in one word: for a `switch`, and for metric labels.
enum class ErrorKind : std::uint8_t {
  other,              ///< none of these
  configuration,      ///< ConfigurationError
  invalid_argument,   ///< InvalidArgumentError
  cancelled,          ///< CancelledError
  local_limit,        ///< LocalLimitError
  transport,          ///< TransportError
  timeout,            ///< TimeoutError
  tls,                ///< TlsError
  decode,             ///< DecodeError
  api,                ///< ApiError with a status that has no type of its own
  bad_request,        ///< BadRequestError, 400
  authentication,     ///< AuthenticationError, 401
  permission_denied,  ///< PermissionDeniedError, 403
  not_found,          ///< NotFoundError, 404
  conflict,           ///< ConflictError, 409
  payload_too_large,  ///< PayloadTooLargeError, 413
  validation,         ///< ValidationError, 422
  rate_limit,         ///< RateLimitError, 429
  server,             ///< ServerError, 5xx
  job_failed,         ///< JobFailedError
};

/// `not_found`, `timeout` and so on.
[[nodiscard]] SEGMENT_EXPORT std::string_view to_string(ErrorKind kind) noexcept;
template <class Stream>
Stream& operator<<(Stream& stream, ErrorKind kind) {
  stream << to_string(kind);
  return stream;
}

/// One entry of the `errors` that a response lists.
struct ApiErrorItem {
  /// The API's word for it, for example `validation-failed`.
  std::string type{};
  std::string message{};
  /// A dotted path into the input, for example `warehouse.metadataId`. Empty: not about one member.
  std::string field{};
  /// Anything else that came with it; null if nothing did.
  Json data{};
  std::optional<std::int64_t> status{};

  bool operator==(const ApiErrorItem&) const = default;
};

/// The facts that an Error carries. Fill it to make an error by hand, for example in a test.
struct ErrorFacts {
  /// The API's name of the operation, for example `getSource`. Empty: not about one call.
  std::string operation{};
  /// `CallOptions::tag` of the call.
  std::string tag{};
  /// Attempts that were made. 0: nothing was sent.
  int attempts = 0;
  /// Whether the same call may be made again and could then succeed.
  bool retryable = false;
  /// How long to wait before that; absent: unknown.
  std::optional<std::chrono::milliseconds> retry_after{};
  /// Whether the operation may have been carried out although the call failed.
  bool outcome_unknown = false;
  /// HTTP status of the response; 0: there was none.
  int status = 0;
  std::string request_id{};
  std::vector<ApiErrorItem> items{};
  /// The response's body, cut off at 16 KiB. The token is removed if the server echoed it as is,
  /// with JSON escapes or percent-encoded; other forms and partial copies are not recognised.
  std::string body{};
  /// For a DecodeError: where in the response, as a JSON pointer.
  std::string pointer{};
  /// For a TlsError: why the server could not be trusted.
  TlsReason tls_reason = TlsReason::other;
};

/// The base class of the library's errors. Its text is enough to act on, and never contains the
/// token.
///
/// Copying: cheap, does not throw; copies share their content. Cost: one allocation. Thread safety:
/// constant after construction.
class SEGMENT_EXPORT Error : public std::runtime_error {
 public:
  explicit Error(const std::string& message, ErrorFacts facts = {});

  /// Which of the error classes it is.
  [[nodiscard]] virtual ErrorKind kind() const noexcept;
  /// The API's name of the operation, for example `getSource`. Empty: not about one call.
  [[nodiscard]] const std::string& operation() const noexcept { return facts_->operation; }
  /// `CallOptions::tag` of the call.
  [[nodiscard]] const std::string& tag() const noexcept { return facts_->tag; }
  /// Whether the same call may be made again and could then succeed. False if another call could
  /// carry out the operation twice.
  [[nodiscard]] bool retryable() const noexcept { return facts_->retryable; }
  /// How long to wait before that, if known.
  [[nodiscard]] std::optional<std::chrono::milliseconds> retry_after() const noexcept {
    return facts_->retry_after;
  }
  /// Whether the operation may have been carried out although the call failed: check before you
  /// call again.
  [[nodiscard]] bool outcome_unknown() const noexcept { return facts_->outcome_unknown; }
  /// Attempts that were made. 0: nothing was sent.
  [[nodiscard]] int attempts() const noexcept { return facts_->attempts; }
  /// HTTP status of the response; 0: there was none.
  [[nodiscard]] int status() const noexcept { return facts_->status; }
  /// The response's id for Segment's support; empty if it had none.
  [[nodiscard]] const std::string& request_id() const noexcept { return facts_->request_id; }
  /// The errors that the response lists; empty if it lists none (for example a gateway's page).
  [[nodiscard]] const std::vector<ApiErrorItem>& items() const noexcept { return facts_->items; }
  /// The response's body, cut off at 16 KiB, without the token: see `ErrorFacts::body`.
  [[nodiscard]] const std::string& body() const noexcept { return facts_->body; }

  /// All of the above in one struct.
  [[nodiscard]] const ErrorFacts& facts() const noexcept { return *facts_; }

 private:
  std::shared_ptr<const ErrorFacts> facts_;
};

/// The client cannot work as it is set up: no token, a token that would break its header, plain
/// HTTP to a host that is not this machine. This attempt was not sent; if `outcome_unknown`, an
/// earlier one may have taken effect.
class SEGMENT_EXPORT ConfigurationError : public Error {
 public:
  using Error::Error;

  [[nodiscard]] ErrorKind kind() const noexcept override;
};

/// An argument cannot be sent: an empty id, an id of `.` or `..`, text that is not UTF-8. Nothing
/// was sent.
class SEGMENT_EXPORT InvalidArgumentError : public Error {
 public:
  using Error::Error;

  [[nodiscard]] ErrorKind kind() const noexcept override;
};

/// A stop token, or the shutdown of the client, ended the call.
class SEGMENT_EXPORT CancelledError : public Error {
 public:
  using Error::Error;

  [[nodiscard]] ErrorKind kind() const noexcept override;
};

/// The client's own rate limiter held the call back, and the wait would have exceeded the call's
/// time limit; or a monthly quota is known to be used up. Nothing was sent; `retry_after` says when
/// to call again. If the server itself refuses a call, that is a RateLimitError.
class SEGMENT_EXPORT LocalLimitError : public Error {
 public:
  using Error::Error;

  [[nodiscard]] ErrorKind kind() const noexcept override;
};

/// There was no response: no connection, or it broke.
class SEGMENT_EXPORT TransportError : public Error {
 public:
  using Error::Error;

  [[nodiscard]] ErrorKind kind() const noexcept override;
};

/// There was no response in time.
class SEGMENT_EXPORT TimeoutError : public TransportError {
 public:
  using TransportError::TransportError;

  [[nodiscard]] ErrorKind kind() const noexcept override;
};

/// The server could not be trusted: its certificate is expired, names another host or comes from an
/// unknown authority, or the handshake failed.
class SEGMENT_EXPORT TlsError : public TransportError {
 public:
  using TransportError::TransportError;

  [[nodiscard]] ErrorKind kind() const noexcept override;
  /// Which of these reasons it was.
  [[nodiscard]] TlsReason reason() const noexcept { return facts().tls_reason; }
};

/// The response cannot be read: not JSON, no `data`, a member of the wrong kind, too large.
class SEGMENT_EXPORT DecodeError : public Error {
 public:
  using Error::Error;

  [[nodiscard]] ErrorKind kind() const noexcept override;
  /// Where in the response, as a JSON pointer, for example `/data/source/enabled`. Empty: all of
  /// it.
  [[nodiscard]] const std::string& pointer() const noexcept { return facts().pointer; }
};

/// The response reports an error: by its status, or by a status in its body.
class SEGMENT_EXPORT ApiError : public Error {
 public:
  using Error::Error;

  [[nodiscard]] ErrorKind kind() const noexcept override;
};

/// 400: the API cannot make sense of the request.
class SEGMENT_EXPORT BadRequestError : public ApiError {
 public:
  using ApiError::ApiError;

  [[nodiscard]] ErrorKind kind() const noexcept override;
};

/// 401: no token, an invalid one, or one for another region; the API also uses it for a token that
/// lacks the permission.
class SEGMENT_EXPORT AuthenticationError : public ApiError {
 public:
  using ApiError::ApiError;

  [[nodiscard]] ErrorKind kind() const noexcept override;
};

/// 403: the token is valid but not allowed to do this, or the workspace lacks the feature.
class SEGMENT_EXPORT PermissionDeniedError : public ApiError {
 public:
  using ApiError::ApiError;

  [[nodiscard]] ErrorKind kind() const noexcept override;
};

/// 404: it does not exist, or the token may not see it. Some operations return null instead; the
/// status is then 200. After a DELETE that took several attempts, `outcome_unknown` says that an
/// earlier one may have deleted it.
class SEGMENT_EXPORT NotFoundError : public ApiError {
 public:
  using ApiError::ApiError;

  [[nodiscard]] ErrorKind kind() const noexcept override;
};

/// 409: it conflicts with what exists.
class SEGMENT_EXPORT ConflictError : public ApiError {
 public:
  using ApiError::ApiError;

  [[nodiscard]] ErrorKind kind() const noexcept override;
};

/// 413: the body is too large.
class SEGMENT_EXPORT PayloadTooLargeError : public ApiError {
 public:
  using ApiError::ApiError;

  [[nodiscard]] ErrorKind kind() const noexcept override;
};

/// 422: the input is not valid; `items` has one entry per member.
class SEGMENT_EXPORT ValidationError : public ApiError {
 public:
  using ApiError::ApiError;

  [[nodiscard]] ErrorKind kind() const noexcept override;
};

/// 429: too many requests; `retry_after` says when to call again, if the server said so. Nothing
/// was done.
class SEGMENT_EXPORT RateLimitError : public ApiError {
 public:
  using ApiError::ApiError;

  [[nodiscard]] ErrorKind kind() const noexcept override;
};

/// 5xx: the server, or a gateway in front of it, failed.
class SEGMENT_EXPORT ServerError : public ApiError {
 public:
  using ApiError::ApiError;

  [[nodiscard]] ErrorKind kind() const noexcept override;
};

}  // namespace segment::inline SEGMENT_ABI
