#pragma once

#include <httplib.h>

#include <atomic>
#include <functional>
#include <list>
#include <thread>
#include <utility>

namespace segment::sandbox {

/// Gives each connection a thread of its own: a pool would let idle kept-alive connections hold up
/// the next client.
class ConnectionThreads final : public httplib::TaskQueue {
 public:
  // Later versions want to know whether there was room.
  using Enqueued = decltype(std::declval<httplib::TaskQueue&>().enqueue({}));

  Enqueued enqueue(std::function<void()> connection) override {
    threads_.remove_if([](const Entry& entry) { return entry.done.load(); });
    Entry& entry = threads_.emplace_back();
    entry.thread = std::jthread([&done = entry.done, serve = std::move(connection)] {
      serve();
      done = true;
    });
    return static_cast<Enqueued>(true);
  }

  void shutdown() override { threads_.clear(); }

 private:
  struct Entry {
    std::atomic<bool> done = false;
    std::jthread thread{};  // joins where the entry goes
  };

  std::list<Entry> threads_;  // touched by the accepting thread alone
};

}  // namespace segment::sandbox
