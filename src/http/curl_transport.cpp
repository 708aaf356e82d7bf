#include "segment/http/curl_transport.hpp"

#include <curl/curl.h>

#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "curl/curl_engine.hpp"
#include "curl/exchange.hpp"
#include "curl/handle.hpp"
#include "curl/sigpipe_guard.hpp"
#include "curl/unfit.hpp"
#include "threads/background.hpp"
#include "threads/fork.hpp"

namespace segment::inline SEGMENT_ABI::http {
namespace {

// Never undone: another part of the program may be using libcurl, and nobody can know when it ends.
void initialise_libcurl() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
      throw std::runtime_error("libcurl could not be initialised");
    }
    static_cast<void>(detail::accepted_encodings());
    // Threads that use libcurl and its TLS library end before the exit handlers of those.
    segment::detail::end_all_at_exit();
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

std::optional<Failure> detail::unfit(const Request& request) {
  if (request.stop.stop_requested()) {
    return not_sent(FailureKind::cancelled, "The request was cancelled before it was sent.");
  }
  if (!is_http(request.url)) {
    return not_sent(FailureKind::other, "The address begins with neither http:// nor https://.");
  }
  if (!can_be_sent(request.headers)) {
    return not_sent(FailureKind::other,
                    "A header's name or value holds a character that HTTP does not allow.");
  }
  return std::nullopt;
}

struct CurlTransport::State {
  explicit State(CurlOptions given) : options(std::move(given)) {}

  detail::HandlePool& the_handles() {
    return handles.get(
        [this] { return std::make_unique<detail::HandlePool>(options.max_idle_connections); });
  }

  const CurlOptions options;
  segment::detail::PerProcess<detail::HandlePool> handles{};
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
  if (auto failure = detail::unfit(request)) return *std::move(failure);
  const detail::SigpipeGuard guard;
  // The transport may be destroyed before the response comes: then this closes its connections.
  const std::shared_ptr<State> state = state_;
  detail::HandlePool& handles = state->the_handles();
  std::unique_ptr<detail::Handle> handle = handles.take();
  Outcome outcome = handle->send(request, state->options);
  handles.give_back(std::move(handle));
  return outcome;
}

std::unique_ptr<Engine> CurlTransport::engine() {
  return std::make_unique<detail::CurlEngine>(state_->options);
}

}  // namespace segment::inline SEGMENT_ABI::http
