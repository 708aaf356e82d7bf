#include "threads/library_thread.hpp"

#include <pthread.h>

#include <stdexcept>
#include <string>
#include <utility>

#include "threads/fork.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

struct ThisThread {
  int scopes = 0;
  unsigned generation = 0;                  // in which the scopes were entered
  const sigset_t* programs_mask = nullptr;  // of a library thread
};
thread_local ThisThread this_thread;

// A new thread inherits its creator's signal mask.
class SignalsBlocked {
 public:
  SignalsBlocked() noexcept {
    sigset_t all{};
    sigfillset(&all);
    // Signals caused by a thread itself must reach the program's handlers, and profilers need
    // theirs.
    for (const int own : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGABRT, SIGPROF}) {
      sigdelset(&all, own);
    }
    pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

  [[nodiscard]] const sigset_t& before() const noexcept { return before_; }

 private:
  sigset_t before_{};
};

void set_name([[maybe_unused]] const char* name) noexcept {
#if defined(__linux__)
  pthread_setname_np(pthread_self(), name);
#endif
}

// Returns the generation in which it was entered.
unsigned enter_scope() noexcept {
  const unsigned current = process_generation();
  if (this_thread.generation != current) this_thread.scopes = 0;
  this_thread.generation = current;
  ++this_thread.scopes;
  return current;
}

}  // namespace

std::thread begin_library_thread(const char* name, std::function<void()> work) {
  const SignalsBlocked blocked;
  return std::thread([name, work = std::move(work), programs_mask = blocked.before()] {
    this_thread.programs_mask = &programs_mask;
    enter_scope();
    set_name(name);
    work();
  });
}

CallbackScope::CallbackScope() noexcept : generation_(enter_scope()) {
  constexpr int outermost = 2;  // the thread's own scope is the first
  if (this_thread.programs_mask == nullptr || this_thread.scopes > outermost) return;
  has_programs_mask_ = pthread_sigmask(SIG_SETMASK, this_thread.programs_mask, &before_) == 0;
}

CallbackScope::~CallbackScope() {
  if (has_programs_mask_) pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  // In a forked child, scopes that were entered in the parent are not counted.
  if (this_thread.generation == generation_) --this_thread.scopes;
}

// A thread that forked within a callback carries no calls in the child.
bool may_wait() noexcept {
  return this_thread.scopes == 0 || this_thread.generation != process_generation();
}

void require_may_wait(const char* what) {
  if (may_wait()) return;
  throw std::logic_error(std::string(what) +
                         " on a thread that carries calls, which would wait for itself; use a "
                         "coroutine, a callback or a thread of your own");
}

}  // namespace segment::inline SEGMENT_ABI::detail
