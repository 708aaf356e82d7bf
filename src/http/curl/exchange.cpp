#include "exchange.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <exception>
#include <string>
#include <utility>

#include "failure.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {
namespace {

// Far above any real answer's; libcurl bounds one line, and not in every version the sum.
constexpr std::size_t max_header_bytes = std::size_t{256} << 10U;

// Room for the fields that an answer of a usual gateway has.
constexpr std::size_t usual_header_count = 16;

// What is reserved for a body at once, as its Content-Length says, and no more of what a server
// only promises. The room behind it is for readers of JSON, which would have to copy a text
// without.
constexpr curl_off_t most_reserved = curl_off_t{4} << 20U;
constexpr std::size_t room_behind = 64;

constexpr const char* headers_too_large =
    "The answer's headers are larger than any that make sense.";

constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

Exchange::Exchange(Easy& easy, const Request& request, const CurlOptions& options, Reuse reuse,
                   const KeptSockets* kept)
    : handle_(easy),
      easy_(easy.get()),
      request_(request),
      reuse_(reuse),
      kept_(kept),
      lines_(lines_of(request)) {
  set_up(options);
}

Exchange::~Exchange() {
  clean_up();  // Before `lines_` goes, which libcurl points to.
}

// --- What libcurl asks ---------------------------------------------------------------------------

int Exchange::on_before_sending(void* self, char*, char*, int, int local_port) noexcept {
  auto& exchange = *static_cast<Exchange*>(self);
  exchange.local_port_ = local_port;
  const long sent = exchange.bytes_sent();
  if (!exchange.bytes_before_request_.has_value()) {
    exchange.bytes_before_request_ = sent;
    if (!exchange.has_unasked_input(local_port)) return 0;
    exchange.halt_ = Halt::unasked_input;
    return 1;
  }
  exchange.begun_again_ = true;
  if (sent <= *exchange.bytes_before_request_) return 0;
  if (exchange.request_.idempotent) {
    exchange.response_.retried_by_transport = true;
    return 0;
  }
  exchange.halt_ = Halt::would_send_twice;
  return 1;
}

// On a connection that was used before, whatever came since would be taken for this answer.
bool Exchange::has_unasked_input(long local_port) const noexcept {
  if (kept_ == nullptr) return false;
  long new_connections = 0;
  curl_easy_getinfo(easy_, CURLINFO_NUM_CONNECTS, &new_connections);
  return new_connections == 0 && kept_->has_unasked_input(local_port);
}

std::size_t Exchange::on_read(char* to, std::size_t size, std::size_t count, void* self) noexcept {
  auto& exchange = *static_cast<Exchange*>(self);
  const std::string& body = *exchange.request_.body;
  const std::size_t left = body.size() - exchange.body_position_;
  // libcurl knows the length. Asking on means that it began anew without rewinding.
  if (left == 0) return CURL_READFUNC_ABORT;
  const std::size_t bytes = std::min(left, size * count);
  std::memcpy(to, body.data() + exchange.body_position_, bytes);
  exchange.body_position_ += bytes;
  return bytes;
}

int Exchange::on_seek(void* self, curl_off_t offset, int origin) noexcept {
  auto& exchange = *static_cast<Exchange*>(self);
  if (origin != SEEK_SET || offset < 0 || !exchange.request_.body.has_value() ||
      static_cast<std::size_t>(offset) > exchange.request_.body->size()) {
    return CURL_SEEKFUNC_FAIL;
  }
  exchange.body_position_ = static_cast<std::size_t>(offset);
  return CURL_SEEKFUNC_OK;
}

std::size_t Exchange::on_header(const char* from, std::size_t size, std::size_t count,
                                void* self) noexcept {
  auto& exchange = *static_cast<Exchange*>(self);
  const std::size_t bytes = size * count;
  exchange.header_bytes_ += bytes;
  if (exchange.header_bytes_ > max_header_bytes) {
    exchange.halt_ = Halt::header_too_large;
    return 0;
  }
  try {
    exchange.take_header_line({from, bytes});
  } catch (const std::exception&) {  // An exception must not pass through libcurl.
    exchange.halt_ = Halt::out_of_memory;
    return 0;
  }
  return bytes;
}

void Exchange::take_header_line(std::string_view line) {
  if (line.starts_with("HTTP/")) {
    // A new answer: what came before was a 1xx, or the proxy's.
    response_.headers.clear();
    response_.headers.reserve(usual_header_count);
    headers_are_whole_ = false;
    return;
  }
  if (line == "\r\n" || line == "\n") {
    headers_are_whole_ = true;
    return;
  }
  // A line that goes on with the one before it: obsolete, and forbidden to servers.
  if (line.starts_with(' ') || line.starts_with('\t')) return;
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return;
  response_.headers.add(std::string(trimmed(line.substr(0, colon))),
                        std::string(trimmed(line.substr(colon + 1))));
}

std::size_t Exchange::on_body(const char* from, std::size_t size, std::size_t count,
                              void* self) noexcept {
  auto& exchange = *static_cast<Exchange*>(self);
  const std::size_t bytes = size * count;
  const std::size_t limit = exchange.request_.limits.max_response_bytes;
  std::string& body = exchange.response_.body;
  if (limit != 0 && bytes > limit - body.size()) {
    exchange.halt_ = Halt::body_too_large;
    return 0;
  }
  try {
    if (body.empty()) exchange.reserve_body(limit);
    body.append(from, bytes);
  } catch (const std::exception&) {
    exchange.halt_ = Halt::out_of_memory;
    return 0;
  }
  return bytes;
}

void Exchange::reserve_body(std::size_t limit) {
  curl_off_t length = -1;  // as it comes over the wire, so perhaps compressed
  curl_easy_getinfo(easy_, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  if (length <= 0) return;
  auto bytes = static_cast<std::size_t>(std::min(length, most_reserved));
  if (limit != 0) bytes = std::min(bytes, limit);
  response_.body.reserve(bytes + room_behind);
}

// --- What became of it ---------------------------------------------------------------------------

std::optional<Failure> Exchange::unready() const {
  if (set_up_result_ == CURLE_OK) return std::nullopt;
  return failure(set_up_result_);
}

Outcome Exchange::conclude(CURLcode code) {
  switch (halt_) {
    case Halt::body_too_large:
      return failure(FailureKind::too_large,
                     "The answer's body is larger than max_response_bytes allows.");
    case Halt::header_too_large:
      return failure(FailureKind::too_large, headers_too_large);
    case Halt::out_of_memory:
      return failure(FailureKind::other, "There was no memory left for the answer.");
    case Halt::would_send_twice:
      return failure(FailureKind::broken,
                     "The connection ended before an answer came, and the request may not be sent "
                     "twice.");
    case Halt::unasked_input:
      return failure(FailureKind::broken,
                     "The connection held bytes that nobody had asked for, and was not used.");
    case Halt::none:
      break;
  }
  // libcurl up to 8.5 says of a line beyond its own bound that there is no memory for it.
  if (code == CURLE_OUT_OF_MEMORY && header_bytes_ > 0 && !headers_are_whole_) {
    return failure(FailureKind::too_large, headers_too_large);
  }
  if (code != CURLE_OK) return failure(code);
  if (!headers_are_whole_) {
    // To libcurl that is a success, with an empty body.
    return failure(FailureKind::broken, "The connection ended within the answer's headers.");
  }
  long status = 0;
  curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
  response_.status = static_cast<int>(status);
  went_as_usual_ = true;
  return std::move(response_);
}

Failure Exchange::failure(FailureKind kind, const char* message) const {
  return {.kind = kind, .may_have_been_sent = may_have_been_sent(), .message = message};
}

Failure Exchange::failure(CURLcode code) const {
  FailedTransfer transfer{.code = code,
                          .text = error_text_.data(),
                          .connected = has_connected(),
                          .may_have_been_sent = may_have_been_sent(),
                          .has_openssl = has_openssl(),
                          .url = request_.url};
  curl_easy_getinfo(easy_, CURLINFO_SSL_VERIFYRESULT, &transfer.certificate_result);
  return to_failure(transfer);
}

bool Exchange::has_connected() const {
#if LIBCURL_VERSION_NUM >= 0x075000
  return bytes_before_request_.has_value();
#else
  long proxy_status = 0;  // What a proxy said to CONNECT, whose bytes libcurl counts as sent too.
  curl_easy_getinfo(easy_, CURLINFO_HTTP_CONNECTCODE, &proxy_status);
  return bytes_sent() > 0 && (proxy_status == 0 || proxy_status / 100 == 2);
#endif
}

// True as soon as the system took one byte: what it did with it is not known.
bool Exchange::may_have_been_sent() const {
  return has_connected() && bytes_sent() > bytes_before_request_.value_or(0);
}

long Exchange::bytes_sent() const {
  long bytes = 0;
  curl_easy_getinfo(easy_, CURLINFO_REQUEST_SIZE, &bytes);
  return bytes;
}

}  // namespace segment::inline SEGMENT_ABI::http::detail
