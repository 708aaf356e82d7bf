#include "threads/background.hpp"

#include <pthread.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <mutex>
#include <utility>
#include <vector>

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// What is kept in this process. The lock is never held while other code runs, nor at a fork.
struct Kept {
  Kept();

  std::mutex mutex{};
  std::vector<std::shared_ptr<Background>> running{};
  std::vector<std::shared_ptr<const void>> of_parents{};
};

// Never destroyed: the exit handlers of others may still come here.
Kept& kept() noexcept {
  static Kept& all = *new Kept;
  return all;
}

void lock_before_fork() noexcept { kept().mutex.lock(); }
void unlock_in_parent() noexcept { kept().mutex.unlock(); }
void leave_to_parent() noexcept {
  Kept& all = kept();
  std::move(all.running.begin(), all.running.end(), std::back_inserter(all.of_parents));
  all.running.clear();
  all.mutex.unlock();
}

Kept::Kept() { ::pthread_atfork(&lock_before_fork, &unlock_in_parent, &leave_to_parent); }

std::vector<std::shared_ptr<Background>> take_ended() {
  std::vector<std::shared_ptr<Background>> ended;
  const ForkLock lock;
  std::erase_if(kept().running, [&](std::shared_ptr<Background>& background) {
    if (!background->has_ended()) return false;
    ended.push_back(std::move(background));
    return true;
  });
  return ended;
}

void end_all() noexcept {
  std::vector<std::shared_ptr<Background>> all;
  {
    const ForkLock lock;
    all = kept().running;
  }
  for (const auto& background : all) background->end_at_exit();
}

}  // namespace

void keep_until_exit(std::shared_ptr<Background> background) {
  for (const auto& ended : take_ended()) ended->join();
  static const bool first = (end_all_at_exit(), true);
  static_cast<void>(first);
  const ForkLock lock;
  kept().running.push_back(std::move(background));
}

void release(const Background& background) noexcept {
  std::shared_ptr<Background> released;  // destroyed without the lock
  const ForkLock lock;
  auto& running = kept().running;
  const auto found = std::ranges::find(running, &background, &std::shared_ptr<Background>::get);
  if (found == running.end()) return;
  released = std::move(*found);
  running.erase(found);
}

void end_all_at_exit() noexcept { std::atexit(&end_all); }

void keep_for_ever(std::shared_ptr<const void> of_parent) {
  const ForkLock lock;
  kept().of_parents.push_back(std::move(of_parent));
}

ForkLock::ForkLock() { kept().mutex.lock(); }
ForkLock::~ForkLock() { kept().mutex.unlock(); }

}  // namespace segment::inline SEGMENT_ABI::detail
