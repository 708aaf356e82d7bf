#include "handle.hpp"

#include <iterator>
#include <new>
#include <utility>

#include "socket_state.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

Handle::Handle() : multi_(curl_multi_init()) {
  if (multi_ == nullptr) throw std::bad_alloc();
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, 1L);
}

void Handle::note_kept_connection() noexcept {
  kept_socket_ = CURL_SOCKET_BAD;
  keeps_http2_ = was_http2(easy_.get());
  curl_easy_getinfo(easy_.get(), CURLINFO_ACTIVESOCKET, &kept_socket_);
}

// Over HTTP/2 the server has reasons of its own to send unasked.
bool Handle::has_unasked_input() const noexcept {
  return kept_socket_ != CURL_SOCKET_BAD && !keeps_http2_ && is_readable(kept_socket_);
}

bool Handle::connection_has_ended() const noexcept {
  return kept_socket_ != CURL_SOCKET_BAD && has_ended(kept_socket_);
}

std::unique_ptr<Handle> HandlePool::take() {
  Closing closing;
  {
    const std::scoped_lock lock(mutex_);
    take_out_old(clock_(), closing);
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
  const auto now = clock_();
  Closing closing;
  const std::scoped_lock lock(mutex_);
  idle_.push_back({std::move(handle), now, std::this_thread::get_id()});
  take_out_old(now, closing);
  take_out_ended(now, closing);
}

std::size_t HandlePool::idle() {
  const std::scoped_lock lock(mutex_);
  return idle_.size();
}

// One that waited too long only holds a socket that the server has closed, or soon will.
void HandlePool::take_out_old(BootClock::time_point now, Closing& closing) {
  while (!idle_.empty() && (idle_.size() > max_idle_ || now - idle_.front().since > longest_idle)) {
    closing.push_back(std::move(idle_.front()));
    idle_.pop_front();
  }
}

void HandlePool::take_out_ended(BootClock::time_point now, Closing& closing) {
  if (now - last_look_ < between_looks) return;
  last_look_ = now;
  std::erase_if(idle_, [&](Idle& idle) {
    const bool has_ended = idle.handle->connection_has_ended();
    if (has_ended) closing.push_back(std::move(idle));
    return has_ended;
  });
}

}  // namespace segment::inline SEGMENT_ABI::http::detail
