#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connection.hpp"
#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI::redis {

using TimePoint = std::chrono::steady_clock::time_point;  // of the clock that a limiter is given
using std::chrono::milliseconds;

/// Permits that were used without the store knowing.
struct Use {
  TimePoint at{};
  int count = 0;
};

/// What is requested from the fleet's budget for an operation.
struct TakeRequest {
  std::string_view operation{};
  int limit = 0;
  milliseconds period{};
  milliseconds hold{};  ///< how long permits may be kept before they are used
  int wanted = 0;
  std::vector<Use> uses{};
};

struct TakeReply {
  int granted = 0;
  milliseconds wait{};     ///< if nothing is granted: until there is more
  milliseconds age{};      ///< how long the store has known what the fleet does
  std::int64_t epoch = 0;  ///< changes when the store has forgotten everything
  int taken = 0;           ///< permits of the whole fleet
};

/// The fleet's budgets on the Redis server. A failure is reported with an event, and then the
/// server is left alone for a while: meanwhile every function returns nothing at once.
///
/// Copying: not copyable. Cost: a connection. Thread safety: none.
class Store {
 public:
  /// \param is_scripted uses the times of the calls instead of the server's: for tests.
  Store(const RateLimiterOptions& options, bool is_scripted);

  /// Takes permits, and reports uses. Nothing if the store is unavailable.
  [[nodiscard]] std::optional<TakeReply> take(const TakeRequest& request, TimePoint now);

  /// Pauses the whole fleet for this long: for an operation, or for the token if that is empty.
  void block(std::string_view operation, milliseconds wait, TimePoint now);

  /// Tells the fleet that a monthly quota is used up, for an hour at most.
  void quota_used_up(const std::string& category, milliseconds wait, TimePoint now);

  /// For how long it is used up, as far as the fleet knows. Nothing if it is not, or is unknown.
  [[nodiscard]] std::optional<milliseconds> quota_used_up(const std::string& category,
                                                          TimePoint now);

  [[nodiscard]] bool is_lost() const noexcept { return is_lost_; }

 private:
  [[nodiscard]] std::optional<Reply> exchange(const std::vector<std::string>& words, TimePoint now);
  [[nodiscard]] std::optional<Reply> run_script(std::vector<std::string> words, TimePoint now);
  [[nodiscard]] std::string key(std::string_view name) const;
  [[nodiscard]] std::string scripted_time(TimePoint now) const;
  void lose(const std::string& reason, TimePoint now, std::chrono::nanoseconds took);
  void restore();
  void tell(const StoreEvent& event) const noexcept;

  const RateLimiterOptions& options_;
  const bool is_scripted_;
  std::unique_ptr<Connection> connection_{};
  std::string script_{};  // its digest
  bool is_lost_ = false;
  TimePoint left_alone_until_{};
};

}  // namespace segment::inline SEGMENT_ABI::redis
