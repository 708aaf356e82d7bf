#include "threads/fork.hpp"

#include <pthread.h>

#include <atomic>
#include <vector>

namespace segment::inline SEGMENT_ABI::detail {
namespace {

std::atomic<unsigned> generation = 0;

struct AtFork {
  std::mutex mutex{};
  std::vector<std::mutex*> mutexes{};
  std::vector<void (*)()> in_child{};
  std::vector<std::shared_ptr<const void>> of_parents{};
};

void before_fork() noexcept;
void after_fork_in_parent() noexcept;
void after_fork_in_child() noexcept;

AtFork* made_with_handlers() {
  auto* made = new AtFork;
  ::pthread_atfork(&before_fork, &after_fork_in_parent, &after_fork_in_child);
  return made;
}

// Never destroyed, since exit handlers of others may still come here.
AtFork& at_fork() {
  static AtFork& all = *made_with_handlers();
  return all;
}

// Initialised before another thread can fork during the initialisation.
[[maybe_unused]] const AtFork& handlers_when_loaded = at_fork();

void before_fork() noexcept {
  at_fork().mutex.lock();
  for (std::mutex* mutex : at_fork().mutexes) mutex->lock();
}

void after_fork_in_parent() noexcept {
  for (std::mutex* mutex : at_fork().mutexes) mutex->unlock();
  at_fork().mutex.unlock();
}

void after_fork_in_child() noexcept {
  generation.fetch_add(1, std::memory_order_relaxed);
  after_fork_in_parent();
  for (auto* function : at_fork().in_child) function();
}

}  // namespace

unsigned process_generation() noexcept { return generation.load(std::memory_order_relaxed); }

ForkLock::ForkLock() { at_fork().mutex.lock(); }
ForkLock::~ForkLock() { at_fork().mutex.unlock(); }

ForkSafeMutex::ForkSafeMutex() {
  const ForkLock lock;
  at_fork().mutexes.push_back(&mutex_);
}

ForkSafeMutex::~ForkSafeMutex() {
  const ForkLock lock;
  std::erase(at_fork().mutexes, &mutex_);
}

void call_in_forked_child(void (*function)()) {
  const ForkLock lock;
  at_fork().in_child.push_back(function);
}

void leave_to_parent(std::shared_ptr<const void> of_parent) {
  const ForkLock lock;
  at_fork().of_parents.push_back(std::move(of_parent));
}

}  // namespace segment::inline SEGMENT_ABI::detail
