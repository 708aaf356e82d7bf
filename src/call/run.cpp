#include "call/run.hpp"

#include "call/call_state.hpp"
#include "segment/detail/call.hpp"
#include "segment/error.hpp"
#include "threads/cancellation_off.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

http::Outcome send(http::Transport& transport, const http::Request& request, CallState& state) {
  try {
    return transport.send(request);
  } catch (const ConfigurationError& error) {  // it has sent nothing, and would say so again
    state.not_sent(error);
  } catch (...) {
    return transport_threw();
  }
}

}  // namespace

void run(const Core& core, const PreparedCall& call, void* result) {
  const CancellationOff until_it_ends;
  const CallInProgress in_progress(core.life(), call.operation());
  CallState state(core, call);
  for (;;) {
    const CallState::Step step = state.next();
    if (const auto* to_send = std::get_if<CallState::Send>(&step)) {
      state.complete(send(core.transport(), to_send->request, state));
    } else if (const auto* wait = std::get_if<CallState::WaitUntil>(&step)) {
      core.clock().wait_until(wait->time, state.stop_token());
    } else {
      return state.finish(result);
    }
  }
}

void call(const Core& core, const Operation& operation, const CallInput& input, void* result,
          const CallOptions& options) {
  run(core, prepare(core.options(), operation, input, options), result);
}

}  // namespace segment::inline SEGMENT_ABI::detail
