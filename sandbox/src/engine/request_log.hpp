#pragma once

#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "segment/sandbox/sandbox.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Where a program that is not this one reads the log: no path of the API's.
inline constexpr std::string_view request_log_path = "/_sandbox/requests";

/// The newest requests. Every member may be called from any thread.
class RequestLog {
 public:
  /// \param max_requests older ones are forgotten.
  explicit RequestLog(std::size_t max_requests) : max_requests_(max_requests) {}

  void add(RequestRecord record);

  /// In the order in which they were answered.
  [[nodiscard]] std::vector<RequestRecord> all() const;

  /// The same as the body of an answer, with how many older ones were forgotten.
  [[nodiscard]] std::string body() const;

 private:
  std::size_t max_requests_;
  mutable std::mutex mutex_;
  std::deque<RequestRecord> records_;
  std::size_t forgotten_ = 0;
};

}  // namespace segment::inline SEGMENT_ABI::sandbox
