#include "threads/background.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <utility>
#include <vector>

#include "threads/fork.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

using Backgrounds = std::vector<std::shared_ptr<Background>>;

// What runs in this process. Access requires the ForkLock. Never destroyed, since exit handlers of
// others may still come here.
Backgrounds& running() noexcept {
  static Backgrounds& all = *new Backgrounds;
  return all;
}

void leave_running_to_parent() {
  for (auto& background : std::exchange(running(), {})) leave_to_parent(std::move(background));
}

// Initialised at load time, before another thread can fork during the initialisation.
[[maybe_unused]] const bool is_left_to_parent =
    (running(), call_in_forked_child(&leave_running_to_parent), true);

Backgrounds take_ended() {
  Backgrounds ended;
  const ForkLock lock;
  std::erase_if(running(), [&](std::shared_ptr<Background>& background) {
    if (!background->has_ended()) return false;
    ended.push_back(std::move(background));
    return true;
  });
  return ended;
}

void end_all() noexcept {
  Backgrounds all;
  {
    const ForkLock lock;
    all = running();
  }
  for (const auto& background : all) background->end_at_exit();
}

}  // namespace

void keep_until_exit(std::shared_ptr<Background> background) {
  for (const auto& ended : take_ended()) ended->join();
  static std::atomic<bool> ended_at_exit = false;
  if (!ended_at_exit.exchange(true)) end_all_at_exit();
  const ForkLock lock;
  running().push_back(std::move(background));
}

void release(const Background& background) noexcept {
  std::shared_ptr<Background> released;  // destroyed after the lock is released
  const ForkLock lock;
  Backgrounds& all = running();
  const auto found = std::ranges::find(all, &background, &std::shared_ptr<Background>::get);
  if (found == all.end()) return;
  released = std::move(*found);
  all.erase(found);
}

void end_all_at_exit() noexcept { std::atexit(&end_all); }

}  // namespace segment::inline SEGMENT_ABI::detail
