#include "call/run.hpp"

#include "call/call_state.hpp"
#include "call/masked_secrets.hpp"
#include "call/page_size.hpp"
#include "call/transport_threw.hpp"
#include "segment/detail/call.hpp"
#include "segment/error.hpp"
#include "threads/cancellation_off.hpp"

namespace segment::detail {

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

void run(const Core& core, const CallTable& table, const EncodedCall& call, void* result,
         const CallOptions& options) {
  const CancellationOff until_it_ends;
  CallState state(core, table, call, options);
  for (;;) {
    switch (state.next()) {
      case CallState::Step::send:
        state.answered(send(core.transport(), state));
        break;
      case CallState::Step::wait:
        core.clock().wait_until(state.wake_at(), options.stop);
        break;
      case CallState::Step::finish:
        state.finish(result);
        return;
    }
  }
}

EncodedCall prepare(const Core& core, const CallTable& table, const CallInput& input,
                    const CallOptions& options) {
  EncodedCall encoded = encode(table, input, options);
  guard_masked_secrets(*table.operation,
                       options.masked_secrets.value_or(core.options().masked_secrets),
                       encoded.body);
  // The API wants a count beside a cursor.
  if (table.paging != nullptr && find_parameter(encoded.query, table.paging->cursor) != nullptr) {
    add_usual_page_size(*table.paging, encoded.query);
  }
  return encoded;
}

void call(const Core& core, const CallTable& table, const CallInput& input, void* result,
          const CallOptions& options) {
  run(core, table, prepare(core, table, input, options), result, options);
}

}  // namespace segment::detail
