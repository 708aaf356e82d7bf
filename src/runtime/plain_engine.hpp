#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>

#include "segment/http/transport.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The engine of a transport that has none: it sends by itself, and all that is left to do here is
/// to sleep.
///
/// Copying: not copyable. Cost: small. Thread safety: as any engine.
class PlainEngine final : public http::Engine {
 public:
  explicit PlainEngine(std::shared_ptr<http::Transport> transport) noexcept
      : transport_(std::move(transport)) {}

  void start(const http::Request& request, http::OnOutcome done) override {
    transport_->start(request, std::move(done));
  }

  void poll(std::chrono::milliseconds longest) override {
    std::unique_lock lock(mutex_);
    woken_up_.wait_for(lock, longest, [this] { return is_awake_; });
    is_awake_ = false;
  }

  void wake() noexcept override {
    const std::scoped_lock lock(mutex_);
    is_awake_ = true;
    woken_up_.notify_one();
  }

 private:
  const std::shared_ptr<http::Transport> transport_;
  std::mutex mutex_{};
  std::condition_variable woken_up_{};
  bool is_awake_ = false;
};

}  // namespace segment::inline SEGMENT_ABI::detail
