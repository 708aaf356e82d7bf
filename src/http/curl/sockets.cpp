#include "http/curl/sockets.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstddef>
#include <exception>
#include <iterator>
#include <mutex>
#include <system_error>
#include <vector>

#include "threads/fork.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

// Open sockets ------------------------------------------------------------------------------------

namespace {

using segment::detail::call_in_forked_child;
using segment::detail::ForkLock;

struct OpenSocket {
  curl_socket_t socket;
  ino_t inode;  // differs if the number belongs to something else by now
};

// Access requires the ForkLock. Never destroyed, since libcurl may close sockets while the program
// ends.
std::vector<OpenSocket>& open_sockets() noexcept {
  static std::vector<OpenSocket>& sockets = *new std::vector<OpenSocket>;
  return sockets;
}

ino_t inode_of(curl_socket_t socket) noexcept {
  struct stat status {};
  return ::fstat(socket, &status) == 0 ? status.st_ino : 0;
}

void close_all_in_child() {
  for (const OpenSocket& open : open_sockets()) {
    if (inode_of(open.socket) == open.inode) ::close(open.socket);
  }
  open_sockets().clear();
}

// Initialised at load time, before another thread can fork during the initialisation.
[[maybe_unused]] const bool is_closed_in_child =
    (open_sockets(), call_in_forked_child(&close_all_in_child), true);

curl_socket_t new_socket(const curl_sockaddr& address) noexcept {
#if defined(SOCK_CLOEXEC)
  return ::socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
#else
  const curl_socket_t socket = ::socket(address.family, address.socktype, address.protocol);
  if (socket != CURL_SOCKET_BAD) ::fcntl(socket, F_SETFD, FD_CLOEXEC);
  return socket;
#endif
}

}  // namespace

// No fork comes between a socket and its record, here and where it is closed: a child would keep
// the socket open.
curl_socket_t open_socket(const curl_sockaddr& address) noexcept {
  const ForkLock lock;
  const curl_socket_t socket = new_socket(address);
  if (socket == CURL_SOCKET_BAD) return socket;
  try {
    open_sockets().push_back({socket, inode_of(socket)});
  } catch (const std::exception&) {
    ::close(socket);
    return CURL_SOCKET_BAD;
  }
  return socket;
}

int close_socket(curl_socket_t socket) noexcept {
  const ForkLock lock;
  std::erase_if(open_sockets(), [socket](const OpenSocket& open) { return open.socket == socket; });
  return ::close(socket);
}

// Polling -----------------------------------------------------------------------------------------

namespace {

using std::chrono::steady_clock;

short poll_events(int what) {
  short events = 0;
  if ((what & CURL_POLL_IN) != 0) events |= POLLIN;
  if ((what & CURL_POLL_OUT) != 0) events |= POLLOUT;
  return events;
}

int curl_events(short events) {
  int what = 0;
  if ((events & (POLLIN | POLLHUP)) != 0) what |= CURL_CSELECT_IN;
  if ((events & POLLOUT) != 0) what |= CURL_CSELECT_OUT;
  if ((events & (POLLERR | POLLNVAL)) != 0) what |= CURL_CSELECT_ERR;
  return what;
}

// In poll's unit, rounded up, since a timer is not due before its time.
int milliseconds_until(steady_clock::time_point until) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - steady_clock::now());
  return static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(left.count(), 0, INT_MAX));
}

// Close-on-exec from the start, since another thread may start a program at any time.
void make_pipe(int (&ends)[2]) {
#if defined(__APPLE__)
  const int result = ::pipe(ends);
  for (int i = 0; result == 0 && i < 2; ++i) {
    ::fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    ::fcntl(ends[i], F_SETFL, O_NONBLOCK);
  }
#else
  const int result = ::pipe2(ends, O_CLOEXEC | O_NONBLOCK);
#endif
  if (result != 0) throw std::system_error(errno, std::generic_category(), "pipe");
}

}  // namespace

Sockets::Sockets(CURLM* multi) : multi_(multi) {
  make_pipe(wake_pipe_);
  polled_.push_back({wake_pipe_[0], POLLIN, 0});
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &Sockets::on_socket);
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &Sockets::on_timer);
  curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
}

Sockets::~Sockets() {
  for (const int end : wake_pipe_) ::close(end);
}

int Sockets::on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) noexcept {
  auto& sockets = *static_cast<Sockets*>(self);
  if (what == CURL_POLL_REMOVE) {
    sockets.forget(socket);
    return 0;
  }
  try {
    sockets.watch(socket, poll_events(what));
  } catch (const std::exception&) {
    return -1;
  }
  return 0;
}

int Sockets::on_timer(CURLM*, long milliseconds, void* self) noexcept {
  auto& sockets = *static_cast<Sockets*>(self);
  sockets.timer_.reset();
  if (milliseconds >= 0) {
    sockets.timer_ = steady_clock::now() + std::chrono::milliseconds(milliseconds);
  }
  return 0;
}

void Sockets::watch(curl_socket_t socket, short events) {
  const auto number = static_cast<std::size_t>(socket);
  if (number >= place_of_socket_.size()) place_of_socket_.resize(number + 1);
  std::size_t& place = place_of_socket_[number];
  if (place == 0) {
    polled_.push_back({socket, 0, 0});
    place = polled_.size() - 1;
  }
  polled_[place].events = events;
}

void Sockets::forget(curl_socket_t socket) noexcept {
  const auto number = static_cast<std::size_t>(socket);
  if (number >= place_of_socket_.size() || place_of_socket_[number] == 0) return;
  const std::size_t place = place_of_socket_[number];
  place_of_socket_[number] = 0;
  if (place != polled_.size() - 1) {  // the last one takes its place
    polled_[place] = polled_.back();
    place_of_socket_[static_cast<std::size_t>(polled_[place].fd)] = place;
  }
  polled_.pop_back();
}

void Sockets::wait(steady_clock::time_point until, std::vector<pollfd>& also) {
  if (timer_) until = std::min(until, *timer_);
  ready_.clear();
  const std::size_t own = polled_.size();
  polled_.insert(polled_.end(), also.begin(), also.end());
  const int count =
      ::poll(polled_.data(), static_cast<nfds_t>(polled_.size()), milliseconds_until(until));
  std::copy_n(polled_.begin() + static_cast<std::ptrdiff_t>(own), also.size(), also.begin());
  polled_.resize(own);
  if (count <= 0) return;
  std::copy_if(polled_.begin() + 1, polled_.end(), std::back_inserter(ready_),
               [](const pollfd& polled) { return polled.revents != 0; });
  if (polled_.front().revents != 0) take_wake_ups();
}

void Sockets::wake() noexcept {
  // A full pipe wakes up as well.
  [[maybe_unused]] const auto written = ::write(wake_pipe_[1], "w", 1);
}

void Sockets::take_wake_ups() noexcept {
  std::array<char, 64> bytes{};
  while (::read(wake_pipe_[0], bytes.data(), bytes.size()) > 0) {
  }
}

void Sockets::act() {
  int running = 0;
  // Handling one socket may close another; libcurl ignores sockets it no longer knows.
  for (const pollfd& ready : ready_) {
    curl_multi_socket_action(multi_, ready.fd, curl_events(ready.revents), &running);
  }
  ready_.clear();
  if (timer_ && *timer_ <= steady_clock::now()) {
    timer_.reset();
    curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
  }
}

}  // namespace segment::inline SEGMENT_ABI::http::detail
