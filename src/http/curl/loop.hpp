#pragma once

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "connections.hpp"
#include "multi.hpp"
#include "segment/http/curl_transport.hpp"
#include "segment/http/request.hpp"
#include "segment/http/transport.hpp"
#include "sockets.hpp"
#include "wake_pipe.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

class Transfer;

/// Carries any number of exchanges at once on one thread and one multi handle. Each needs a
/// connection of its own while it lasts; those beyond `CurlOptions::max_connections` wait here, for
/// which their time-out counts.
///
/// Copying: not copyable. Cost: a thread, from the first exchange on. Thread safety: any thread.
class Loop : public std::enable_shared_from_this<Loop> {
 public:
  explicit Loop(const CurlOptions& options, IdleClock idle_clock = &BootClock::now);
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// Begins an exchange.
  ///
  /// \param request must pass `can_be_sent`, and stay until `done` is called.
  /// \param done called on the loop's thread, and never within this.
  /// \throws std::system_error where there is no thread to be had; `done` is not called then.
  void start(const Request& request, OnOutcome done);

  /// Lets the exchanges under way come to their end, and the thread with them: waits for that but
  /// on the loop's own thread. Nothing is to be begun any more.
  void close();

 private:
  void run();
  [[nodiscard]] bool take_submitted();
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
  [[nodiscard]] std::unique_ptr<Transfer> take_out(Transfer& transfer);
  void sleep();
  void wake();
  void request_stop();
  [[nodiscard]] std::unique_ptr<Transfer> make(const Request& request, OnOutcome done);

  const CurlOptions options_;
  const std::size_t max_connections_;
  WakePipe wake_pipe_;

  std::mutex mutex_;  // of what other threads touch: from here to `thread_`
  std::vector<std::unique_ptr<Transfer>> submitted_{};
  std::vector<std::unique_ptr<Transfer>> idle_{};
  bool asleep_ = false;
  bool stop_requested_ = false;
  bool closing_ = false;
  std::thread thread_{};

  // The multi handle must go before what it points to.
  Connections connections_;
  std::unique_ptr<Sockets> sockets_{};
  Multi multi_;
  std::vector<std::unique_ptr<Transfer>> active_{};
  std::deque<std::unique_ptr<Transfer>> waiting_{};                      // for a connection
  std::optional<std::chrono::steady_clock::time_point> first_expiry_{};  // of them all, or sooner
};

}  // namespace segment::inline SEGMENT_ABI::http::detail
