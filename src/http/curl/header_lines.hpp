#pragma once

#include <curl/curl.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "segment/http/header.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// Whether every name is an HTTP token and no value holds a control character.
[[nodiscard]] bool can_be_sent(const Headers& headers) noexcept;

/// A request's header fields in the form that libcurl reads, wiped from memory when they go: one of
/// them is the token.
///
/// Copying: not copyable; libcurl points into it. Cost: two allocations. Thread safety: none
/// needed.
class HeaderLines {
 public:
  /// \param headers must pass `can_be_sent`.
  /// \param unless_given names that libcurl would add by itself and must not, where the request
  ///        has none of them.
  /// \param encodings what `Accept-Encoding` says where the request has none; empty: that is left
  ///        to libcurl.
  HeaderLines(const Headers& headers, std::initializer_list<std::string_view> unless_given,
              std::string_view encodings = {});
  ~HeaderLines();

  HeaderLines(const HeaderLines&) = delete;
  HeaderLines& operator=(const HeaderLines&) = delete;

  [[nodiscard]] curl_slist* list() noexcept { return nodes_.empty() ? nullptr : nodes_.data(); }

 private:
  void append(std::string_view name, std::string_view separator, std::string_view value);

  std::string text_;
  std::vector<curl_slist> nodes_;
};

}  // namespace segment::inline SEGMENT_ABI::http::detail
