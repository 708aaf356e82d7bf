#include "runtime/async_call.hpp"

#include <exception>
#include <string>
#include <system_error>
#include <utility>

#include "call/call_state.hpp"
#include "errors/raise.hpp"
#include "operations/prepared_call.hpp"
#include "segment/async_client.hpp"
#include "segment/detail/async.hpp"
#include "segment/error.hpp"
#include "threads/guards.hpp"
#include "threads/library_thread.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

std::exception_ptr no_thread(const Operation& operation, const std::string& tag) {
  return std::make_exception_ptr(error_about<TransportError>(
      operation, tag, "the system has no thread left to wait on; nothing was sent", true));
}

}  // namespace

std::shared_ptr<Runtime> runtime_of(const Core& core) {
  Background& runtime = core.life().runtime([&]() -> std::shared_ptr<Background> {
    const ClientOptions& options = core.options();
    return std::make_shared<Runtime>(
        Runtime::Options{.clock = options.clock,
                         .transport = options.transport,
                         .max_in_flight = options.async.max_in_flight,
                         .time_at_exit = options.async.shutdown_timeout,
                         .life = core.life().weak_from_this()});
  });
  return static_cast<Runtime&>(runtime).shared_from_this();
}

AsyncCall::AsyncCall(std::shared_ptr<const Core> core, Input input, const CallInProgress* part_of)
    : input_(std::move(input)),
      core_(std::move(core)),
      runtime_(runtime_of(*core_)),
      in_progress_(part_of != nullptr ? *part_of : CallInProgress(core_->life(), input_.call)),
      state_(*core_, input_.call) {}

AsyncCall::~AsyncCall() {
  if (!completion_) return;
  complete(std::make_exception_ptr(error_about<CancelledError>(
      input_.call.operation(), input_.call.tag(),
      "the executor dropped the work that would have read the response")));
}

void AsyncCall::begin(std::shared_ptr<TaskState> completion) {
  completion_ = std::move(completion);
  self_ = shared_from_this();
  on_stop_.emplace(state_.stop_token(), Cancel{this});
  try {
    runtime_->admit(*this);
  } catch (...) {  // no thread can be created to wait on
    completion_.reset();
    self_.reset();
    throw;
  }
}

void AsyncCall::resume() noexcept {
  const CallbackScope here;
  const CallInProgress until_it_is_gone = in_progress_;
  const auto self = self_;
  try {
    const CallState::Step step = state_.next();
    if (const auto* to_send = std::get_if<CallState::Send>(&step)) return send(to_send->request);
    if (const auto* wait = std::get_if<CallState::WaitUntil>(&step)) {
      return runtime_->leave_until(*this, wait->time);
    }
    end({});
  } catch (...) {
    end(std::current_exception());
  }
}

void AsyncCall::send(const http::Request& request) {
  const int attempt = ++attempts_;
  awaited_ = attempt;
  try {
    runtime_->send(request, [operation = weak_from_this(), attempt](http::Outcome outcome) {
      if (const auto self = operation.lock()) self->take(attempt, std::move(outcome));
    });
  } catch (const ConfigurationError& error) {
    if (claim(attempt)) state_.not_sent(error);
  } catch (...) {
    take(attempt, transport_threw());
  }
}

// A user's transport may complete twice, or complete and then throw: the first one counts.
bool AsyncCall::claim(int attempt) noexcept { return awaited_.compare_exchange_strong(attempt, 0); }

void AsyncCall::take(int attempt, http::Outcome outcome) noexcept {
  if (!claim(attempt)) return;
  const CallbackScope here;
  const CallInProgress until_it_is_gone = in_progress_;
  const auto self = self_;
  try {
    state_.complete(std::move(outcome));
  } catch (...) {
    return end(std::current_exception());
  }
  resume();
}

// The end -----------------------------------------------------------------------------------------

void AsyncCall::end(std::exception_ptr error) noexcept {
  const auto self = std::move(self_);
  runtime_->leave();  // first, so that the next one is sent while this response is read
  if (!input_.executor) return complete(std::move(error));
  in_progress_.end();  // the client need not wait for the executor
  try {
    (*input_.executor)([self, error] { self->complete(error); });
  } catch (...) {
    complete(std::current_exception());
  }
}

void AsyncCall::complete(std::exception_ptr error) noexcept {
  if (is_complete_.exchange(true)) return;  // an executor took the work and threw anyway
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
  if (input_.on_result) input_.on_result(result, error);
  const auto completion = std::move(completion_);
  if (error) {
    completion->fail(std::move(error));
  } else {
    completion->succeed(result, result != nullptr ? lifetime->destroy : nullptr);
  }
}

// Starting ----------------------------------------------------------------------------------------

std::shared_ptr<TaskState> failed(const Core& core, std::exception_ptr error) {
  auto state = std::make_shared<TaskState>(core.on_unhandled_exception());
  state->fail(std::move(error));
  return state;
}

std::shared_ptr<TaskState> start(const std::shared_ptr<const Core>& core, AsyncCall::Input input,
                                 const CallInProgress* part_of) {
  const CancellationOff until_it_is_begun;
  const Operation& operation = input.call.operation();
  const std::string tag = input.call.tag();
  auto completion = std::make_shared<TaskState>(core->on_unhandled_exception());
  const auto fail = [&completion, on_result = input.on_result](const std::exception_ptr& error) {
    if (on_result) on_result(nullptr, error);
    completion->fail(error);
  };
  try {
    std::make_shared<AsyncCall>(core, std::move(input), part_of)->begin(completion);
  } catch (const std::system_error&) {
    fail(no_thread(operation, tag));
  } catch (...) {
    fail(std::current_exception());
  }
  return completion;
}

namespace {

// An error in preparing the call is the task's.
template <class Prepare>
std::shared_ptr<TaskState> start_on(const Async& front, const Prepare& prepare_call) {
  const Core& core = *front.core();
  try {
    return start(core.shared_from_this(),
                 {.call = prepare_call(core.options()), .executor = front.executor()});
  } catch (...) {
    return failed(core, std::current_exception());
  }
}

}  // namespace

std::shared_ptr<TaskState> start_call(const Async& front, const Operation& operation,
                                      const CallInput& input, const CallOptions& options) {
  return start_on(front, [&](const ClientOptions& client) {
    return prepare(client, operation, input, options);
  });
}

}  // namespace segment::inline SEGMENT_ABI::detail

namespace segment::inline SEGMENT_ABI {

NamedTask<Json> AsyncClient::call(http::Method method, std::string_view path,
                                  const std::vector<QueryParameter>& query,
                                  const std::optional<Json>& body,
                                  const CallOptions& options) const {
  return Task<Json>(detail::start_on(front_, [&](const ClientOptions& client) {
    return detail::prepare_raw_call(client, method, path, query, body, options);
  }));
}

NamedTask<void> AsyncClient::warm_up(const CallOptions& options) const {
  return Task<void>(detail::start_on(front_, [&](const ClientOptions& client) {
    return detail::prepare_warm_up(client, options);
  }));
}

}  // namespace segment::inline SEGMENT_ABI
