#include "call/run.hpp"

#include <exception>
#include <string>

#include "call/call_state.hpp"
#include "call/masked_secrets.hpp"
#include "call/page_size.hpp"
#include "segment/detail/call.hpp"
#include "segment/error.hpp"

namespace segment::detail {

namespace {

// A transport of the user's own may throw: what became of the request is then anybody's guess. But
// one that was set up wrongly has sent nothing, and would say so at every further try.
http::Outcome send(http::Transport& transport, CallState& state) {
  try {
    return transport.send(state.request());
  } catch (const ConfigurationError& error) {
    state.not_sent(error);
  } catch (const std::exception& error) {
    return http::Failure{http::FailureKind::other, true,
                         std::string("the transport threw: ") + error.what()};
  } catch (...) {
    return http::Failure{http::FailureKind::other, true, "the transport threw"};
  }
}

}  // namespace

void run(const Core& core, const CallTable& table, const EncodedCall& call, void* result,
         const CallOptions& options) {
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

void call(const Core& core, const CallTable& table, const CallInput& input, void* result,
          const CallOptions& options) {
  EncodedCall encoded = encode(table, input, options);
  guard_masked_secrets(*table.operation,
                       options.masked_secrets.value_or(core.options().masked_secrets),
                       encoded.body);
  // The API wants a count beside a cursor.
  if (table.paging != nullptr && find_parameter(encoded.query, table.paging->cursor) != nullptr) {
    add_usual_page_size(*table.paging, encoded.query);
  }
  run(core, table, encoded, result, options);
}

}  // namespace segment::detail
