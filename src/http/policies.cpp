#include "http/policies.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "http/syntax.hpp"
#include "segment/error.hpp"
#include "segment/types/secret.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

[[noreturn]] void refuse(const http::Attempt& attempt, const std::string& reason) {
  ErrorFacts facts;
  facts.operation = attempt.operation.id;
  facts.attempts = attempt.number - 1;
  facts.tag = attempt.tag;
  throw ConfigurationError(std::string(attempt.operation.id) + ": " + reason, std::move(facts));
}

}  // namespace

// Headers -----------------------------------------------------------------------------------------

namespace {

// Headers that say how a message is framed and where it goes. With a wrong length or host, two
// servers on the way would read different requests.
constexpr std::array<std::string_view, 13> headers_of_the_connection = {"Connection",
                                                                        "Content-Length",
                                                                        "Cookie",
                                                                        "Expect",
                                                                        "Host",
                                                                        "HTTP2-Settings",
                                                                        "Keep-Alive",
                                                                        "Proxy-Authorization",
                                                                        "Proxy-Connection",
                                                                        "TE",
                                                                        "Trailer",
                                                                        "Transfer-Encoding",
                                                                        "Upgrade"};

}  // namespace

std::optional<std::string> why_refused(http::HeaderView header) {
  if (!is_header_name(header.name) || !is_header_value(header.value)) {
    return "an extra header has an invalid name or value";
  }
  if (http::same_name(header.name, "Authorization")) {
    return "Authorization is set by the library; give the client another token instead";
  }
  const auto* found = std::ranges::find_if(headers_of_the_connection, [&](std::string_view name) {
    return http::same_name(header.name, name);
  });
  if (found == headers_of_the_connection.end()) return std::nullopt;
  return "the header " + std::string(*found) +
         " belongs to the connection and is set by the library; leave it out";
}

std::optional<http::Outcome> HeaderGuardPolicy::before_send(http::Request& request,
                                                            http::Attempt& attempt) {
  for (const http::HeaderView header : request.headers) {
    if (const auto reason = why_refused(header)) {
      refuse(attempt, "refused a header that one of the client's policies set: " + *reason);
    }
  }
  return std::nullopt;
}

UserAgentPolicy::UserAgentPolicy(const std::string& application)
    : value_("segment-public-api-cpp/" SEGMENT_PUBLIC_API_VERSION) {
  if (application.empty()) return;
  if (!is_header_value(application)) {
    throw ConfigurationError(
        "ClientOptions::application contains a control character, which would break its header");
  }
  value_.insert(0, application + " ");
}

std::optional<http::Outcome> UserAgentPolicy::before_send(http::Request& request,
                                                          http::Attempt& /*attempt*/) {
  // A User-Agent that the caller set stays.
  if (!request.headers.find("User-Agent")) request.headers.add("User-Agent", value_);
  return std::nullopt;
}

// The token ---------------------------------------------------------------------------------------

namespace {

constexpr std::string_view header_name = "Authorization";
constexpr std::string_view scheme = "Bearer ";

constexpr std::string_view replacement = "[token]";

// Shorter tokens are left in place, as short secrets are in recordings: Segment issues none, only
// tests use them (`Token("t")`), and every word with that letter would be torn apart.
constexpr std::size_t shortest_token = 6;

// JSON within JSON doubles every backslash; nobody nests it deeper than this.
constexpr std::size_t most_backslashes = 8;

bool is_hex(std::string_view digits, char letter) {
  unsigned value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return error == std::errc{} && end == digits.data() + digits.size() &&
         value == static_cast<unsigned char>(letter);
}

// The number of bytes that the letter takes up at the beginning of the text, however it is written:
// `s`, `\/`, `\u0073`, `%73`, or in a JSON pointer `~1`. 0: it is not there.
std::size_t letter_length(std::string_view text, char letter) {
  if ((letter == '/' && text.starts_with("~1")) || (letter == '~' && text.starts_with("~0"))) {
    return 2;
  }
  if (text.starts_with('%') && text.size() >= 3 && is_hex(text.substr(1, 2), letter)) return 3;
  std::size_t backslashes = 0;
  while (backslashes < text.size() && text[backslashes] == '\\') {
    if (++backslashes > most_backslashes) return 0;
  }
  const std::string_view rest = text.substr(backslashes);
  if (backslashes > 0 && rest.starts_with('u') && rest.size() >= 5 &&
      is_hex(rest.substr(1, 4), letter)) {
    return backslashes + 5;
  }
  return rest.starts_with(letter) ? backslashes + 1 : 0;
}

// The number of bytes that the token takes up at the beginning of the text. 0: it is not there.
std::size_t token_length(std::string_view text, std::string_view token) {
  if (text.starts_with(token)) return token.size();
  std::size_t length = 0;
  for (const char letter : token) {
    const std::size_t step = letter_length(text.substr(length), letter);
    if (step == 0) return 0;
    length += step;
  }
  return length;
}

// The token that a request carries; empty if it has none yet.
std::string_view token_of(const http::Request& request) noexcept {
  const auto header = request.headers.find(header_name);
  if (!header || header->size() <= scheme.size()) return {};
  return header->substr(scheme.size());
}

}  // namespace

std::optional<http::Outcome> AuthenticationPolicy::before_send(http::Request& request,
                                                               http::Attempt& attempt) {
  if (!provider_) {
    set(request, token_);
    return std::nullopt;
  }
  const Token token = provider_();
  if (token.empty()) refuse(attempt, "the token provider returned an empty token");
  set(request, token);
  return std::nullopt;
}

void AuthenticationPolicy::set(http::Request& request, const Token& token) {
  std::string value;
  value.reserve(scheme.size() + token.reveal().size());  // growth would leave copies behind
  value += scheme;
  value += token.reveal();
  request.headers.set(header_name, Secret(std::move(value)).reveal());
}

// Taking the token out of texts -------------------------------------------------------------------

std::string without_token(std::string_view text, const http::Request& request, std::size_t most) {
  const std::string_view token = token_of(request);
  if (token.size() < shortest_token)
    return std::string(text.substr(0, most == std::string::npos ? most : most + 1));
  std::string cleaned;
  // Builds a new string, since removing tokens in place would move the rest each time, and a server
  // can send millions of them.
  for (std::size_t at = 0; at < text.size() && cleaned.size() <= most;) {
    if (const std::size_t length = token_length(text.substr(at), token)) {
      cleaned += replacement;
      at += length;
    } else {
      cleaned += text[at++];
    }
  }
  return cleaned;
}

}  // namespace segment::inline SEGMENT_ABI::detail
