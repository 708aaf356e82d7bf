#include "segment/http/curl_transport.hpp"

#include <curl/curl.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "http/curl/curl_engine.hpp"
#include "http/curl/exchange.hpp"
#include "http/curl/failure.hpp"
#include "http/curl/handle.hpp"
#include "http/curl/shared.hpp"
#include "threads/background.hpp"
#include "threads/fork.hpp"
#include "threads/guards.hpp"

namespace segment::inline SEGMENT_ABI::http {
namespace {

// Never undone: another part of the program may use libcurl, and nobody knows when it stops.
void initialise_libcurl() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
      throw std::runtime_error("libcurl could not be initialised");
    }
    static_cast<void>(detail::accepted_encodings());
    // Ends the threads that use libcurl and its TLS library before the exit handlers of those run.
    segment::detail::end_all_at_exit();
  });
}

}  // namespace

struct CurlTransport::State {
  struct OfProcess {
    explicit OfProcess(const CurlOptions& options)
        : shared(std::make_shared<detail::Shared>(options)), handles(options, shared) {}

    const std::shared_ptr<detail::Shared> shared;
    detail::HandlePool handles;
  };

  explicit State(CurlOptions given) : options(std::move(given)) {}

  OfProcess& of_this_process() {
    return of_process.get([this] { return std::make_unique<OfProcess>(options); });
  }

  const CurlOptions options;
  std::atomic<bool> has_spoken_tls = false;
  segment::detail::PerProcess<OfProcess> of_process{};
};

CurlTransport::CurlTransport(CurlOptions options) {
  initialise_libcurl();
  state_ = std::make_shared<State>(std::move(options));
}

CurlTransport::~CurlTransport() = default;

Outcome CurlTransport::send(const Request& request) {
  if (auto failure = detail::unfit(request)) return *std::move(failure);
  // The transport may be destroyed before the response arrives; then this closes its connections.
  const std::shared_ptr<State> state = state_;
  if (!state->has_spoken_tls && !detail::is_plain_http(request.url)) state->has_spoken_tls = true;
  detail::HandlePool& handles = state->of_this_process().handles;
  std::optional<segment::detail::SigpipeGuard> guard;  // ends after the handle, if that is closed
  std::unique_ptr<detail::Handle> handle = handles.take();
  // Only TLS writes to sockets in a way that can raise the signal. Read the flag after taking the
  // handle, which an earlier call may have used for TLS.
  if (state->has_spoken_tls) guard.emplace();
  Outcome outcome = handle->send(request, state->options);
  handles.give_back(std::move(handle));
  return outcome;
}

std::unique_ptr<Engine> CurlTransport::engine() {
  return std::make_unique<detail::CurlEngine>(state_->options, state_->of_this_process().shared);
}

}  // namespace segment::inline SEGMENT_ABI::http
