#pragma once

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>

#include "connections.hpp"
#include "exchange.hpp"
#include "segment/http/transport.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// The exchange of an asynchronous call, with the transfer of libcurl's that it runs on, which
/// serves the next one after it.
///
/// Copying: not copyable. Cost: some kilobytes. Thread safety: one thread at a time.
class Transfer {
 public:
  /// Takes a request.
  ///
  /// \param on_stop called on any thread, when the request's stop is requested.
  void take(const Request& request, OnOutcome done, std::function<void()> on_stop);

  /// Forgets the request and all that libcurl was told of it.
  [[nodiscard]] OnOutcome release();

  /// Has libcurl begin.
  ///
  /// \return why it could not.
  [[nodiscard]] std::optional<Failure> begin(CURLM* multi, const CurlOptions& options,
                                             Connections& connections);

  [[nodiscard]] CURL* easy() const noexcept { return easy_.get(); }
  [[nodiscard]] Exchange& exchange() noexcept { return *exchange_; }
  /// The local port of its connection; 0: none.
  [[nodiscard]] long local_port() const noexcept { return exchange_ ? exchange_->local_port() : 0; }
  [[nodiscard]] bool stop_requested() const noexcept { return request_->stop.stop_requested(); }
  /// When its time-out ends it, also while it waits.
  [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> expiry() const noexcept {
    return expiry_;
  }

  /// Where it stands among those under way; for the loop.
  std::size_t place = 0;

 private:
  Easy easy_{};
  const Request* request_ = nullptr;
  OnOutcome done_{};
  std::optional<std::chrono::steady_clock::time_point> expiry_{};
  std::optional<Exchange> exchange_{};
  std::optional<std::stop_callback<std::function<void()>>> on_stop_{};
};

}  // namespace segment::inline SEGMENT_ABI::http::detail
