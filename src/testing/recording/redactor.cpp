#include "testing/recording/redactor.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "http/syntax.hpp"
#include "segment/helpers/secrets.hpp"
#include "testing/exchange.hpp"
#include "testing/recording/recording_file.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

using segment::detail::bare_name;

// What looks like a secret ------------------------------------------------------------------------

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

// Whether a text could be a key, by its length and characters. Too suspicious for names and
// sentences, but right for settings.
bool could_be_key(std::string_view text) {
  constexpr std::size_t shortest = 16;
  constexpr std::size_t long_one = 32;
  if (text.size() < shortest) return false;
  const auto may_stand_in_key = [](char c) {
    return is_digit(c) || is_upper(c) || is_lower(c) || std::string_view("+/=_-").find(c) < 5;
  };
  if (!std::ranges::all_of(text, may_stand_in_key)) return false;
  const auto digits = std::ranges::count_if(text, is_digit);
  const bool upper = std::ranges::any_of(text, is_upper);
  const bool lower = std::ranges::any_of(text, is_lower);
  if (digits >= 2 && (upper || lower)) return true;
  return text.size() >= long_one && (digits > 0 ? 1 : 0) + (upper ? 1 : 0) + (lower ? 1 : 0) >= 2;
}

}  // namespace

// Where secrets are -------------------------------------------------------------------------------

namespace {

bool is_credential(std::string_view plain) {
  return plain == "credential" || plain == "credentials";
}

// `type` for `rules.0.type`.
std::string_view last_step(std::string_view name) {
  for (;;) {
    const std::size_t dot = name.rfind('.');
    if (dot == name.npos) return name;
    const std::string_view step = name.substr(dot + 1);
    if (step.find_first_not_of("0123456789") != step.npos) return step;
    name = name.substr(0, dot);
  }
}

// Members of the recording's own format.
bool is_form(std::string_view name) {
  return name == "method" || name == "kind" || name == "tlsReason";
}

}  // namespace

Redactor::Redactor(Redaction rules) : rules_(std::move(rules)) {
  for (std::string& name : rules_.secret_names) name = bare_name(name);
  std::erase(rules_.secret_names, "");  // would match every name without letters or digits
}

void Redactor::learn_token(const http::Request& request) {
  const auto header = request.headers.find("Authorization");
  if (!header) return;
  const std::size_t space = header->find(' ');
  const std::string token(space == header->npos ? *header : header->substr(space + 1));
  if (!token.empty()) (void)take(token, 1);
  token_ = token;
}

void Redactor::redact_message(Json& message) {
  for (auto& [name, value] : message.as_object()) {
    if (is_form(name)) continue;
    if (name == "path") {
      value = redact_path(value.as_string());
    } else if (name == "query") {
      for (Json& parameter : value.as_array()) parameter = redact_parameter(parameter.as_string());
    } else {
      redact(value, {});
    }
  }
}

void Redactor::redact_known_in_message(Json& message) const {
  for (auto& [name, value] : message.as_object()) {
    if (!is_form(name)) redact_known(value);
  }
}

void Redactor::redact(Json& value, Place place) {
  if (value.is_string()) {
    value = redact_text(value.as_string(), place);
  } else if (value.is_array()) {
    for (Json& element : value.as_array()) redact(element, place);
  } else if (value.is_object()) {
    redact_object(value, place);
  } else if (value.is_number() && (place.secret || is_secret_name(place.name))) {
    value = take(value.dump());
  }
}

void Redactor::redact_object(Json& value, Place place) {
  const std::string plain = bare_name(place.name);
  // An object called `credential` also has an id and a name, so only what looks like a secret is
  // one there.
  place.settings = place.settings || plain == "settings" || is_credential(plain);
  place.secret = place.secret || (is_secret_name(place.name) && !is_credential(plain));
  const bool secret_pair = is_secret_pair(value) || is_pair_of_rules(value);
  for (auto& [name, member] : value.as_object()) {
    Place there = place;
    there.name = name;
    there.secret = place.secret || (secret_pair && name == "value");
    redact(member, there);
    name = known_.replaced_in(name);
  }
}

std::string Redactor::redact_text(const std::string& text, Place place) {
  if (text.empty() || is_placeholder(text)) return text;
  if (is_secret(text, place)) return take(text);
  // If the text holds the token only the token is removed; any other known secret may occur in a
  // longer one by chance.
  const bool has_token = !token_.empty() && text.find(token_) != text.npos;
  if (!has_token && looks_secret(text, place)) return take(text);
  if (!begins_like_json(text)) return known_.replaced_in(redact_url(text));
  const auto before = json_in(text);
  if (!before) return known_.replaced_in(text);
  Json after = *before;
  redact(after, place);
  return after == *before ? known_.replaced_in(text) : after.dump();
}

std::string Redactor::redact_path(const std::string& path) {
  const std::string known_gone = known_.replaced_in(path);
  std::string redacted;
  std::string name;  // the previous segment
  for (std::string_view part : split(known_gone, '/')) {
    if (part.data() != known_gone.data()) redacted += '/';
    const std::string text = percent_decoded(part);
    const bool credential = is_credential(bare_name(name));
    const std::string kept =
        redact_text(text, {.name = credential ? std::string_view() : std::string_view(name)});
    if (kept == text) {
      redacted += part;
    } else {
      segment::detail::append_percent_encoded(redacted, kept);
    }
    name = text;
  }
  return redacted;
}

std::string Redactor::redact_parameter(const std::string& parameter) {
  const std::size_t equals = parameter.find('=');
  if (equals == parameter.npos) return known_.replaced_in(parameter);
  const std::string_view name = last_step(std::string_view(parameter).substr(0, equals));
  return known_.replaced_in(parameter.substr(0, equals)) + "=" +
         redact_text(parameter.substr(equals + 1), {.name = name});
}

std::string Redactor::redact_url(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == url.npos || url.find_first_of(" \t\r\n") != url.npos) return url;
  std::string redacted = url.substr(0, scheme + 3);
  std::string rest = url.substr(scheme + 3);
  const std::size_t at = rest.substr(0, rest.find_first_of("/?#")).rfind('@');
  if (at != rest.npos) {  // user:password@host
    const std::size_t colon = rest.find(':');
    const std::size_t start = colon < at ? colon + 1 : 0;
    redacted += rest.substr(0, start);
    if (start < at) redacted += take(percent_decoded(rest.substr(start, at - start)));
    rest.erase(0, at);
  }
  const std::size_t hash = std::min(rest.find('#'), rest.size());
  const std::string_view fragment = std::string_view(rest).substr(hash);
  const std::string_view whole = std::string_view(rest).substr(0, hash);
  const std::size_t question = std::min(whole.find('?'), whole.size());
  redacted.append(whole.substr(0, question)).append(redact_url_parameters(whole.substr(question)));
  // Signing in may end at a URL that has its token there.
  return redacted + redact_url_parameters(fragment);
}

// Of a query or a fragment, with the sign that begins it.
std::string Redactor::redact_url_parameters(std::string_view parameters) {
  std::string redacted;
  for (std::string_view parameter : split(parameters, '&')) {
    if (parameter.data() != parameters.data()) redacted += '&';
    const std::size_t equals = parameter.find('=');
    const std::string_view name = parameter.substr(0, equals);
    const std::size_t start = name.find_last_of("?#") + 1;  // `#/path?token=`
    const bool secret = equals != parameter.npos && is_secret_name(last_step(name.substr(start)));
    redacted += secret ? parameter.substr(0, equals + 1) : parameter;
    if (secret) redacted += take(percent_decoded(parameter.substr(equals + 1)));
  }
  return redacted;
}

bool Redactor::is_secret_name(std::string_view name) const {
  const std::string plain = bare_name(name);
  return segment::is_secret_name(name) ||
         std::ranges::find(rules_.secret_names, plain) != rules_.secret_names.end();
}

// A pair with a name from the caller's rules.
bool Redactor::is_pair_of_rules(const Json& object) const {
  return std::ranges::any_of(std::array{"name", "key"}, [&](const char* member) {
    const Json* name = object.find(member);
    return name != nullptr && name->is_string() && is_secret_name(name->as_string());
  });
}

bool Redactor::is_secret(const std::string& text, const Place& place) const {
  return place.secret || is_secret_name(place.name) ||
         (rules_.is_secret && rules_.is_secret(place.name, text));
}

bool Redactor::looks_secret(const std::string& text, const Place& place) {
  if (segment::looks_like_key(text)) return true;
  const std::string plain = bare_name(place.name);
  const bool is_id = plain.ends_with("id") || plain.ends_with("ids");  // long ones look like keys
  return place.settings && !is_id && could_be_key(text);
}

std::string Redactor::take(const std::string& secret, std::size_t shortest_to_look_for) {
  if (secret.empty() || is_placeholder(secret)) return secret;
  const auto [entry, is_new] = placeholders_.try_emplace(secret);
  if (is_new) {
    entry->second = placeholder(placeholders_.size());
    // A short one would be found in half of all words.
    if (secret.size() >= shortest_to_look_for) known_.add(secret, entry->second);
  }
  return entry->second;
}

void Redactor::redact_known(Json& value) const {
  if (value.is_string()) {
    value = known_.replaced_in(value.as_string());
  } else if (value.is_array()) {
    for (Json& element : value.as_array()) redact_known(element);
  } else if (value.is_object()) {
    for (auto& [name, member] : value.as_object()) {
      redact_known(member);
      name = known_.replaced_in(name);
    }
  }
}

}  // namespace segment::inline SEGMENT_ABI::testing::detail
