#pragma once

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "http/curl/connections.hpp"
#include "http/curl/exchange.hpp"
#include "http/curl/shared.hpp"
#include "http/curl/sockets.hpp"
#include "segment/http/curl_transport.hpp"
#include "segment/http/request.hpp"
#include "segment/http/transport.hpp"
#include "threads/fork.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// The exchange of an asynchronous call, with the libcurl transfer that it runs on, which later
/// exchanges reuse.
///
/// Copying: not copyable. Cost: some kilobytes. Thread safety: one thread at a time.
class Transfer {
 public:
  explicit Transfer(std::shared_ptr<Shared> shared) : easy_(std::move(shared)) {}

  /// Takes a request.
  ///
  /// \param on_stop called on any thread when the request is asked to stop.
  void take(const Request& request, OnOutcome done, std::function<void()> on_stop);

  /// Forgets the request and everything that libcurl was told about it.
  [[nodiscard]] OnOutcome release();

  /// Starts the exchange.
  ///
  /// \return the reason if it could not be started.
  [[nodiscard]] std::optional<Failure> begin(CURLM* multi, const CurlOptions& options,
                                             Connections& connections);

  [[nodiscard]] CURL* easy() const noexcept { return easy_.get(); }
  [[nodiscard]] Exchange& exchange() noexcept { return *exchange_; }
  /// The local port of its connection; 0: none.
  [[nodiscard]] long local_port() const noexcept { return exchange_ ? exchange_->local_port() : 0; }
  [[nodiscard]] bool stop_requested() const noexcept { return request_->stop.stop_requested(); }
  /// When its timeout ends it, even while it waits.
  [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> expiry() const noexcept {
    return expiry_;
  }

  /// Its index among the active transfers; for the engine.
  std::size_t place = 0;

 private:
  Easy easy_;
  const Request* request_ = nullptr;
  OnOutcome done_{};
  std::optional<std::chrono::steady_clock::time_point> expiry_{};
  std::optional<Exchange> exchange_{};
  std::optional<std::stop_callback<std::function<void()>>> on_stop_{};
};

/// Carries any number of exchanges at once on one multi handle. Each needs its own connection;
/// those beyond `CurlOptions::max_connections` wait here, which counts towards their timeout.
///
/// Copying: not copyable. Cost: some descriptors. Thread safety: as any engine.
class CurlEngine final : public Engine {
 public:
  /// \param shared by its transfers, and with the transport's blocking calls.
  /// \throws std::system_error if the system has no descriptors left.
  CurlEngine(const CurlOptions& options, std::shared_ptr<Shared> shared,
             IdleClock idle_clock = &BootClock::now);
  ~CurlEngine() override;

  void start(const Request& request, OnOutcome done) override;
  void poll(std::chrono::milliseconds longest) override;
  void wake() noexcept override;

 private:
  struct Ended {
    OnOutcome done;
    Outcome outcome;
  };

  void sleep(std::chrono::milliseconds longest);
  void take_submitted();
  void begin_waiting();
  void begin(std::unique_ptr<Transfer> transfer);
  void end_old_connections();
  void end_finished();
  void end_stopped();
  void end_expired();
  [[nodiscard]] bool has_expired(const Transfer& transfer,
                                 std::chrono::steady_clock::time_point now,
                                 std::chrono::milliseconds grace);
  template <class Condition>
  void end_waiting_where(Condition condition, FailureKind kind, const char* message);
  void end_waiting(std::unique_ptr<Transfer> transfer, FailureKind kind, const char* message);
  void end(Transfer& transfer, Outcome outcome);
  void deliver();
  [[nodiscard]] std::unique_ptr<Transfer> take_out(Transfer& transfer);
  void wake_sleeper() noexcept;
  void request_stop();
  [[nodiscard]] std::unique_ptr<Transfer> make(const Request& request, OnOutcome done);

  const CurlOptions options_;
  const std::shared_ptr<Shared> shared_;
  const std::size_t max_connections_;
  const unsigned generation_ = segment::detail::process_generation();

  std::mutex mutex_;  // guards what other threads touch, down to `must_not_sleep_`
  std::vector<std::unique_ptr<Transfer>> submitted_{};
  std::vector<std::unique_ptr<Transfer>> idle_{};
  bool asleep_ = false;
  bool stop_requested_ = false;
  bool must_not_sleep_ = false;

  // The multi handle must be destroyed before what it points to.
  Connections connections_;
  std::unique_ptr<Sockets> sockets_{};
  Multi multi_;
  std::vector<std::unique_ptr<Transfer>> active_{};
  std::deque<std::unique_ptr<Transfer>> waiting_{};                      // for a connection
  std::vector<Ended> ended_{};                                           // not yet delivered
  std::optional<std::chrono::steady_clock::time_point> first_expiry_{};  // of all, or earlier
};

}  // namespace segment::inline SEGMENT_ABI::http::detail
