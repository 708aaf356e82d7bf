#include "call/request_id.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "call/message_text.hpp"
#include "policies/without_token.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// Which header carries the id is not documented: these are the usual ones, asked in this order.
constexpr std::array<std::string_view, 4> header_names = {"X-Request-Id", "Request-Id",
                                                          "X-Amzn-RequestId", "X-Amz-Cf-Id"};

constexpr std::size_t longest_id = 300;

}  // namespace

std::string request_id(const http::Response& response, const http::Request& request) {
  for (std::string_view name : header_names) {
    if (const auto* value = response.headers.find(name)) {
      return cut(one_line(without_token(*value, request)), longest_id);
    }
  }
  return {};
}

bool is_request_id(std::string_view header_name) noexcept {
  return std::ranges::any_of(
      header_names, [&](std::string_view name) { return http::same_name(name, header_name); });
}

}  // namespace segment::inline SEGMENT_ABI::detail
