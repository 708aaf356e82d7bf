#include "transfer.hpp"

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

std::optional<Failure> Transfer::begin(CURLM* multi, const CurlOptions& options,
                                       Connections& connections) {
  exchange_.emplace(easy_, multi, *request_, options, connections);
  curl_easy_setopt(easy(), CURLOPT_PRIVATE, this);
  return exchange_->begin();
}

}  // namespace segment::inline SEGMENT_ABI::http::detail
