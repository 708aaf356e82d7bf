#include "../../src/threads/guards.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <thread>

namespace segment::detail {
namespace {

/// A pipe that nobody reads from: writing to it raises SIGPIPE.
class BrokenPipe {
 public:
  BrokenPipe() {
    EXPECT_EQ(::pipe(ends_.data()), 0);
    ::close(ends_[0]);
  }
  ~BrokenPipe() { ::close(ends_[1]); }
  BrokenPipe(const BrokenPipe&) = delete;
  BrokenPipe& operator=(const BrokenPipe&) = delete;

  /// Returns the error of the write, if the process survives it.
  int write() const { return ::write(ends_[1], "x", 1) < 0 ? errno : 0; }

 private:
  std::array<int, 2> ends_{};
};

bool is_member(const sigset_t& set) { return sigismember(&set, SIGPIPE) == 1; }

bool is_blocked() {
  sigset_t mask{};
  pthread_sigmask(SIG_SETMASK, nullptr, &mask);
  return is_member(mask);
}

bool is_pending() {
  sigset_t pending{};
  sigpending(&pending);
  return is_member(pending);
}

void change_mask(int how) {
  sigset_t pipe{};
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(how, &pipe, nullptr);
}

TEST(SigpipeGuard, KeepsABrokenPipeFromEndingTheProcess) {
  const BrokenPipe pipe;
  {
    const SigpipeGuard guard;
    EXPECT_EQ(pipe.write(), EPIPE);
  }
  EXPECT_FALSE(is_pending());
  EXPECT_FALSE(is_blocked());
}

TEST(SigpipeGuard, LeavesTheSignalBlockedIfItWasBlocked) {
  std::jthread([] {  // its own thread, because it has its own mask
    change_mask(SIG_BLOCK);
    const BrokenPipe pipe;
    {
      const SigpipeGuard guard;
      EXPECT_EQ(pipe.write(), EPIPE);
    }
    EXPECT_FALSE(is_pending());
    EXPECT_TRUE(is_blocked());
  })
      .join();
}

TEST(SigpipeGuard, DoesNotConsumeASignalThatWasAlreadyPending) {
  std::jthread([] {
    change_mask(SIG_BLOCK);
    const BrokenPipe pipe;
    EXPECT_EQ(pipe.write(), EPIPE);
    ASSERT_TRUE(is_pending());
    {
      const SigpipeGuard guard;
      EXPECT_EQ(pipe.write(), EPIPE);
    }
    EXPECT_TRUE(is_pending());
    EXPECT_TRUE(is_blocked());
  }).join();
}

}  // namespace
}  // namespace segment::detail
