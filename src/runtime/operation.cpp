#include "runtime/operation.hpp"

#include <string>
#include <system_error>
#include <utility>

#include "call/run.hpp"
#include "segment/error.hpp"
#include "threads/cancellation_off.hpp"
#include "threads/library_thread.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

std::exception_ptr no_thread(const Operation& operation) {
  ErrorFacts facts;
  facts.operation = operation.id;
  facts.retryable = true;
  const std::string text =
      facts.operation + ": the system has no thread left to wait on; nothing was sent";
  return std::make_exception_ptr(TransportError(text, std::move(facts)));
}

}  // namespace

AsyncOperation::AsyncOperation(std::shared_ptr<const Core> core, Input input)
    : input_(std::move(input)),
      core_(std::move(core)),
      under_way_(core_, core_->under_way()),
      state_(*core_, input_.call) {}

AsyncOperation::~AsyncOperation() {
  if (!landing_) return;
  ErrorFacts facts;
  facts.operation = input_.call.operation().id;
  const std::string text =
      facts.operation + ": the executor dropped the work that would have read the answer";
  land(std::make_exception_ptr(CancelledError(text, std::move(facts))));
}

void AsyncOperation::begin(std::shared_ptr<TaskState> landing) {
  landing_ = std::move(landing);
  self_ = shared_from_this();
  const std::stop_token& stop = input_.call.options().stop;
  if (stop.stop_possible()) on_stop_.emplace(stop, Hasten{this});
  try {
    core_->dispatcher().enter(*this);
  } catch (...) {  // there is no thread to be had to wait on
    landing_.reset();
    self_.reset();
    throw;
  }
}

void AsyncOperation::go_on() noexcept {
  const CarryingCalls here;
  const CoreHold hold = under_way_;  // lets go after `self` did
  const auto self = self_;
  try {
    const CallState::Step step = state_.next();
    if (const auto* to_send = std::get_if<CallState::Send>(&step)) return send(to_send->request);
    if (const auto* wait = std::get_if<CallState::WaitUntil>(&step)) {
      return core_->dispatcher().leave_until(*this, wait->time);
    }
    end({});
  } catch (...) {
    end(std::current_exception());
  }
}

void AsyncOperation::send(const http::Request& request) {
  const int attempt = ++attempts_;
  awaited_ = attempt;
  try {
    core_->transport().start(request,
                             [operation = weak_from_this(), attempt](http::Outcome outcome) {
                               if (const auto self = operation.lock())
                                 self->take(attempt, std::move(outcome));
                             });
  } catch (const ConfigurationError& error) {
    if (claim(attempt)) state_.not_sent(error);
  } catch (...) {
    take(attempt, transport_threw());
  }
}

// A transport of somebody else's may complete twice, or complete and then throw: the first counts.
bool AsyncOperation::claim(int attempt) noexcept {
  return awaited_.compare_exchange_strong(attempt, 0);
}

void AsyncOperation::take(int attempt, http::Outcome outcome) noexcept {
  if (!claim(attempt)) return;
  const CarryingCalls here;
  const CoreHold hold = under_way_;
  const auto self = self_;
  try {
    state_.complete(std::move(outcome));
  } catch (...) {
    return end(std::current_exception());
  }
  go_on();
}

// The end -----------------------------------------------------------------------------------------

void AsyncOperation::end(std::exception_ptr error) noexcept {
  const auto self = std::move(self_);
  core_->dispatcher().leave();  // first: the next one can be on its way while this answer is read
  if (!input_.executor) return land(std::move(error));
  under_way_ = {};  // the executor may take its time, and the client need not wait for that
  try {
    (*input_.executor)([self, error] { self->land(error); });
  } catch (...) {
    land(std::current_exception());
  }
}

void AsyncOperation::land(std::exception_ptr error) noexcept {
  if (has_landed_.exchange(true)) return;  // an executor took the work, and threw all the same
  const Lifetime* lifetime = input_.call.operation().result_lifetime;
  void* result = nullptr;
  if (!error) {
    try {
      if (lifetime != nullptr) result = lifetime->make();
      state_.finish(result);
    } catch (...) {
      error = std::current_exception();
      if (result != nullptr) lifetime->destroy(std::exchange(result, nullptr));
    }
  }
  if (input_.witness) input_.witness(result, error);
  const auto landing = std::move(landing_);
  if (error) {
    landing->fail(std::move(error));
  } else {
    landing->succeed(result, result != nullptr ? lifetime->destroy : nullptr);
  }
}

std::shared_ptr<TaskState> failed(std::exception_ptr error) {
  auto state = std::make_shared<TaskState>();
  state->fail(std::move(error));
  return state;
}

std::shared_ptr<TaskState> start(const std::shared_ptr<const Core>& core,
                                 AsyncOperation::Input input) {
  const CancellationOff until_it_is_begun;
  const Operation& operation = input.call.operation();
  auto landing = std::make_shared<TaskState>();
  const auto fail = [&landing, witness = input.witness](const std::exception_ptr& error) {
    if (witness) witness(nullptr, error);
    landing->fail(error);
  };
  try {
    std::make_shared<AsyncOperation>(core, std::move(input))->begin(landing);
  } catch (const std::system_error&) {
    fail(no_thread(operation));
  } catch (...) {
    fail(std::current_exception());
  }
  return landing;
}

}  // namespace segment::inline SEGMENT_ABI::detail
