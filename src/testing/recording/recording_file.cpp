#include "testing/recording/recording_file.hpp"

#include <sys/types.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "errors/message_text.hpp"
#include "json/builder.hpp"
#include "json/events.hpp"
#include "segment/error.hpp"
#include "segment/helpers/secrets.hpp"
#include "testing/exchange.hpp"
#include "types/files.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

// Texts that are JSON ----------------------------------------------------------------------------

bool begins_like_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != text.npos && (text[first] == '{' || text[first] == '[');
}

std::optional<Json> json_in(std::string_view text) {
  if (!begins_like_json(text)) return std::nullopt;
  try {
    return Json::parse(text);
  } catch (const DecodeError&) {
    return std::nullopt;
  }
}

// Exchanges ---------------------------------------------------------------------------------------

namespace {

// Headers that the library reads or that say what a body is, besides those of rate limits and
// request ids: a replay without them would end differently.
constexpr std::array<std::string_view, 5> usual_headers = {"Accept", "Content-Type", "Date",
                                                           "Location", "Retry-After"};

bool is_usual(std::string_view name) {
  constexpr std::string_view rate_limit = "X-RateLimit-";
  return http::same_name(name.substr(0, rate_limit.size()), rate_limit) ||
         segment::detail::is_request_id(name) ||
         std::ranges::any_of(usual_headers,
                             [&](std::string_view usual) { return http::same_name(name, usual); });
}

constexpr std::array<std::pair<http::FailureKind, std::string_view>, 8> kinds = {{
    {http::FailureKind::resolve, "resolve"},
    {http::FailureKind::connect, "connect"},
    {http::FailureKind::tls, "tls"},
    {http::FailureKind::timeout, "timeout"},
    {http::FailureKind::cancelled, "cancelled"},
    {http::FailureKind::broken, "broken"},
    {http::FailureKind::too_large, "too large"},
    {http::FailureKind::other, "other"},
}};

constexpr std::array<std::pair<TlsReason, std::string_view>, 4> tls_reasons = {{
    {TlsReason::other, "other"},
    {TlsReason::expired, "expired"},
    {TlsReason::wrong_host, "wrong host"},
    {TlsReason::unknown_authority, "unknown authority"},
}};

// Converts values to their names in one of these tables, and back.
template <class Table, class Value>
std::string_view name_of_value(const Table& table, Value value) {
  return std::ranges::find(table, value, [](const auto& row) { return row.first; })->second;
}

template <class Table>
auto value_of_name(const Table& table, const std::string& name) {
  const auto found = std::ranges::find(table, name, [](const auto& row) { return row.second; });
  if (found == table.end()) throw InvalidArgumentError("there is no failure of the kind " + name);
  return found->first;
}

bool may_be_written(std::string_view name, const std::vector<std::string>& wanted) {
  if (is_secret_name(name)) return false;
  const auto same = [&](std::string_view other) { return http::same_name(name, other); };
  return is_usual(name) || std::ranges::any_of(wanted, same);
}

// Bytes that are not text, each as the character with its number.
std::string characters_of(std::string_view bytes) {
  std::string text;
  for (char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80U) text += static_cast<char>(0xC0U | (byte >> 6U));
    text += static_cast<char>(byte >= 0x80U ? 0x80U | (byte & 0x3FU) : byte);
  }
  return text;
}

// A recording is JSON, which is UTF-8.
std::string as_text(std::string_view text) {
  return segment::is_utf8(text) ? std::string(text) : characters_of(text);
}

std::string bytes_of(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    if (first < 0x80U || i + 1 == text.size()) {
      bytes += text[i];
      continue;
    }
    const auto second = static_cast<unsigned char>(text[++i]);
    bytes += static_cast<char>(((first & 0x03U) << 6U) | (second & 0x3FU));
  }
  return bytes;
}

void add_headers(Json& out, const http::Headers& headers, const std::vector<std::string>& wanted) {
  Json written = Json::object();
  for (const http::HeaderView header : headers) {
    if (!may_be_written(header.name, wanted)) continue;
    written[as_text(header.name)] = as_text(header.value);
  }
  if (!written.empty()) out["headers"] = std::move(written);
}

// Read as leniently as a response: fewer secrets are found in a body that is not recorded as JSON.
void add_body(Json& out, const std::string& body) {
  Json json;
  segment::detail::JsonBuilder builder;
  builder.start(json);
  try {
    segment::detail::read_json(body, builder);
    out["body"] = std::move(json);
  } catch (const segment::detail::BadJson&) {
    const bool is_text = segment::is_utf8(body);
    out[is_text ? "bodyText" : "bodyBytes"] = is_text ? body : characters_of(body);
  }
}

std::string body_of(const Json& message) {
  if (const Json* json = message.find("body")) return json->dump();
  if (const Json* text = message.find("bodyText")) return text->as_string();
  if (const Json* bytes = message.find("bodyBytes")) return bytes_of(bytes->as_string());
  return {};
}

}  // namespace

Json describe(const http::Request& request, const std::vector<std::string>& headers) {
  const Target target = target_of(request.url);
  Json described =
      Json::object({{"method", http::to_string(request.method)}, {"path", as_text(target.path)}});
  if (!target.query.empty()) {
    Json& query = described["query"] = Json::array();
    for (std::string_view parameter : split(target.query, '&')) {
      query.push_back(as_text(percent_decoded(parameter)));
    }
  }
  add_headers(described, request.headers, headers);
  if (request.body) add_body(described, *request.body);
  return described;
}

void add_outcome(Json& exchange, const http::Outcome& outcome,
                 const std::vector<std::string>& headers) {
  if (const auto* failure = std::get_if<http::Failure>(&outcome)) {
    Json& described = exchange["failure"] =
        Json::object({{"kind", name_of_value(kinds, failure->kind)},
                      {"mayHaveBeenSent", failure->may_have_been_sent},
                      {"message", as_text(failure->message)}});
    if (failure->kind == http::FailureKind::tls) {
      described["tlsReason"] = name_of_value(tls_reasons, failure->tls_reason);
    }
    return;
  }
  const auto& response = std::get<http::Response>(outcome);
  Json& described = exchange["response"] = Json::object({{"status", response.status}});
  if (response.retried_by_transport) described["sentAgain"] = true;
  add_headers(described, response.headers, headers);
  if (!response.body.empty()) add_body(described, response.body);
}

http::Outcome outcome_of(const Json& exchange) {
  if (const Json* failure = exchange.find("failure")) {
    const Json* reason = failure->find("tlsReason");
    return http::Failure{.kind = value_of_name(kinds, failure->at("kind").as_string()),
                         .may_have_been_sent = failure->at("mayHaveBeenSent").as_bool(),
                         .message = failure->at("message").as_string(),
                         .tls_reason = reason != nullptr
                                           ? value_of_name(tls_reasons, reason->as_string())
                                           : TlsReason::other};
  }
  const Json& recorded = exchange.at("response");
  http::Response response{.status = static_cast<int>(recorded.at("status").as_integer())};
  if (const Json* headers = recorded.find("headers")) {
    for (const auto& [name, value] : headers->as_object()) {
      response.headers.add(name, value.as_string());
    }
  }
  response.body = body_of(recorded);
  if (const Json* again = recorded.find("sentAgain"))
    response.retried_by_transport = again->as_bool();
  return response;
}

// The file ----------------------------------------------------------------------------------------

namespace {

namespace fs = std::filesystem;

// Marks the file as a recording, with the version of its format.
constexpr std::string_view form_member = "segmentRecording";
constexpr int form_version = 1;

// Reduced by the umask: a recording is kept with the tests that replay it.
constexpr mode_t readable_by_all = 0666;

[[noreturn]] void refuse(const std::string& path, const std::string& reason) {
  throw ConfigurationError("the recording " + path + " " + reason);
}

void check_exchange(const Json& exchange) {
  const Json& request = exchange.at("request");
  (void)request.at("method").as_string();
  (void)request.at("path").as_string();
  if (const Json* query = request.find("query")) {
    for (const Json& parameter : query->as_array()) (void)parameter.as_string();
  }
  (void)outcome_of(exchange);
}

}  // namespace

void check_folder(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  std::error_code ignored;
  if (path.empty()) throw ConfigurationError("a recording needs the path of a file");
  if (!folder.empty() && !fs::is_directory(folder, ignored)) {
    refuse(path, "cannot be written: its folder is not there");
  }
}

void write_recording(const std::string& path, Json::Array exchanges) {
  const Json recording =
      Json::object({{std::string(form_member), form_version}, {"exchanges", std::move(exchanges)}});
  segment::detail::replace_file(path, recording.dump(2) + "\n", readable_by_all);
}

std::vector<Json> read_recording(const std::string& path) {
  const std::optional<std::string> text = segment::detail::read_file(path);
  if (!text) refuse(path, "cannot be read: it is not there");
  std::size_t number = 0;
  try {
    const Json recording = Json::parse(*text);
    if (recording.at(form_member) != Json(form_version)) {
      refuse(path, "has a form that this version cannot read");
    }
    Json::Array exchanges = recording.at("exchanges").as_array();
    for (const Json& exchange : exchanges) {
      ++number;
      check_exchange(exchange);
    }
    return exchanges;
  } catch (const ConfigurationError&) {
    throw;
  } catch (const Error& error) {
    const std::string place = number > 0 ? " in exchange " + std::to_string(number) : "";
    refuse(path, "cannot be understood" + place + ": " + error.what());
  }
}

}  // namespace segment::inline SEGMENT_ABI::testing::detail
