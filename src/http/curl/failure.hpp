#pragma once

#include <curl/curl.h>

#include <optional>
#include <string_view>

#include "segment/http/request.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// What is known of a transfer that libcurl gave up.
struct FailedTransfer {
  CURLcode code = CURLE_OK;
  /// What libcurl wrote about it; may be empty.
  std::string_view text{};
  /// Whether the connection stood, so that sending could begin.
  bool connected = false;
  /// Whether any byte of the request was handed to the system.
  bool may_have_been_sent = true;
  /// As OpenSSL gives it: 0, or why the certificate was not accepted.
  long certificate_result = 0;
  /// Whether libcurl's TLS is OpenSSL, or one of its kin: then codes say what was wrong. Others say
  /// it in texts only.
  bool has_openssl = true;
  /// The request's address, which must not show in a message.
  std::string_view url{};
};

/// Whether this libcurl's TLS is OpenSSL, or one of its kin.
[[nodiscard]] bool has_openssl() noexcept;

/// Puts it in the library's terms.
[[nodiscard]] Failure to_failure(const FailedTransfer& transfer);

/// Why a request is not sent at all; nothing where it may be.
[[nodiscard]] std::optional<Failure> unfit(const Request& request);

}  // namespace segment::inline SEGMENT_ABI::http::detail
