#include <exception>
#include <utility>

#include "call/prepared_call.hpp"
#include "runtime/operation.hpp"
#include "segment/async_client.hpp"
#include "segment/detail/async.hpp"

namespace segment::inline SEGMENT_ABI::detail {

std::shared_ptr<TaskState> start_call(const Async& front, const Operation& operation,
                                      const CallInput& input, const CallOptions& options) {
  try {
    return start(front.core->shared_from_this(),
                 {.call = prepare(front.core->options(), operation, input, options),
                  .executor = front.executor});
  } catch (...) {
    return failed(std::current_exception());
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail

namespace segment::inline SEGMENT_ABI {

NamedTask<Json> AsyncClient::call(http::Method method, std::string_view path,
                                  const std::vector<QueryParameter>& query,
                                  const std::optional<Json>& body,
                                  const CallOptions& options) const {
  const detail::Core& core = *front_.core;
  try {
    return Task<Json>(detail::start(
        core.shared_from_this(),
        {.call = detail::prepare_raw_call(core.options(), method, path, query, body, options),
         .executor = front_.executor}));
  } catch (...) {
    return Task<Json>(detail::failed(std::current_exception()));
  }
}

}  // namespace segment::inline SEGMENT_ABI
