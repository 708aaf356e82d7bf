#include "errors/raise.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include "errors/error_body.hpp"
#include "errors/message_text.hpp"
#include "http/policies.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

constexpr std::size_t longest_body = std::size_t{16} << 10U;
constexpr std::size_t longest_quote = 300;
constexpr std::size_t most_quoted_items = 5;

std::string_view reason_phrase(int status) {
  switch (status) {
    case 304:
      return " Not Modified";
    case 400:
      return " Bad Request";
    case 401:
      return " Unauthorized";
    case 403:
      return " Forbidden";
    case 404:
      return " Not Found";
    case 408:
      return " Request Timeout";
    case 409:
      return " Conflict";
    case 413:
      return " Payload Too Large";
    case 414:
      return " URI Too Long";
    case 422:
      return " Unprocessable Entity";
    case 429:
      return " Too Many Requests";
    case 500:
      return " Internal Server Error";
    case 502:
      return " Bad Gateway";
    case 503:
      return " Service Unavailable";
    case 504:
      return " Gateway Timeout";
    default:
      return "";
  }
}

// Removes the token before texts are cut, which could leave half of it.
std::string clean(const CallFacts& call, const std::string& text) {
  return without_token(text, call.request);
}

std::string body_of(const CallFacts& call, const http::Response& response) {
  return cut(without_token(response.body, call.request, longest_body), longest_body);
}

Json clean(const CallFacts& call, Json json) {
  if (json.is_string()) return clean(call, json.as_string());
  if (json.is_array()) {
    for (Json& element : json.as_array()) element = clean(call, std::move(element));
  } else if (json.is_object()) {
    for (auto& [name, value] : json.as_object()) {
      name = clean(call, name);
      value = clean(call, std::move(value));
    }
  }
  return json;
}

std::vector<ApiErrorItem> clean(const CallFacts& call, std::vector<ApiErrorItem> items) {
  for (ApiErrorItem& item : items) {
    item.type = clean(call, item.type);
    item.message = clean(call, item.message);
    item.field = clean(call, item.field);
    item.data = clean(call, std::move(item.data));
  }
  return items;
}

std::string without_full_stop(std::string text) {
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string quote_items(const std::vector<ApiErrorItem>& items) {
  std::string text;
  const char* separator = ": ";
  for (const ApiErrorItem& item :
       std::span(items).first(std::min(items.size(), most_quoted_items))) {
    std::string said = item.message.empty() ? item.type : without_full_stop(item.message);
    if (!item.field.empty()) said = said.empty() ? item.field : item.field + ": " + said;
    if (!said.empty()) text += std::exchange(separator, "; ") + said;
  }
  if (items.size() > most_quoted_items) {
    text += " (and " + std::to_string(items.size() - most_quoted_items) + " more)";
  }
  return cut(one_line(std::move(text)), longest_quote * most_quoted_items);
}

// Quotes a body that lists no errors. The token is removed after the tags, whose removal may join
// its parts.
std::string quote_body(const CallFacts& call, const std::string& body) {
  std::string said = one_line(clean(call, said_in_text(body)));
  const std::string text = cut(without_full_stop(std::move(said)), longest_quote);
  return text.find_first_not_of(' ') == std::string::npos ? "" : ": " + text;
}

// Such as `getSource (GET /sources/{sourceId})`: the template, never the actual path.
std::string call_name(const Operation& operation) {
  return std::string(operation.id) + " (" + std::string(http::to_string(operation.method)) + " " +
         std::string(operation.path) + ")";
}

std::string tail(const CallFacts& call) {
  std::string text;
  if (!call.stopped.empty()) text += "; " + call.stopped;
  if (call.outcome_unknown) text += "; it may have been carried out, check before you call again";
  return text;
}

std::string tail(const CallFacts& call, const std::string& id) {
  return tail(call) + (id.empty() ? "" : " [request id " + cut(id, longest_quote) + "]");
}

ErrorFacts facts_of(const CallFacts& call) {
  ErrorFacts facts;
  facts.operation = call.operation.id;
  facts.tag = call.tag;
  facts.attempts = call.attempts;
  facts.retryable = call.retryable;
  facts.retry_after = call.retry_after;
  facts.outcome_unknown = call.outcome_unknown;
  return facts;
}

ErrorFacts facts_of(const CallFacts& call, const http::Response& response) {
  ErrorFacts facts = facts_of(call);
  facts.status = response.status;
  facts.request_id = request_id(response, call.request);
  facts.body = body_of(call, response);
  return facts;
}

std::string reason_of(const CallFacts& call, const http::Failure& failure) {
  return cut(without_full_stop(one_line(clean(call, failure.message))), longest_quote);
}

std::string seconds_text(std::chrono::milliseconds wait) {
  std::string text = std::to_string(wait.count() / 1000);
  const auto rest = wait.count() % 1000;
  if (rest != 0) text += "." + std::to_string(1000 + rest).substr(1);
  return text + " s";
}

}  // namespace

void raise_invalid_argument(const Operation& operation, const std::string& reason) {
  throw error_about<InvalidArgumentError>(operation, {}, reason);
}

void raise_api_error(const CallFacts& call, const http::Response& response,
                     std::vector<ApiErrorItem> items) {
  const int status = response.status;
  items = clean(call, std::move(items));
  ErrorFacts facts = facts_of(call, response);
  std::string message = call_name(call.operation) + " failed with " + std::to_string(status) +
                        std::string(reason_phrase(status)) +
                        (items.empty() ? quote_body(call, facts.body) : quote_items(items)) +
                        std::string(advice(response));
  if (call.retry_after) message += "; retry after " + seconds_text(*call.retry_after);
  if (status == 404 && call.operation.method == http::Method::delete_ && call.outcome_unknown) {
    message += "; an earlier attempt of this call may have deleted it";
  }
  message += tail(call, facts.request_id);
  facts.items = std::move(items);
  switch (status) {
    case 400:
      throw BadRequestError(message, std::move(facts));
    case 401:
      throw AuthenticationError(message, std::move(facts));
    case 403:
      throw PermissionDeniedError(message, std::move(facts));
    case 404:
      throw NotFoundError(message, std::move(facts));
    case 409:
      throw ConflictError(message, std::move(facts));
    case 413:
      throw PayloadTooLargeError(message, std::move(facts));
    case 422:
      throw ValidationError(message, std::move(facts));
    case 429:
      throw RateLimitError(message, std::move(facts));
    default:
      break;
  }
  if (status >= 500 && status < 600) throw ServerError(message, std::move(facts));
  throw ApiError(message, std::move(facts));
}

void raise_nothing_found(const CallFacts& call, const http::Response& response,
                         std::string_view name) {
  ErrorFacts facts = facts_of(call, response);
  const std::string message = call_name(call.operation) + " found nothing: the response has no " +
                              std::string(name) + tail(call, facts.request_id);
  throw NotFoundError(message, std::move(facts));
}

void raise_failure(const CallFacts& call, const http::Failure& failure) {
  std::string_view what = " got no response: ";
  if (failure.kind == http::FailureKind::too_large) what = " got too large a response: ";
  if (call.attempts == 0) what = " was not sent: ";
  const std::string message = call_name(call.operation) + std::string(what) +
                              reason_of(call, failure) +
                              std::string(advice(failure, call.outcome_unknown)) + tail(call);
  switch (failure.kind) {
    case http::FailureKind::timeout:
      throw TimeoutError(message, facts_of(call));
    case http::FailureKind::tls: {
      ErrorFacts facts = facts_of(call);
      facts.tls_reason = failure.tls_reason;
      throw TlsError(message, std::move(facts));
    }
    case http::FailureKind::cancelled:
      throw CancelledError(message, facts_of(call));
    case http::FailureKind::too_large:
      throw DecodeError(message, facts_of(call));
    default:
      throw TransportError(message, facts_of(call));
  }
}

void raise_held_back(const CallFacts& call, std::string_view limit) {
  std::string message =
      call_name(call.operation) + " was not sent: " + std::string(limit) + " is used up";
  if (call.retry_after) message += "; retry after " + seconds_text(*call.retry_after);
  throw LocalLimitError(message + tail(call), facts_of(call));
}

void raise_decode_error(const CallFacts& call, const http::Response& response,
                        const std::string& pointer, const std::string& reason) {
  ErrorFacts facts = facts_of(call, response);
  facts.pointer = clean(call, pointer);
  std::string message = call_name(call.operation) + " got a response of status " +
                        std::to_string(response.status) + " that cannot be read: ";
  message +=
      pointer.empty() ? "the body" : "the member " + cut(one_line(facts.pointer), longest_quote);
  message += " " + reason + tail(call, facts.request_id);
  throw DecodeError(message, std::move(facts));
}

}  // namespace segment::inline SEGMENT_ABI::detail
