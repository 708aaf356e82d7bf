#include "threads/library_thread.hpp"

#include <pthread.h>

#include <csignal>
#include <utility>

namespace segment::inline SEGMENT_ABI::detail {

namespace {

thread_local int carrying = 0;

// A new thread begins with the mask of the one that makes it.
class SignalsBlocked {
 public:
  SignalsBlocked() noexcept {
    sigset_t all{};
    sigfillset(&all);
    // What a thread brings on itself must reach the program's handlers, and profilers must see it.
    for (const int own : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGABRT, SIGPROF}) {
      sigdelset(&all, own);
    }
    pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

void set_name([[maybe_unused]] const char* name) noexcept {
#if defined(__linux__)
  pthread_setname_np(pthread_self(), name);
#endif
}

}  // namespace

std::thread begin_library_thread(const char* name, std::function<void()> work) {
  const SignalsBlocked blocked;
  return std::thread([name, work = std::move(work)] {
    const CarryingCalls all_the_time;
    set_name(name);
    work();
  });
}

CarryingCalls::CarryingCalls() noexcept { ++carrying; }
CarryingCalls::~CarryingCalls() { --carrying; }

bool is_carrying_calls() noexcept { return carrying > 0; }

void end_library_thread(std::thread& thread) {
  if (!thread.joinable()) return;
  if (thread.get_id() == std::this_thread::get_id()) {
    thread.detach();
  } else {
    thread.join();
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail
