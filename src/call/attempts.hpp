#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include "call/core.hpp"
#include "call/prepared_call.hpp"
#include "segment/http/policy.hpp"
#include "segment/http/request.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The attempts of one call, one after the other: the request of each, and the policies around it.
///
/// Copying: not copyable. Cost: the request. Thread safety: none.
class Attempts {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// Both are kept by reference.
  ///
  /// \param call_number counts the client's calls.
  /// \param stop stops the call; kept by reference too.
  Attempts(const Core& core, const PreparedCall& call, std::uint64_t call_number, bool idempotent,
           const std::stop_token& stop);
  ~Attempts();
  Attempts(const Attempts&) = delete;
  Attempts& operator=(const Attempts&) = delete;

  /// How many were made so far: the number of the newest.
  [[nodiscard]] int count() const noexcept { return count_; }

  /// The newest request.
  [[nodiscard]] const http::Request& request() const noexcept { return request_; }

  /// Makes the request of the next attempt, and shows it to the policies.
  ///
  /// \return what a policy answered in the server's stead; nothing: the request is to be sent.
  [[nodiscard]] std::optional<http::Outcome> prepare();

  /// Counts the attempt that was prepared.
  void begin() noexcept { ++count_; }

  /// Has the attempt end by then.
  ///
  /// \return false where that is now.
  [[nodiscard]] bool end_by(std::optional<TimePoint> limit);

  /// Shows the outcome to the policies that saw the request, the last one first.
  void complete(http::Outcome& outcome);

 private:
  void set_headers();
  void set_request();

  const Core& core_;
  const PreparedCall& call_;
  const std::uint64_t call_number_;
  const bool idempotent_;
  const std::stop_token& stop_;
  http::Request request_;
  std::vector<http::Attempt> seen_;  // one for each policy that saw the request
  int count_ = 0;
};

}  // namespace segment::inline SEGMENT_ABI::detail
