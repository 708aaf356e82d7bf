#pragma once

#include <curl/curl.h>

#include <optional>
#include <string_view>

#include "segment/http/request.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// What is known about a transfer that libcurl gave up.
struct FailedTransfer {
  CURLcode code = CURLE_OK;
  /// What libcurl wrote about it; may be empty.
  std::string_view text{};
  /// Whether the connection was established, so that sending could begin.
  bool connected = false;
  /// Whether any byte of the request was handed to the system.
  bool may_have_been_sent = true;
  /// OpenSSL's result: 0, or why the certificate was not accepted.
  long certificate_result = 0;
  /// Whether libcurl's TLS is OpenSSL or a derivative, whose codes say what was wrong. Others say
  /// it only in texts.
  bool has_openssl = true;
  /// The request's URL, which must not appear in a message.
  std::string_view url{};
};

/// Whether this libcurl's TLS is OpenSSL or a derivative.
[[nodiscard]] bool has_openssl() noexcept;

/// Converts it to the library's terms.
[[nodiscard]] Failure to_failure(const FailedTransfer& transfer);

/// Why a request must not be sent; std::nullopt if it may be.
[[nodiscard]] std::optional<Failure> unfit(const Request& request);

}  // namespace segment::inline SEGMENT_ABI::http::detail
