#pragma once

#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "segment/sandbox/sandbox.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Where other programs read the log: not a path of the API.
inline constexpr std::string_view request_log_path = "/_sandbox/requests";

/// The most recent requests. Every member may be called from any thread.
class RequestLog {
 public:
  /// \param max_requests older ones are forgotten.
  explicit RequestLog(std::size_t max_requests) : max_requests_(max_requests) {}

  void add(RequestRecord record);

  /// In the order of their responses.
  [[nodiscard]] std::vector<RequestRecord> all() const;

  /// The same as a response body, with the number of older ones that were forgotten.
  [[nodiscard]] std::string body() const;

 private:
  std::size_t max_requests_;
  mutable std::mutex mutex_;
  std::deque<RequestRecord> records_;
  std::size_t forgotten_ = 0;
};

}  // namespace segment::inline SEGMENT_ABI::sandbox
