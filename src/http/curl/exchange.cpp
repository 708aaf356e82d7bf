#include "http/curl/exchange.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <exception>
#include <string>
#include <utility>

#include "http/curl/failure.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {
namespace {

using std::chrono::steady_clock;

// Far above any real response's; libcurl limits each line, but the sum only in some versions.
constexpr std::size_t max_header_bytes = std::size_t{256} << 10U;

// The most that is reserved for a body because of its Content-Length, which is only a promise. The
// room behind it is for JSON readers, which would otherwise have to copy the text.
constexpr curl_off_t most_reserved = curl_off_t{4} << 20U;
constexpr std::size_t room_behind = 64;

constexpr const char* headers_too_large = "The response's headers are unreasonably large.";

}  // namespace

Exchange::Exchange(Easy& easy, CURLM* multi, const Request& request, const CurlOptions& options,
                   Connections& connections)
    : transfer_(easy),
      easy_(easy.get()),
      multi_(multi),
      request_(request),
      connections_(connections),
      lines_(lines_of(request)) {
  set_up(options);
}

Exchange::~Exchange() {
  curl_multi_remove_handle(multi_, easy_);
  clean_up();  // Before `lines_` is destroyed, which libcurl points to.
}

std::optional<Failure> Exchange::begin() {
  if (set_up_result_ != CURLE_OK) return failure(set_up_result_);
  started_ = steady_clock::now();
  if (curl_multi_add_handle(multi_, easy_) == CURLM_OK) return std::nullopt;
  return failure(FailureKind::other, "libcurl could not start the request.");
}

std::optional<Outcome> Exchange::finish(CURLcode code) {
  connections_.note(easy_);
  if (halt_ == Halt::unexpected_input && begin_over_fresh_connection()) return std::nullopt;
  if (code == CURLE_PEER_FAILED_VERIFICATION && begin_with_authorities_file()) return std::nullopt;
  return conclude(code);
}

bool Exchange::begin_over_fresh_connection() noexcept {
  curl_easy_setopt(easy_, CURLOPT_FRESH_CONNECT, 1L);
  return begin_anew();
}

bool Exchange::begin_with_authorities_file() noexcept {
  if (!transfer_.trusts_directory_alone()) return false;
  Shared& shared = transfer_.shared();
  if (shared.authorities_file().empty()) return false;
  shared.needs_authorities_file();
  transfer_.trusts_directory_alone(false);
  const CURLcode code = curl_easy_setopt(easy_, CURLOPT_CAINFO, shared.authorities_file().c_str());
  return code == CURLE_OK && begin_anew();
}

bool Exchange::begin_anew() noexcept {
  curl_multi_remove_handle(multi_, easy_);
  halt_ = Halt::none;
  body_position_ = 0;
  local_port_ = 0;
  connections_made_ = 0;
  bytes_before_request_.reset();
  // libcurl measures from the new start.
  set_up_limits(std::chrono::ceil<std::chrono::milliseconds>(steady_clock::now() - started_));
  return curl_multi_add_handle(multi_, easy_) == CURLM_OK;
}

// --- Callbacks from libcurl ----------------------------------------------------------------------

int Exchange::on_before_sending(void* self, char*, char*, int, int local_port) noexcept {
  auto& exchange = *static_cast<Exchange*>(self);
  exchange.local_port_ = local_port;
  exchange.halt_ = exchange.bytes_before_request_.has_value() ? exchange.before_sending_again()
                                                              : exchange.before_sending();
  return exchange.halt_ == Halt::none ? 0 : 1;
}

Exchange::Halt Exchange::before_sending() noexcept {
  note_connection();
  const bool may_hold_input = !connection_is_fresh_;
  if (may_hold_input && connections_.has_unexpected_input(local_port_)) {
    return Halt::unexpected_input;
  }
  return Halt::none;
}

Exchange::Halt Exchange::before_sending_again() noexcept {
  begun_again_ = true;
  if (connection_is_fresh_) {
    note_connection();  // The server refused what was sent before, so it no longer counts.
  } else if (may_have_been_sent()) {
    if (!request_.idempotent) return Halt::would_send_twice;
    response_.retried_by_transport = true;
  }
  return Halt::none;
}

void Exchange::note_connection() noexcept {
  const long made = info(CURLINFO_NUM_CONNECTS);
  connection_is_fresh_ = made > connections_made_;
  connections_made_ = made;
  bytes_before_request_ = bytes_sent();
}

std::size_t Exchange::on_read(char* to, std::size_t size, std::size_t count, void* self) noexcept {
  auto& exchange = *static_cast<Exchange*>(self);
  const std::string& body = *exchange.request_.body;
  const std::size_t left = body.size() - exchange.body_position_;
  // libcurl knows the length. Asking for more means that it restarted without rewinding.
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
    // A new response: the one before was a 1xx, or the proxy's.
    response_.headers.clear();
    headers_are_whole_ = false;
    return;
  }
  if (line == "\r\n" || line == "\n") {
    headers_are_whole_ = true;
    return;
  }
  // A continuation of the line before: obsolete, and forbidden to servers.
  if (line.starts_with(' ') || line.starts_with('\t')) return;
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return;
  response_.headers.add(segment::detail::trimmed(line.substr(0, colon)),
                        segment::detail::trimmed(line.substr(colon + 1)));
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
    exchange.make_room(bytes, limit);
    body.append(from, bytes);
  } catch (const std::exception&) {
    exchange.halt_ = Halt::out_of_memory;
    return 0;
  }
  return bytes;
}

void Exchange::reserve_body(std::size_t limit) {
  curl_off_t length = -1;  // on the wire, so it may be compressed
  curl_easy_getinfo(easy_, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  if (length <= 0) return;
  auto bytes = static_cast<std::size_t>(std::min(length, most_reserved));
  if (limit != 0) bytes = std::min(bytes, limit);
  response_.body.reserve(bytes + room_behind);
}

// A string that grows by itself takes up to twice the limit; even its `reserve` doubles the
// capacity.
void Exchange::make_room(std::size_t bytes, std::size_t limit) {
  std::string& body = response_.body;
  const std::size_t needed = body.size() + bytes + room_behind;
  if (needed <= body.capacity()) return;
  const std::size_t longest = body.max_size() / 2;
  const std::size_t most = (limit != 0 ? std::min(limit, longest) : longest) + room_behind;
  std::string larger;
  larger.reserve(std::max(needed, std::min(most, 2 * body.capacity())));
  larger.append(body);
  body.swap(larger);
}

// --- The outcome ---------------------------------------------------------------------------------

Outcome Exchange::conclude(CURLcode code) {
  switch (halt_) {
    case Halt::body_too_large:
      return failure(FailureKind::too_large,
                     "The response's body is larger than max_response_bytes allows.");
    case Halt::header_too_large:
      return failure(FailureKind::too_large, headers_too_large);
    case Halt::out_of_memory:
      return failure(FailureKind::other, "There was no memory left for the response.");
    case Halt::would_send_twice:
      return failure(FailureKind::broken,
                     "The connection ended before a response came, and the request may not be sent "
                     "twice.");
    case Halt::unexpected_input:
      return failure(FailureKind::broken,
                     "The connection held unexpected input, and was not used.");
    case Halt::none:
      break;
  }
  // libcurl up to 8.5 reports a line beyond its own limit as out of memory.
  if (code == CURLE_OUT_OF_MEMORY && header_bytes_ > 0 && !headers_are_whole_) {
    return failure(FailureKind::too_large, headers_too_large);
  }
  if (was_refused(code)) return refused();
  if (code != CURLE_OK) return failure(code);
  if (!headers_are_whole_) {
    // libcurl takes this for a success with an empty body.
    return failure(FailureKind::broken, "The connection ended within the response's headers.");
  }
  response_.status = static_cast<int>(info(CURLINFO_RESPONSE_CODE));
  has_response_ = true;
  return std::move(response_);
}

Failure Exchange::failure(FailureKind kind, const char* message) const {
  return {.kind = kind, .may_have_been_sent = may_have_been_sent(), .message = message};
}

Failure Exchange::refused() {
  return {.kind = FailureKind::broken,
          .may_have_been_sent = false,
          .message = "The server refused the request before it began to process it."};
}

Failure Exchange::failure(CURLcode code) const {
  const FailedTransfer transfer{.code = code,
                                .text = error_text_.data(),
                                .connected = bytes_before_request_.has_value(),
                                .may_have_been_sent = may_have_been_sent(),
                                .certificate_result = info(CURLINFO_SSL_VERIFYRESULT),
                                .has_openssl = has_openssl(),
                                .url = request_.url};
  return to_failure(transfer);
}

// Over HTTP/2 a server can refuse a request before it begins to process it (RFC 9113, 8.7). libcurl
// then restarts it, or fails because it cannot rewind the body. Over a fresh connection there is no
// other reason for that; over a reused one it also does so when the connection breaks, and then it
// is unknown what the server has done.
bool Exchange::was_refused(CURLcode code) const noexcept {
  return code == CURLE_SEND_FAIL_REWIND && connection_is_fresh_;
}

// True as soon as the system took one byte, since it is unknown what it did with it.
bool Exchange::may_have_been_sent() const {
  return bytes_before_request_.has_value() && bytes_sent() > *bytes_before_request_;
}

long Exchange::bytes_sent() const noexcept { return info(CURLINFO_REQUEST_SIZE); }

long Exchange::info(CURLINFO what) const noexcept {
  long value = 0;
  curl_easy_getinfo(easy_, what, &value);
  return value;
}

}  // namespace segment::inline SEGMENT_ABI::http::detail
