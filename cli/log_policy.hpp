#pragma once

#include <chrono>

#include "segment/http/policy.hpp"

namespace segment::cli {

/// Tells each try on standard error, on one line: the operation and its path's template, never the
/// path as it was filled in, which can hold a write key. For one call at a time.
class LogPolicy final : public http::Policy {
 public:
  void before_send(http::Request& request, const http::Try& attempt) override;
  void after_send(const http::Outcome& outcome, const http::Try& attempt) override;

 private:
  std::chrono::steady_clock::time_point sent_{};
};

}  // namespace segment::cli
