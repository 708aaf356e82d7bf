#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <cstdlib>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "segment/http/transport.hpp"
#include "support/patience.hpp"

namespace segment::testing {

/// A transport that holds every request until the test responds to it, and records the maximum held
/// at the same time.
class HeldTransport final : public http::Transport {
 public:
  [[nodiscard]] http::Outcome send(const http::Request&) override { std::abort(); }

  void start(const http::Request& request, http::OnOutcome done) override {
    const std::scoped_lock lock(mutex_);
    urls_.push_back(request.url);
    held_.push_back(std::move(done));
    newest_stop_ = request.stop;
    most_ = std::max(most_, held_.size());
    changed_.notify_all();
  }

  /// Responds to the request that has been held the longest.
  void respond(http::Outcome outcome) {
    http::OnOutcome done;
    {
      std::unique_lock lock(mutex_);
      if (!changed_.wait_for(lock, test::patience, [&] { return !held_.empty(); })) return;
      done = std::move(held_.front());
      held_.erase(held_.begin());
    }
    done(std::move(outcome));
  }
  void respond(int status, std::string body) {
    respond(http::Response{status, {}, std::move(body)});
  }

  /// Waits until this many are held; false if that takes too long.
  [[nodiscard]] bool wait_for_held(std::size_t count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, test::patience, [&] { return held_.size() >= count; });
  }

  [[nodiscard]] std::size_t held() const {
    const std::scoped_lock lock(mutex_);
    return held_.size();
  }
  /// Whether the newest request was to be stopped.
  [[nodiscard]] bool is_stopped() const {
    const std::scoped_lock lock(mutex_);
    return newest_stop_.stop_requested();
  }
  [[nodiscard]] std::size_t most() const {
    const std::scoped_lock lock(mutex_);
    return most_;
  }
  /// In the order of the requests.
  [[nodiscard]] std::vector<std::string> urls() const {
    const std::scoped_lock lock(mutex_);
    return urls_;
  }

 private:
  mutable std::mutex mutex_{};
  std::condition_variable changed_{};
  std::vector<http::OnOutcome> held_{};
  std::vector<std::string> urls_{};
  std::size_t most_ = 0;
  std::stop_token newest_stop_{};
};

}  // namespace segment::testing
