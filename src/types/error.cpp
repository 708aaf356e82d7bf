#include "segment/error.hpp"

#include <array>
#include <cstddef>
#include <exception>
#include <string>
#include <utility>

#include "segment/result.hpp"

namespace segment::inline SEGMENT_ABI {

std::string_view to_string(ErrorKind kind) noexcept {
  constexpr std::array<std::string_view, 20> names = {"other",
                                                      "configuration",
                                                      "invalid_argument",
                                                      "cancelled",
                                                      "local_limit",
                                                      "transport",
                                                      "timeout",
                                                      "tls",
                                                      "decode",
                                                      "api",
                                                      "bad_request",
                                                      "authentication",
                                                      "permission_denied",
                                                      "not_found",
                                                      "conflict",
                                                      "payload_too_large",
                                                      "validation",
                                                      "rate_limit",
                                                      "server",
                                                      "job_failed"};
  return names[static_cast<std::size_t>(kind)];
}

std::string detail::message_of(const std::exception_ptr& error) {
  if (!error) return {};
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& exception) {
    return exception.what();
  } catch (...) {
    return "an exception that is not a std::exception";
  }
}

Error::Error(const std::string& message, ErrorFacts facts)
    : std::runtime_error(message), facts_(std::make_shared<const ErrorFacts>(std::move(facts))) {}

// These key functions put the type information and virtual tables into the library alone, so that
// errors can be caught by type across shared libraries.
ErrorKind Error::kind() const noexcept { return ErrorKind::other; }
ErrorKind ConfigurationError::kind() const noexcept { return ErrorKind::configuration; }
ErrorKind InvalidArgumentError::kind() const noexcept { return ErrorKind::invalid_argument; }
ErrorKind CancelledError::kind() const noexcept { return ErrorKind::cancelled; }
ErrorKind LocalLimitError::kind() const noexcept { return ErrorKind::local_limit; }
ErrorKind TransportError::kind() const noexcept { return ErrorKind::transport; }
ErrorKind TimeoutError::kind() const noexcept { return ErrorKind::timeout; }
ErrorKind TlsError::kind() const noexcept { return ErrorKind::tls; }
ErrorKind DecodeError::kind() const noexcept { return ErrorKind::decode; }
ErrorKind ApiError::kind() const noexcept { return ErrorKind::api; }
ErrorKind BadRequestError::kind() const noexcept { return ErrorKind::bad_request; }
ErrorKind AuthenticationError::kind() const noexcept { return ErrorKind::authentication; }
ErrorKind PermissionDeniedError::kind() const noexcept { return ErrorKind::permission_denied; }
ErrorKind NotFoundError::kind() const noexcept { return ErrorKind::not_found; }
ErrorKind ConflictError::kind() const noexcept { return ErrorKind::conflict; }
ErrorKind PayloadTooLargeError::kind() const noexcept { return ErrorKind::payload_too_large; }
ErrorKind ValidationError::kind() const noexcept { return ErrorKind::validation; }
ErrorKind RateLimitError::kind() const noexcept { return ErrorKind::rate_limit; }
ErrorKind ServerError::kind() const noexcept { return ErrorKind::server; }

}  // namespace segment::inline SEGMENT_ABI
