#include "gate.hpp"

namespace segment::test {

void Gate::open() {
  const std::scoped_lock lock(mutex_);
  is_open_ = true;
  opened_.notify_all();
}

void Gate::wait(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  opened_.wait(lock, stop, [this] { return is_open_; });
}

}  // namespace segment::test
