#pragma once

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <thread>
#include <utility>

#include "segment/http/transport.hpp"
#include "threads/library_thread.hpp"

namespace segment::test {

/// An engine with a thread that drives it, like the one in a client.
class DrivenEngine {
 public:
  explicit DrivenEngine(std::unique_ptr<http::Engine> engine) : engine_(std::move(engine)) {}
  ~DrivenEngine() {
    is_over_ = true;
    engine_->wake();
    thread_.join();
  }
  DrivenEngine(const DrivenEngine&) = delete;
  DrivenEngine& operator=(const DrivenEngine&) = delete;

  [[nodiscard]] http::Outcome send(const http::Request& request) {
    std::promise<http::Outcome> promise;
    engine_->start(request, [&](http::Outcome outcome) { promise.set_value(std::move(outcome)); });
    return promise.get_future().get();
  }

 private:
  const std::unique_ptr<http::Engine> engine_;
  std::atomic<bool> is_over_ = false;
  std::thread thread_ = detail::begin_library_thread("segment-test", [this] {
    while (!is_over_) engine_->poll(std::chrono::hours{1});
  });
};

}  // namespace segment::test
