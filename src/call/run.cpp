#include "call/run.hpp"

#include "call/call_state.hpp"
#include "call/transport_threw.hpp"
#include "segment/detail/call.hpp"
#include "segment/error.hpp"
#include "threads/cancellation_off.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

http::Outcome send(http::Transport& transport, CallState& state) {
  try {
    return transport.send(state.request());
  } catch (const ConfigurationError& error) {  // it has sent nothing, and would say so again
    state.not_sent(error);
  } catch (...) {
    return transport_threw();
  }
}

}  // namespace

void run(const Core& core, const PreparedCall& call, void* result) {
  const CancellationOff until_it_ends;
  CallState state(core, call);
  for (;;) {
    switch (state.next()) {
      case CallState::Step::send:
        state.answered(send(core.transport(), state));
        break;
      case CallState::Step::wait:
        core.clock().wait_until(state.wake_at(), call.options().stop);
        break;
      case CallState::Step::finish:
        state.finish(result);
        return;
    }
  }
}

void call(const Core& core, const CallTable& table, const CallInput& input, void* result,
          const CallOptions& options) {
  run(core, prepare(core.options(), table, input, options), result);
}

}  // namespace segment::inline SEGMENT_ABI::detail
