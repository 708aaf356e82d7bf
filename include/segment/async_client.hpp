#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "segment/async_list.hpp"
#include "segment/call_options.hpp"
#include "segment/client.hpp"
#include "segment/detail/async.hpp"
#include "segment/http/method.hpp"
#include "segment/named_list.hpp"
#include "segment/named_task.hpp"
#include "segment/task.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI {

/// The client's asynchronous calls: one accessor for each resource group of the API, with the
/// methods of the blocking group. Each starts its call and returns a Task; rate limits, retries,
/// time-outs, stop tokens and errors are those of the blocking call.
///
/// To call a group's methods include its header, `segment/api/sources.hpp` for one, or all of them
/// with `segment/async.hpp`.
///
/// One thread carries the calls of all copies and their waits; the first call starts it. At most
/// `AsyncOptions::max_in_flight` calls are with the server at a time. The others are queued, where
/// only a call's own time-out, deadline and stop token apply. Policies and token providers run on
/// this thread too and should not block.
///
/// When the last copy of the client is destroyed, it waits for calls in progress for at most
/// `AsyncOptions::shutdown_timeout` and cancels the rest. Destroyed in a callback it does not wait:
/// the calls have the same time, and the thread ends after the last of them.
///
/// Copying: cheap; shares everything with the client that it came from. Cost: none before the first
/// call. Thread safety: every method of every copy may be called from any thread.
class SEGMENT_EXPORT AsyncClient : public BasicResources<Async> {
 public:
  explicit AsyncClient(Async front) : BasicResources(std::move(front)) {}

  /// Makes a call that this library has no method for, as `Client::call` does.
  ///
  /// \return the response's `data`; null if the response is empty.
  Task<Json> call(http::Method method, std::string_view path) const {
    return call(method, path, {});
  }
  /// \overload
  NamedTask<Json> call(http::Method method, std::string_view path,
                       const std::vector<QueryParameter>& query,
                       const std::optional<Json>& body = {}, const CallOptions& options = {}) const;

  /// Shuts the client and all its copies down, as `Client::shutdown` does.
  bool shutdown(std::chrono::steady_clock::time_point deadline) const;
};

}  // namespace segment::inline SEGMENT_ABI
