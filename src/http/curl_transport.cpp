#include "segment/http/curl_transport.hpp"

#include <curl/curl.h>

#include <mutex>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "curl/exchange.hpp"
#include "curl/handle.hpp"
#include "curl/header_lines.hpp"
#include "curl/sigpipe_guard.hpp"

namespace segment::http {
namespace {

// Never undone: another part of the program may be using libcurl, and nobody can know when it ends.
void initialise_libcurl() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
      throw std::runtime_error("libcurl could not be initialised");
    }
  });
}

// libcurl would guess a scheme where there is none.
bool is_http(std::string_view url) {
  return same_name(url.substr(0, 7), "http://") || same_name(url.substr(0, 8), "https://");
}

Failure not_sent(FailureKind kind, const char* message) {
  return {.kind = kind, .may_have_been_sent = false, .message = message};
}

}  // namespace

struct CurlTransport::State {
  explicit State(CurlOptions given)
      : options(std::move(given)), handles(options.max_idle_connections) {}

  const CurlOptions options;
  detail::HandlePool handles;
};

CurlTransport::CurlTransport(CurlOptions options) {
  initialise_libcurl();
  state_ = std::make_shared<State>(std::move(options));
}

CurlTransport::~CurlTransport() {
  const detail::SigpipeGuard guard;  // Closing a TLS connection writes a farewell.
  state_.reset();
}

Outcome CurlTransport::send(const Request& request) {
  // The transport may be gone before the answer comes.
  const std::shared_ptr<State> state = state_;
  if (request.stop.stop_requested()) {
    return not_sent(FailureKind::cancelled, "The request was cancelled before it was sent.");
  }
  if (!is_http(request.url)) {
    return not_sent(FailureKind::other, "The address begins with neither http:// nor https://.");
  }
  if (!detail::can_be_sent(request.headers)) {
    return not_sent(FailureKind::other,
                    "A header's name or value holds a character that HTTP does not allow.");
  }
  const detail::SigpipeGuard guard;
  std::unique_ptr<detail::Handle> handle = state->handles.take();
  Outcome outcome = detail::Exchange(*handle, request, state->options).run();
  state->handles.give_back(std::move(handle));
  return outcome;
}

}  // namespace segment::http
