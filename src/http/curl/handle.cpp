#include "handle.hpp"

#include <iterator>
#include <new>
#include <utility>
#include <vector>

#include "readable.hpp"

namespace segment::http::detail {

Handle::Handle() : multi_(curl_multi_init()) {
  if (multi_ == nullptr) throw std::bad_alloc();
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, 1L);
}

void Handle::note_kept_connection() noexcept {
  kept_socket_ = CURL_SOCKET_BAD;
  if (!was_http2(easy_.get())) {
    curl_easy_getinfo(easy_.get(), CURLINFO_ACTIVESOCKET, &kept_socket_);
  }
}

bool Handle::has_unasked_input() const noexcept {
  return kept_socket_ != CURL_SOCKET_BAD && is_readable(kept_socket_);
}

std::unique_ptr<Handle> HandlePool::take() {
  {
    const std::scoped_lock lock(mutex_);
    if (!idle_.empty()) {
      const auto found = best();
      std::unique_ptr<Handle> handle = std::move(found->handle);
      idle_.erase(found);
      return handle;
    }
  }
  return std::make_unique<Handle>();
}

// The newest, but for one of this thread's own that was used hardly before it. There is one.
std::deque<HandlePool::Idle>::iterator HandlePool::best() {
  constexpr std::chrono::milliseconds hardly{100};
  const auto newest = std::prev(idle_.end());
  const auto self = std::this_thread::get_id();
  for (auto at = newest; newest->since - at->since <= hardly; --at) {
    if (at->used_by == self) return at;
    if (at == idle_.begin()) break;
  }
  return newest;
}

void HandlePool::give_back(std::unique_ptr<Handle> handle) {
  const auto now = std::chrono::steady_clock::now();
  std::vector<Idle> closing;  // Destroyed after the lock is let go: closing TLS writes to sockets.
  const std::scoped_lock lock(mutex_);
  idle_.push_back({std::move(handle), now, std::this_thread::get_id()});
  // One that waited too long only holds a socket that the server has closed, or soon will.
  while (!idle_.empty() && (idle_.size() > max_idle_ || now - idle_.front().since > longest_idle)) {
    closing.push_back(std::move(idle_.front()));
    idle_.pop_front();
  }
}

}  // namespace segment::http::detail
