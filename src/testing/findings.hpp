#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "segment/testing/conformance.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

/// Collects what a check finds.
///
/// Copying: not needed. Cost: the findings. Thread safety: any thread may report findings.
class Findings {
 public:
  explicit Findings(const ConformanceOptions& options) : options_(options) {}

  /// \return the condition itself.
  bool expect(bool holds, const std::string& otherwise) {
    const std::scoped_lock lock(mutex_);
    if (!holds) all_.push_back({rule_, otherwise});
    return holds;
  }

  /// Waits on the machine's clock until a condition holds, for as long as `patience` allows.
  ///
  /// \return whether it came to hold.
  template <class Condition>
  bool wait_for(const Condition& condition) const {
    const auto end = std::chrono::steady_clock::now() + options_.patience;
    while (!condition()) {
      if (std::chrono::steady_clock::now() >= end) return false;
      if (options_.while_waiting) options_.while_waiting();
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return true;
  }

  /// Runs a part of a check: findings during it, and exceptions from it, break its rule.
  template <class Part>
  void run(std::string sentence, const Part& part) {
    rule_ = std::move(sentence);
    try {
      part();
    } catch (const std::exception& error) {
      expect(false, std::string("it threw: ") + error.what());
    }
  }

  /// Runs a part of a check in several threads, and waits for them.
  ///
  /// \param part is called with the number of its thread, from 0.
  template <class Part>
  void run_in_threads(int count, const Part& part) {
    std::vector<std::jthread> threads;
    for (int number = 0; number < count; ++number) {
      threads.emplace_back([&, number] {
        try {
          part(number);
        } catch (const std::exception& error) {
          expect(false, std::string("it threw: ") + error.what());
        }
      });
    }
  }

  [[nodiscard]] const ConformanceOptions& options() const noexcept { return options_; }
  [[nodiscard]] std::vector<ConformanceFinding> all() && { return std::move(all_); }

 private:
  const ConformanceOptions& options_;
  std::mutex mutex_{};
  std::string rule_;
  std::vector<ConformanceFinding> all_;
};

}  // namespace segment::inline SEGMENT_ABI::testing::detail
