#include "send_and_wait.hpp"

#include <stop_token>
#include <utility>

#include "exchange.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {
namespace {

// Only a net below the wake-ups: libcurl's own timers make a poll shorter.
constexpr int longest_poll_milliseconds = 60'000;

// A transfer on its driver, for as long as this lives.
class Attached {
 public:
  explicit Attached(Handle& handle)
      : handle_(handle),
        attached_(curl_multi_add_handle(handle.multi(), handle.easy().get()) == CURLM_OK) {}
  ~Attached() {
    handle_.note_kept_connection();
    curl_multi_remove_handle(handle_.multi(), handle_.easy().get());
  }
  Attached(const Attached&) = delete;
  Attached& operator=(const Attached&) = delete;

  [[nodiscard]] bool is_attached() const noexcept { return attached_; }

 private:
  Handle& handle_;
  const bool attached_;
};

CURLcode result_of(CURLM* multi) {
  int left = 0;
  const CURLMsg* message = curl_multi_info_read(multi, &left);
  if (message == nullptr || message->msg != CURLMSG_DONE) return CURLE_FAILED_INIT;
  return message->data.result;
}

Outcome wait(CURLM* multi, Exchange& exchange, const std::stop_token& stop) {
  const std::stop_callback wake_up(stop, [multi] { curl_multi_wakeup(multi); });
  while (true) {
    int running = 0;
    if (curl_multi_perform(multi, &running) != CURLM_OK) break;
    if (running == 0) return exchange.conclude(result_of(multi));
    if (stop.stop_requested()) {
      return exchange.failure(FailureKind::cancelled, "The request was cancelled.");
    }
    if (curl_multi_poll(multi, nullptr, 0, longest_poll_milliseconds, nullptr) != CURLM_OK) break;
  }
  return exchange.failure(FailureKind::other, "libcurl could not carry the request on.");
}

}  // namespace

Outcome send_and_wait(Handle& handle, const Request& request, const CurlOptions& options) {
  Exchange exchange(handle.easy(), request, options,
                    handle.has_unasked_input() ? Reuse::none : Reuse::kept);
  if (auto failure = exchange.unready()) return *std::move(failure);
  const Attached attached(handle);
  if (!attached.is_attached()) {
    return exchange.failure(FailureKind::other, "libcurl could not begin the request.");
  }
  return wait(handle.multi(), exchange, request.stop);
}

}  // namespace segment::inline SEGMENT_ABI::http::detail
