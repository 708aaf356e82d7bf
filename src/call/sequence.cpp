#include "call/sequence.hpp"

#include "call/call_state.hpp"
#include "call/core.hpp"
#include "threads/guards.hpp"

namespace segment::inline SEGMENT_ABI::detail {

// Coroutines that start or end another only set `current_` and are resumed here, so that
// resumptions never nest.
Sequence::Step Sequence::next() {
  step_ = {};
  while (current_ && std::holds_alternative<std::monostate>(step_)) current_.resume();
  return step_;
}

namespace {

/// Makes the calls of a sequence on the calling thread.
class BlockingSequence {
 public:
  explicit BlockingSequence(const Core& core) noexcept : core_(core) {}

  void take(Sequence::Call& call) {
    if (!in_progress_) in_progress_.emplace(core_.life(), *call.call);
    run(core_, *call.call, *in_progress_, call.result);
  }

  void take(Sequence::Pause& pause) {
    const CallStop stop(pause.stop, core_.life().stop());
    pause.was_stopped = !core_.clock().wait_until(pause.until, stop.token());
  }

 private:
  const Core& core_;
  std::optional<CallInProgress> in_progress_{};
};

}  // namespace

void* run_sequence(const Core& core, Sequence& sequence) {
  const CancellationOff until_it_ends;
  BlockingSequence calls(core);
  const auto take = [&](auto& step) {
    try {
      calls.take(step);
    } catch (...) {
      step.error = std::current_exception();
    }
  };
  for (;;) {
    const Sequence::Step step = sequence.next();
    if (auto* const* call = std::get_if<Sequence::Call*>(&step)) {
      take(**call);
    } else if (auto* const* pause = std::get_if<Sequence::Pause*>(&step)) {
      take(**pause);
    } else {
      return sequence.finish();
    }
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail
