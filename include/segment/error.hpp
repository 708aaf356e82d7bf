#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "segment/types/json.hpp"
#include "segment/types/tls_reason.hpp"

namespace segment::inline SEGMENT_ABI {

/// One error out of an answer's `errors`.
struct ApiErrorItem {
  /// The API's word for it, for example `validation-failed`.
  std::string type{};
  std::string message{};
  /// A dotted path into the input, for example `warehouse.metadataId`. Empty: not about one member.
  std::string field{};
  /// Whatever else came with it; null where nothing did.
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
  /// Times that the request was sent. 0: nothing was sent.
  int attempts = 0;
  /// Whether the same call may be made again and could then succeed.
  bool retryable = false;
  /// How long to wait before that; absent: nobody said.
  std::optional<std::chrono::milliseconds> retry_after{};
  /// Whether the thing asked for was perhaps done all the same.
  bool outcome_unknown = false;
  /// HTTP status of the answer; 0: no answer.
  int status = 0;
  std::string request_id{};
  std::vector<ApiErrorItem> items{};
  /// The answer's body, cut off at 16 KiB. The token is taken out where the server echoed it as it
  /// is, with JSON's escapes or percent-encoded; in another form, or in part, it is not recognised.
  std::string body{};
  /// Where in the answer reading it failed, as a JSON pointer.
  std::string pointer{};
  /// Of a TlsError: why the server could not be trusted.
  TlsReason tls_reason = TlsReason::other;
};

/// Everything that this library throws on purpose. Its text is enough to act on, and never holds
/// the token.
///
/// Copying: cheap and without exceptions; copies share what they carry. Cost: one allocation.
/// Thread safety: constant after construction.
class SEGMENT_EXPORT Error : public std::runtime_error {
 public:
  explicit Error(const std::string& message, ErrorFacts facts = {});
  ~Error() override;

  /// The API's name of the operation, for example `getSource`. Empty: not about one call.
  [[nodiscard]] const std::string& operation() const noexcept { return facts_->operation; }
  /// `CallOptions::tag` of the call.
  [[nodiscard]] const std::string& tag() const noexcept { return facts_->tag; }
  /// Whether the same call may be made again and could then succeed. False where making it again
  /// could do the thing twice.
  [[nodiscard]] bool retryable() const noexcept { return facts_->retryable; }
  /// How long to wait before that, where the server said so.
  [[nodiscard]] std::optional<std::chrono::milliseconds> retry_after() const noexcept {
    return facts_->retry_after;
  }
  /// Whether the thing asked for was perhaps done all the same: look before you do it again.
  [[nodiscard]] bool outcome_unknown() const noexcept { return facts_->outcome_unknown; }
  /// Times that the request was sent. 0: nothing was sent.
  [[nodiscard]] int attempts() const noexcept { return facts_->attempts; }

  /// All of it in one struct.
  [[nodiscard]] const ErrorFacts& facts() const noexcept { return *facts_; }

 private:
  std::shared_ptr<const ErrorFacts> facts_;
};

/// The client cannot work as it was set up: no token, a token that would break its header, plain
/// HTTP to a host that is not this machine. Nothing was sent.
class SEGMENT_EXPORT ConfigurationError : public Error {
 public:
  using Error::Error;
  ~ConfigurationError() override;
};

/// An argument cannot be sent: an empty id, an id of `.` or `..`, text that is not UTF-8. Nothing
/// was sent.
class SEGMENT_EXPORT InvalidArgumentError : public Error {
 public:
  using Error::Error;
  ~InvalidArgumentError() override;
};

/// There was no answer: no connection, or it broke.
class SEGMENT_EXPORT TransportError : public Error {
 public:
  using Error::Error;
  ~TransportError() override;
};

/// There was no answer in time.
class SEGMENT_EXPORT TimeoutError : public TransportError {
 public:
  using TransportError::TransportError;
  ~TimeoutError() override;
};

/// The server could not be trusted: its certificate is expired, names another host or comes from an
/// unknown authority, or the handshake failed.
class SEGMENT_EXPORT TlsError : public TransportError {
 public:
  using TransportError::TransportError;
  ~TlsError() override;

  /// Which of these it was.
  [[nodiscard]] TlsReason reason() const noexcept { return facts().tls_reason; }
};

/// The caller's stop token ended the call.
class SEGMENT_EXPORT CancelledError : public TransportError {
 public:
  using TransportError::TransportError;
  ~CancelledError() override;
};

/// An answer came that cannot be read: not JSON, no `data`, a member of the wrong kind, too large.
class SEGMENT_EXPORT DecodeError : public Error {
 public:
  using Error::Error;
  ~DecodeError() override;

  /// Where in the answer, as a JSON pointer, for example `/data/source/enabled`. Empty: all of it.
  [[nodiscard]] const std::string& pointer() const noexcept { return facts().pointer; }
  /// HTTP status of the answer.
  [[nodiscard]] int status() const noexcept { return facts().status; }
  /// The answer's id for Segment's support; empty where it had none.
  [[nodiscard]] const std::string& request_id() const noexcept { return facts().request_id; }
  /// The answer's body, cut off at 16 KiB, with the token taken out: see `ErrorFacts::body`.
  [[nodiscard]] const std::string& body() const noexcept { return facts().body; }
};

/// The API said no.
class SEGMENT_EXPORT ApiError : public Error {
 public:
  using Error::Error;
  ~ApiError() override;

  /// HTTP status of the answer.
  [[nodiscard]] int status() const noexcept { return facts().status; }
  /// The answer's id for Segment's support; empty where it had none.
  [[nodiscard]] const std::string& request_id() const noexcept { return facts().request_id; }
  /// The API's own errors; empty where the answer was not the API's (a gateway's page, for one).
  [[nodiscard]] const std::vector<ApiErrorItem>& errors() const noexcept { return facts().items; }
  /// The answer's body, cut off at 16 KiB, with the token taken out: see `ErrorFacts::body`.
  [[nodiscard]] const std::string& body() const noexcept { return facts().body; }
};

/// 400: the request makes no sense to the API.
class SEGMENT_EXPORT BadRequestError : public ApiError {
 public:
  using ApiError::ApiError;
  ~BadRequestError() override;
};

/// 401: no token, a bad one, one of another region, or one without the permission.
class SEGMENT_EXPORT AuthenticationError : public ApiError {
 public:
  using ApiError::ApiError;
  ~AuthenticationError() override;
};

/// 403: the token may not do this, or the workspace lacks the feature.
class SEGMENT_EXPORT PermissionDeniedError : public ApiError {
 public:
  using ApiError::ApiError;
  ~PermissionDeniedError() override;
};

/// 404: no such thing, or not for this token to see. After a DELETE that was sent more than once,
/// `outcome_unknown` says that an earlier try may have done it.
class SEGMENT_EXPORT NotFoundError : public ApiError {
 public:
  using ApiError::ApiError;
  ~NotFoundError() override;
};

/// 409: it clashes with what is there.
class SEGMENT_EXPORT ConflictError : public ApiError {
 public:
  using ApiError::ApiError;
  ~ConflictError() override;
};

/// 413: the body is too large.
class SEGMENT_EXPORT PayloadTooLargeError : public ApiError {
 public:
  using ApiError::ApiError;
  ~PayloadTooLargeError() override;
};

/// 422: the input is not valid; `errors` has one entry a member.
class SEGMENT_EXPORT ValidationError : public ApiError {
 public:
  using ApiError::ApiError;
  ~ValidationError() override;
};

/// 429: too many requests; `retry_after` says when to come back, where the server did. Nothing was
/// done. With a status of 0 nothing was sent either: the client's rate limiter knew it, and the
/// wait would have passed the call's limit.
class SEGMENT_EXPORT RateLimitError : public ApiError {
 public:
  using ApiError::ApiError;
  ~RateLimitError() override;
};

/// 5xx: the server, or a gateway before it, failed.
class SEGMENT_EXPORT ServerError : public ApiError {
 public:
  using ApiError::ApiError;
  ~ServerError() override;
};

}  // namespace segment::inline SEGMENT_ABI
