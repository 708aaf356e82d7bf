#include "policies/authentication_policy.hpp"

#include "segment/error.hpp"
#include "segment/types/secret.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

constexpr std::string_view header_name = "Authorization";
constexpr std::string_view scheme = "Bearer ";

}  // namespace

std::optional<http::Outcome> AuthenticationPolicy::before_send(http::Request& request,
                                                               http::Attempt& attempt) {
  if (!provider_) {
    set(request, token_);
    return std::nullopt;
  }
  const Token token = provider_();
  if (token.empty()) {
    ErrorFacts facts;
    facts.operation = attempt.operation.id;
    facts.attempts = attempt.number - 1;
    facts.tag = attempt.tag;
    throw ConfigurationError(
        std::string(attempt.operation.id) + ": the token provider gave an empty token",
        std::move(facts));
  }
  set(request, token);
  return std::nullopt;
}

void AuthenticationPolicy::set(http::Request& request, const Token& token) {
  std::string value;
  value.reserve(scheme.size() + token.reveal().size());  // so that no copy is left behind by growth
  value += scheme;
  value += token.reveal();
  request.headers.set(std::string(header_name), std::move(value));
}

std::string_view token_of(const http::Request& request) noexcept {
  const std::string* header = request.headers.find(header_name);
  if (header == nullptr || header->size() <= scheme.size()) return {};
  return std::string_view(*header).substr(scheme.size());
}

void wipe_token(http::Request& request) noexcept {
  for (http::Header& header : request.headers) {
    if (http::same_name(header.name, header_name)) wipe(header.value.data(), header.value.size());
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail
