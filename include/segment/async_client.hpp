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

/// The client's calls without waiting: one accessor for each group of the API's resources, with the
/// methods of the blocking group. Each begins its call and returns a Task; pacing, retries,
/// time-outs, stop tokens and errors are those of the blocking call.
///
/// To call a group's methods include its header, `segment/api/sources.hpp` for one, or all of them
/// with `segment/async.hpp`.
///
/// One thread carries the calls of all copies, with their waits; the first call makes it. At most
/// `AsyncOptions::max_in_flight` calls are with the server at a time; the others are queued, for
/// which only a call's own time-out, deadline and stop token count. Policies and a token provider
/// run on this thread too, and should not take long.
///
/// The last copy of the client waits for calls under way when it is destroyed, for at most
/// `AsyncOptions::shutdown_timeout`, and cancels those that are left. Destroyed in a callback it
/// waits for nothing: the calls have the same time, and the thread ends after the last of them.
///
/// Copying: cheap; shares everything with the client that it came from. Cost: none before the first
/// call. Thread safety: every method of every copy may be called from any thread.
class SEGMENT_EXPORT AsyncClient : public BasicResources<Async> {
 public:
  explicit AsyncClient(Async front) : BasicResources(std::move(front)) {}

  /// Makes a call that this library has no method for, as `Client::call` does.
  ///
  /// \return what stands under `data` in the answer; null where the answer is empty.
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
