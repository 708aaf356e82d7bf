#include "call/sequence.hpp"

#include <atomic>
#include <exception>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>

#include "call/core.hpp"
#include "errors/raise.hpp"
#include "runtime/async_call.hpp"
#include "runtime/runtime.hpp"
#include "segment/detail/async.hpp"
#include "segment/error.hpp"
#include "threads/guards.hpp"
#include "threads/library_thread.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

/// A sequence that runs asynchronously: its calls are like any others, and its pauses are timers of
/// the runtime, so that it never holds a thread.
///
/// It counts as in progress from its first call to its end, so that its further calls are not
/// refused while the client shuts down; but not while an executor has it, which no client waits
/// for.
///
/// Copying: not copyable; held by the call in progress, by the executor, or by itself while it
/// waits. Cost: one allocation. Thread safety: one thread at a time, which may be any.
class AsyncSequence final : public Waiter, public std::enable_shared_from_this<AsyncSequence> {
 public:
  AsyncSequence(std::shared_ptr<const Core> core, std::shared_ptr<const Executor> executor,
                std::shared_ptr<Sequence> sequence)
      : core_(std::move(core)),
        runtime_(runtime_of(*core_)),
        executor_(std::move(executor)),
        sequence_(std::move(sequence)) {}
  ~AsyncSequence() override {
    if (completion_) {
      complete(nullptr, error<CancelledError>(
                            "the executor dropped the work that would have continued the call"));
    }
  }

  void begin(std::shared_ptr<TaskState> completion) noexcept {
    const CancellationOff until_it_is_begun;
    completion_ = std::move(completion);
    advance();
  }

  /// The pause is over.
  void resume() noexcept override;
  [[nodiscard]] std::optional<Time> limit() const noexcept override { return std::nullopt; }
  [[nodiscard]] bool stop_requested() const noexcept override {
    return stop_->token().stop_requested();
  }
  [[nodiscard]] bool counts_as_in_flight() const noexcept override { return false; }

 private:
  struct Cancel {
    AsyncSequence* self;
    void operator()() const noexcept { self->runtime_->cancel(*self); }
  };

  void advance() noexcept;
  [[nodiscard]] bool make(Sequence::Call& call) noexcept;
  static void receive(Sequence::Call& call, const TaskState& made) noexcept;
  [[nodiscard]] bool wait(Sequence::Pause& pause) noexcept;
  void end() noexcept;
  void complete(void* result, const std::exception_ptr& failure) noexcept;

  /// An error about the newest call, if there was one.
  template <class E>
  [[nodiscard]] std::exception_ptr error(const std::string& reason, bool retryable = false) const {
    return std::make_exception_ptr(operation_ != nullptr
                                       ? error_about<E>(*operation_, tag_, reason, retryable)
                                       : E(reason, ErrorFacts{.retryable = retryable}));
  }

  const std::shared_ptr<const Core> core_;
  const std::shared_ptr<Runtime> runtime_;
  const std::shared_ptr<const Executor> executor_;
  std::shared_ptr<Sequence> sequence_;
  std::shared_ptr<TaskState> completion_{};
  std::optional<CallInProgress> in_progress_{};
  const Operation* operation_ = nullptr;  // of the newest call
  std::string tag_{};

  // While it waits.
  std::shared_ptr<AsyncSequence> self_{};
  Sequence::Pause* pause_ = nullptr;
  std::optional<CallStop> stop_{};
  std::optional<std::stop_callback<Cancel>> on_stop_{};
  std::atomic<bool> is_handed_over_ = false;  // to the executor
};

// Calls that complete as soon as they start return here, and nest no deeper. For any other call,
// another thread may be here before this one has left.
void AsyncSequence::advance() noexcept {
  for (;;) {
    const Sequence::Step step = sequence_->next();
    if (auto* const* call = std::get_if<Sequence::Call*>(&step)) {
      if (make(**call)) return;
    } else if (auto* const* pause = std::get_if<Sequence::Pause*>(&step)) {
      if (wait(**pause)) return;
    } else {
      return end();
    }
  }
}

/// Returns whether it continues on another thread or at a later time.
bool AsyncSequence::make(Sequence::Call& call) noexcept {
  try {
    operation_ = &call.call->operation();
    tag_ = call.call->tag();
    if (!in_progress_) in_progress_.emplace(core_->life(), *call.call);
    const auto made =
        start(core_, {.call = *std::move(call.call), .executor = executor_}, &*in_progress_);
    if (executor_) in_progress_.reset();
    if (made->await([self = shared_from_this(), made, &call] {
          receive(call, *made);
          self->advance();
        })) {
      return true;
    }
    receive(call, *made);
  } catch (...) {
    call.error = std::current_exception();
  }
  return false;
}

void AsyncSequence::receive(Sequence::Call& call, const TaskState& made) noexcept {
  try {
    void* const result = made.value();
    if (call.result != nullptr) call.move(result, call.result);
  } catch (...) {
    call.error = std::current_exception();
  }
}

bool AsyncSequence::wait(Sequence::Pause& pause) noexcept {
  if (!in_progress_) {
    if (const auto begun = CallInProgress::begin(core_->life())) in_progress_.emplace(*begun);
  }
  if (!in_progress_) {  // shut down meanwhile
    pause.was_stopped = true;
    return false;
  }
  try {
    pause_ = &pause;
    self_ = shared_from_this();
    stop_.emplace(pause.stop, core_->life().stop());
    on_stop_.emplace(stop_->token(), Cancel{this});
    runtime_->wait_until(*this, pause.until);
    return true;
  } catch (const std::system_error&) {
    pause.error = std::make_exception_ptr(
        TransportError("the system has no thread left to wait on", ErrorFacts{.retryable = true}));
  } catch (...) {
    pause.error = std::current_exception();
  }
  on_stop_.reset();
  self_.reset();
  return false;
}

void AsyncSequence::resume() noexcept {
  const CallbackScope here;
  const auto until_it_is_gone = in_progress_;
  const auto self = std::move(self_);
  pause_->was_stopped = stop_requested();
  on_stop_.reset();
  stop_.reset();
  if (!executor_) return advance();
  in_progress_.reset();  // the client need not wait for the executor
  is_handed_over_ = true;
  try {
    (*executor_)([self] {
      if (self->is_handed_over_.exchange(false)) self->advance();
    });
  } catch (...) {
    if (is_handed_over_.exchange(false)) complete(nullptr, std::current_exception());
  }
}

// Destroys what the coroutine holds before it resumes what waits.
void AsyncSequence::end() noexcept {
  void* result = nullptr;
  std::exception_ptr failure;
  try {
    result = sequence_->finish();
  } catch (...) {
    failure = std::current_exception();
  }
  complete(result, failure);
}

void AsyncSequence::complete(void* result, const std::exception_ptr& failure) noexcept {
  const auto completion = std::move(completion_);
  const auto destroy = sequence_->destroy();
  sequence_.reset();
  if (failure) {
    completion->fail(failure);
  } else {
    completion->succeed(result, destroy);
  }
}

}  // namespace

std::shared_ptr<TaskState> start_sequence(const Async& front, std::shared_ptr<Sequence> sequence) {
  const std::shared_ptr<const Core> core = front.core()->shared_from_this();
  auto completion = std::make_shared<TaskState>(core->on_unhandled_exception());
  try {
    const auto begun = std::make_shared<AsyncSequence>(core, front.executor(), std::move(sequence));
    begun->begin(completion);
  } catch (...) {
    completion->fail(std::current_exception());
  }
  return completion;
}

}  // namespace segment::inline SEGMENT_ABI::detail
