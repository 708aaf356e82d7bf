#include "errors/message_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "http/policies.hpp"
#include "segment/client_options.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// It is not documented which header carries the id; these are the usual ones, in order of
// preference.
constexpr std::array<std::string_view, 4> header_names = {"X-Request-Id", "Request-Id",
                                                          "X-Amzn-RequestId", "X-Amz-Cf-Id"};

constexpr std::size_t longest_id = 300;

std::string_view advice(TlsReason reason) {
  switch (reason) {
    case TlsReason::expired:
      return "; the server must renew it, unless this machine's clock is wrong";
    case TlsReason::wrong_host:
      return "; check the base URL, as another server may have responded";
    case TlsReason::unknown_authority:
      return "; if the authority is your own, name its file in CurlOptions::ca_file";
    case TlsReason::other:
      break;
  }
  return "; check that the base URL's port speaks TLS, and the files named in CurlOptions";
}

// The host of an absolute URL, or of one without a scheme: `//host/path`.
std::string_view host_in(std::string_view address) {
  const std::size_t slashes = address.find("//");
  if (slashes == std::string_view::npos) return {};
  address.remove_prefix(slashes + 2);
  return address.substr(0, address.find_first_of(":/?#"));
}

std::string_view advice_on_redirect(const http::Response& response) {
  const std::string_view host = host_in(response.headers.find("Location").value_or(""));
  if (http::same_name(host, host_in(base_url(Region::eu)))) {
    return "; the workspace is in the other region, give the client Region::eu";
  }
  if (http::same_name(host, host_in(base_url(Region::us)))) {
    return "; the workspace is in the other region, give the client Region::us";
  }
  return "; redirects are not followed, check the base URL";
}

}  // namespace

std::string cut(std::string text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  text.resize(most);
  return text += "...";
}

// Request ids -------------------------------------------------------------------------------------

std::string request_id(const http::Response& response, const http::Request& request) {
  for (std::string_view name : header_names) {
    if (const auto value = response.headers.find(name)) {
      return cut(one_line(without_token(*value, request)), longest_id);
    }
  }
  return {};
}

bool is_request_id(std::string_view header_name) noexcept {
  return std::ranges::any_of(
      header_names, [&](std::string_view known) { return http::same_name(known, header_name); });
}

// Advice ------------------------------------------------------------------------------------------

std::string_view advice(const http::Response& response) {
  switch (response.status) {
    case 304:
      return "; this library keeps no copies of responses, send no If-None-Match and no "
             "If-Modified-Since";
    case 401:
      return "; check that the token is valid, may do this, and belongs to the client's region";
    case 403:
      return "; the token may not do this, the workspace lacks the feature, or there is no such "
             "thing";
    case 413:
      return "; send less in one call";
    case 414:
      return "; send a shorter list in one call";
    default:
      break;
  }
  return response.status >= 300 && response.status < 400 ? advice_on_redirect(response) : "";
}

std::string_view advice(const http::Failure& failure, bool outcome_unknown) {
  switch (failure.kind) {
    case http::FailureKind::resolve:
      return "; check the base URL, the proxy and this machine's name service";
    case http::FailureKind::connect:
      return "; check the network, the proxy and the base URL";
    case http::FailureKind::tls:
      return advice(failure.tls_reason);
    case http::FailureKind::timeout:
      return outcome_unknown ? "; allow more time" : "; allow more time, or try again later";
    case http::FailureKind::broken:
      return outcome_unknown ? "" : "; try again later";
    default:
      return "";
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail
