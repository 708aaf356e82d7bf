#pragma once

#include <chrono>
#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <variant>

#include "operations/prepared_call.hpp"
#include "segment/detail/call.hpp"
#include "segment/detail/describe.hpp"
#include "segment/result.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Several calls that are one to their caller. Like a CallState it says what to do next but neither
/// sends nor waits itself, so that blocking and asynchronous calls share this code:
///
///     for (;;) {
///       const auto step = sequence.next();
///       if (call)            make it, and set its `result` or its `error`
///       else if (pause)      wait, and set whether it `was_stopped`
///       else                 return sequence.finish();
///     }
///
/// It is written as a coroutine, a SequenceOf<T>, which awaits calls, pauses and other sequences.
///
/// Copying: not copyable. Cost: the coroutine's frame. Thread safety: one thread at a time.
class Sequence {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// Make this call.
  struct Call {
    std::optional<PreparedCall> call{};  // std::nullopt if it could not be prepared
    void* result = nullptr;              // filled from the response; null: none wanted
    void (*move)(void* from, void* to) = nullptr;
    std::exception_ptr error{};
  };
  /// Wait until then, or until this token or the client requests a stop.
  struct Pause {
    TimePoint until;
    std::stop_token stop;
    bool was_stopped = false;
    std::exception_ptr error{};
  };
  /// std::monostate: call `finish`.
  using Step = std::variant<std::monostate, Call*, Pause*>;

  Sequence() = default;
  Sequence(const Sequence&) = delete;
  Sequence& operator=(const Sequence&) = delete;
  virtual ~Sequence() = default;

  /// What to do now.
  [[nodiscard]] Step next();

  /// Returns the result at the end: a new object that the caller owns, or null if there is none.
  /// Throws what went wrong.
  [[nodiscard]] virtual void* finish() = 0;
  /// Destroys the result; null if there is none.
  using Destroy = void (*)(void* result) noexcept;
  [[nodiscard]] virtual Destroy destroy() const noexcept = 0;

  // For what the coroutine awaits.

  void suspend(Step step) noexcept { step_ = step; }
  void resume_with(std::coroutine_handle<> coroutine) noexcept { current_ = coroutine; }

 private:
  Step step_{};
  std::coroutine_handle<> current_{};
};

/// What the promises of sequences have in common.
struct SequencePromise {
  struct Ending {
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> ended) const noexcept {
      ended.promise().sequence->resume_with(ended.promise().awaited_by);
    }
    void await_resume() const noexcept {}
  };

  [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }
  [[nodiscard]] Ending final_suspend() const noexcept { return {}; }
  void unhandled_exception() noexcept { error = std::current_exception(); }

  Sequence* sequence = nullptr;
  std::coroutine_handle<> awaited_by{};
  std::exception_ptr error{};
};

template <class T>
struct SequencePromiseOf : SequencePromise {
  void return_value(T result) { value.emplace(std::move(result)); }

  std::optional<T> value{};
};
template <>
struct SequencePromiseOf<void> : SequencePromise {
  void return_void() const noexcept {}
};

/// A coroutine over calls that returns a T. It starts when another one awaits it, or as a Sequence,
/// which then owns it.
///
/// Copying: movable. Cost: the coroutine's frame. Thread safety: one thread at a time.
template <class T>
class [[nodiscard]] SequenceOf {
 public:
  struct promise_type : SequencePromiseOf<T> {
    SequenceOf get_return_object() {
      return SequenceOf(std::coroutine_handle<promise_type>::from_promise(*this));
    }
  };

  SequenceOf(SequenceOf&& other) noexcept : coroutine_(std::exchange(other.coroutine_, nullptr)) {}
  SequenceOf& operator=(SequenceOf&&) = delete;
  ~SequenceOf() {
    if (coroutine_) coroutine_.destroy();
  }

  /// Makes it a Sequence, to be driven from outside.
  operator std::shared_ptr<Sequence>() && {  // NOLINT(google-explicit-constructor)
    return std::make_shared<Whole>(std::move(*this));
  }

  [[nodiscard]] bool await_ready() const noexcept { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> awaiting) noexcept {
    begin(*awaiting.promise().sequence, awaiting);
  }
  T await_resume() { return take(); }

 private:
  class Whole final : public Sequence {
   public:
    explicit Whole(SequenceOf coroutine) : coroutine_(std::move(coroutine)) {
      coroutine_.begin(*this, nullptr);
    }

    [[nodiscard]] void* finish() override {
      if constexpr (std::is_void_v<T>) {
        coroutine_.take();
        return nullptr;
      } else {
        return new T(coroutine_.take());
      }
    }
    [[nodiscard]] Destroy destroy() const noexcept override {
      if constexpr (std::is_void_v<T>) {
        return nullptr;
      } else {
        return [](void* result) noexcept { delete static_cast<T*>(result); };
      }
    }

   private:
    SequenceOf coroutine_;
  };

  explicit SequenceOf(std::coroutine_handle<promise_type> coroutine) noexcept
      : coroutine_(coroutine) {}

  void begin(Sequence& sequence, std::coroutine_handle<> awaited_by) noexcept {
    coroutine_.promise().sequence = &sequence;
    coroutine_.promise().awaited_by = awaited_by;
    sequence.resume_with(coroutine_);
  }
  T take() {
    promise_type& promise = coroutine_.promise();
    if (promise.error) std::rethrow_exception(promise.error);
    if constexpr (!std::is_void_v<T>) return std::move(*promise.value);
  }

  std::coroutine_handle<promise_type> coroutine_;
};

// What is awaited -------------------------------------------------------------------------------

/// A call within a sequence: `co_await` it for its Result.
///
/// Copying: not copyable. Cost: the encoded call. Thread safety: one thread at a time.
template <class T>
class [[nodiscard]] SequenceCall {
 public:
  explicit SequenceCall(PreparedCall call) { step_.call.emplace(std::move(call)); }
  /// A call that cannot be made.
  explicit SequenceCall(std::exception_ptr error) { step_.error = std::move(error); }
  SequenceCall(const SequenceCall&) = delete;
  SequenceCall& operator=(const SequenceCall&) = delete;
  ~SequenceCall() = default;

  /// A temporary, since g++ 11 does not compile awaiting a named object.
  [[nodiscard]] auto operator co_await() noexcept { return Awaiter(*this); }

 private:
  class Awaiter {
   public:
    explicit Awaiter(SequenceCall& call) noexcept : call_(call) {}

    [[nodiscard]] bool await_ready() const noexcept { return call_.step_.error != nullptr; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> awaiting) {
      if constexpr (!std::is_void_v<T>) call_.prepare_result();
      awaiting.promise().sequence->suspend(&call_.step_);
    }
    Result<T> await_resume() {
      if (call_.step_.error) return call_.step_.error;
      if constexpr (std::is_void_v<T>) {
        return {};
      } else {
        return std::move(*call_.result_);
      }
    }

   private:
    SequenceCall& call_;
  };

  void prepare_result() {
    result_.emplace(empty<T>());
    step_.result = &*result_;
    step_.move = [](void* from, void* to) {
      *static_cast<T*>(to) = std::move(*static_cast<T*>(from));
    };
  }

  Sequence::Call step_{};
  std::optional<std::conditional_t<std::is_void_v<T>, std::monostate, T>> result_{};
};

/// A pause within a sequence: `co_await` it for whether it ended without being stopped.
///
/// Copying: not copyable. Thread safety: one thread at a time.
class [[nodiscard]] SequencePause {
 public:
  SequencePause(Sequence::TimePoint until, std::stop_token stop) : step_{until, std::move(stop)} {}
  SequencePause(const SequencePause&) = delete;
  SequencePause& operator=(const SequencePause&) = delete;
  ~SequencePause() = default;

  [[nodiscard]] bool await_ready() const noexcept { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> awaiting) noexcept {
    awaiting.promise().sequence->suspend(&step_);
  }
  [[nodiscard]] bool await_resume() const {
    if (step_.error) std::rethrow_exception(step_.error);
    return !step_.was_stopped;
  }

 private:
  Sequence::Pause step_;
};

}  // namespace segment::inline SEGMENT_ABI::detail
