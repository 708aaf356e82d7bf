#include "handle.hpp"

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
      std::unique_ptr<Handle> handle = std::move(idle_.back().handle);
      idle_.pop_back();
      return handle;
    }
  }
  return std::make_unique<Handle>();
}

void HandlePool::give_back(std::unique_ptr<Handle> handle) {
  const auto now = std::chrono::steady_clock::now();
  std::vector<Idle> closing;  // Destroyed after the lock is let go: closing TLS writes to sockets.
  const std::scoped_lock lock(mutex_);
  idle_.push_back({std::move(handle), now});
  // One that waited too long only holds a socket that the server has closed, or soon will.
  while (!idle_.empty() && (idle_.size() > max_idle_ || now - idle_.front().since > longest_idle)) {
    closing.push_back(std::move(idle_.front()));
    idle_.pop_front();
  }
}

}  // namespace segment::http::detail
