#pragma once

#include <httplib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <utility>

#include "wire/idle_connections.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Gives each connection a thread of its own, up to a limit: in a pool, idle kept-alive connections
/// would hold up the next client. At the limit an idle connection is closed; if none is idle, the
/// new one is turned away.
class ConnectionThreads final : public httplib::TaskQueue {
 public:
  // Later versions of the library expect whether there was room.
  using Enqueued = decltype(std::declval<httplib::TaskQueue&>().enqueue({}));

  ConnectionThreads(IdleConnections& idle, std::size_t max_connections)
      : idle_(idle), max_connections_(max_connections) {}

  Enqueued enqueue(std::function<void()> connection) override {
    remove_done();
    while (threads_.size() >= max_connections_ && idle_.end_oldest(patience)) wait_for_one();
    remove_done();
    if (threads_.size() >= max_connections_) {
      turning_away = true;
      connection();
      turning_away = false;
    } else {
      start(std::move(connection));
    }
    return static_cast<Enqueued>(true);
  }

  void shutdown() override { threads_.clear(); }

  /// Whether the connection that this thread is about to serve is one too many.
  [[nodiscard]] static bool turns_away() noexcept { return turning_away; }

 private:
  struct Entry {
    std::atomic<bool> done = false;
    std::jthread thread{};  // joins when the entry is destroyed
  };

  void start(std::function<void()> connection) {
    Entry& entry = threads_.emplace_back();
    entry.thread = std::jthread([this, &done = entry.done, serve = std::move(connection)] {
      serve();
      const std::scoped_lock lock(mutex_);
      done = true;
      one_is_done_.notify_all();
    });
  }

  void remove_done() {
    threads_.remove_if([](const Entry& entry) { return entry.done.load(); });
  }

  void wait_for_one() {
    std::unique_lock lock(mutex_);
    one_is_done_.wait(lock, [&] {
      return std::ranges::any_of(threads_, [](const Entry& entry) { return entry.done.load(); });
    });
    lock.unlock();
    remove_done();
  }

  // How long a connection waits, if all others are busy, before it is turned away.
  static constexpr std::chrono::milliseconds patience{1000};

  inline static thread_local bool turning_away = false;

  IdleConnections& idle_;
  std::size_t max_connections_;
  std::mutex mutex_;
  std::condition_variable one_is_done_;
  std::list<Entry> threads_;  // used by the accepting thread only
};

}  // namespace segment::inline SEGMENT_ABI::sandbox
