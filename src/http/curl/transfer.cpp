#include "transfer.hpp"

#include <string_view>
#include <utility>

namespace segment::inline SEGMENT_ABI::http::detail {

using std::chrono::steady_clock;

void Transfer::take(const Request& request, OnOutcome done, std::function<void()> on_stop) {
  request_ = &request;
  done_ = std::move(done);
  const auto timeout = request.limits.attempt_timeout;
  constexpr auto ages = std::chrono::hours{24 * 365};  // beyond it the clock could overflow
  if (timeout.count() > 0 && timeout < ages) expiry_ = steady_clock::now() + timeout;
  if (request.stop.stop_possible()) on_stop_.emplace(request.stop, std::move(on_stop));
}

OnOutcome Transfer::release() {
  on_stop_.reset();
  exchange_.reset();
  expiry_.reset();
  request_ = nullptr;
  return std::exchange(done_, {});
}

void Transfer::set_up(const CurlOptions& options, Reuse reuse, KeptSockets& kept) {
  exchange_.reset();  // the old one unsets what the new one sets
  exchange_.emplace(easy_, *request_, options, reuse, &kept);
  curl_easy_setopt(easy(), CURLOPT_PRIVATE, this);
  kept.follow(easy());
  if (options.max_idle_connections == 0) curl_easy_setopt(easy(), CURLOPT_FORBID_REUSE, 1L);
  // Where HTTP/2 may come of it, better wait for the connection that is being made than make more.
  if (options.http2 && same_name(std::string_view(request_->url).substr(0, 6), "https:")) {
    curl_easy_setopt(easy(), CURLOPT_PIPEWAIT, 1L);
  }
}

}  // namespace segment::inline SEGMENT_ABI::http::detail
