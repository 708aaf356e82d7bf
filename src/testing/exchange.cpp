#include "testing/exchange.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <variant>

#include "http/syntax.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

Target target_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != url.npos) url.remove_prefix(scheme + 3);
  url.remove_prefix(std::min(url.find_first_of("/?#"), url.size()));
  url = url.substr(0, url.find('#'));
  const std::size_t question = url.find('?');
  Target target{.path = std::string(url.substr(0, question))};
  if (question != url.npos) target.query = url.substr(question + 1);
  if (target.path.empty()) target.path = "/";
  return target;
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = segment::detail::escaped_byte(text.substr(at));
    decoded += byte.value_or(text[at]);
    if (byte) at += 2;
  }
  return segment::is_utf8(decoded) ? decoded : std::string(text);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

http::Failure failure(http::FailureKind kind, bool may_have_been_sent, std::string message) {
  return {.kind = kind, .may_have_been_sent = may_have_been_sent, .message = std::move(message)};
}

http::Failure cancelled() {
  return failure(http::FailureKind::cancelled, false, "The request was cancelled.");
}

http::Outcome within_limits(http::Outcome outcome, const http::Request& request) {
  const std::size_t most = request.limits.max_response_bytes;
  const auto* response = std::get_if<http::Response>(&outcome);
  if (response == nullptr || most == 0 || response->body.size() <= most) return outcome;
  return failure(http::FailureKind::too_large, true,
                 "The response's body is larger than max_response_bytes allows.");
}

}  // namespace segment::inline SEGMENT_ABI::testing::detail
