#include "threads/background.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <iterator>
#include <utility>
#include <vector>

#include "threads/fork.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// What is kept in this process. The ForkLock is held where it is used.
struct Kept {
  std::vector<std::shared_ptr<Background>> running{};
  std::vector<std::shared_ptr<Background>> of_parents{};
};

void leave_running_to_parent();

Kept* made_with_handler() {
  auto* made = new Kept;
  call_in_forked_child(&leave_running_to_parent);
  return made;
}

// Never destroyed: the exit handlers of others may still come here.
Kept& kept() noexcept {
  static Kept& all = *made_with_handler();
  return all;
}

[[maybe_unused]] const Kept& kept_when_loaded = kept();

void leave_running_to_parent() {
  auto& [running, of_parents] = kept();
  std::ranges::move(running, std::back_inserter(of_parents));
  running.clear();
}

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
  static std::atomic<bool> ended_at_exit = false;
  if (!ended_at_exit.exchange(true)) end_all_at_exit();
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

}  // namespace segment::inline SEGMENT_ABI::detail
