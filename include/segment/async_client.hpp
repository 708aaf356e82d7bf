#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "segment/async_list.hpp"
#include "segment/call_options.hpp"
#include "segment/client.hpp"
#include "segment/detail/async.hpp"
#include "segment/detail/async_steps.hpp"
#include "segment/http/method.hpp"
#include "segment/named_task.hpp"
#include "segment/task.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI {

#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13

/// The AsyncList of a call that takes a struct. g++ 11 and 12 corrupt such an argument inside a
/// `co_await`, so with them, as with a NamedTask, you cannot await a member call on the temporary:
/// give it a name first. With every other compiler such a call returns an AsyncList.
///
/// Copying, cost, thread safety: as AsyncList, to which it converts.
template <class PageType>
class NamedList : public AsyncList<PageType> {
  using Base = AsyncList<PageType>;

 public:
  using typename Base::value_type;

  NamedList(Base&& list) noexcept : Base(std::move(list)) {}

  Task<std::vector<value_type>> to_vector(std::size_t maximum = no_maximum) const& {
    return Base::to_vector(maximum);
  }
  NamedTask<std::vector<value_type>> to_vector(std::size_t maximum = no_maximum) const&& {
    return Base::to_vector(maximum);
  }
  Task<std::optional<value_type>> front() const& { return Base::front(); }
  NamedTask<std::optional<value_type>> front() const&& { return Base::front(); }
  Task<std::optional<std::int64_t>> total() const& { return Base::total(); }
  NamedTask<std::optional<std::int64_t>> total() const&& { return Base::total(); }

 private:
  static constexpr std::size_t no_maximum = (std::numeric_limits<std::size_t>::max)();
};

namespace detail {

template <class PageType>
struct ByName<AsyncList<PageType>> {
  using type = NamedList<PageType>;
};

}  // namespace detail

#endif

/// The client's asynchronous calls: one accessor for each resource group of the API, with the
/// methods of the blocking group. Each starts its call and returns a Task; rate limits, retries,
/// timeouts, stop tokens and errors are those of the blocking call.
///
/// To call a group's methods include its header, for example `segment/api/sources.hpp`, or all of
/// them with `segment/async.hpp`.
///
/// One thread carries the calls of all copies and their waits; the first call starts it. At most
/// `AsyncOptions::max_in_flight` calls are in flight at a time. The others are queued; meanwhile
/// only a call's own timeout, deadline and stop token apply. Policies and token providers run on
/// this thread too and should not block.
///
/// When the last copy of the client is destroyed, it waits for calls in progress for at most
/// `AsyncOptions::shutdown_timeout` and cancels the rest. If it is destroyed in a callback, it does
/// not wait: the calls get the same time, and the thread ends after the last one.
///
/// Copying: cheap; shares everything with the original client. Cost: none before the first call.
/// Thread safety: every method of every copy may be called from any thread.
class SEGMENT_EXPORT AsyncClient : public BasicClient<Async> {
 public:
  explicit AsyncClient(Async front) : BasicClient(std::move(front)) {}

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

  /// Opens a connection for the next asynchronous call, as `Client::warm_up` does. Concurrent calls
  /// open one connection each.
  Task<void> warm_up() const { return warm_up(CallOptions{}); }
  /// \overload
  NamedTask<void> warm_up(const CallOptions& options) const;
};

}  // namespace segment::inline SEGMENT_ABI
