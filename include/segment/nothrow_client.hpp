#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "segment/client.hpp"
#include "segment/front.hpp"
#include "segment/result.hpp"
#include "segment/result_list.hpp"

namespace segment::inline SEGMENT_ABI {

/// The front that does not throw, used by `NothrowClient`: a method waits for its call and returns
/// a `Result` with the value or the error.
///
/// Copying: cheap, shares its client. Thread safety: any thread.
class Nothrow {
 public:
  template <class T>
  using Returns = Result<T>;
  template <class PageType>
  using Lists = ResultList<PageType>;

  explicit Nothrow(Blocking blocking) : blocking_(std::move(blocking)) {}

  /// Makes one call: the methods of the groups use it.
  template <class T>
  Result<T> call(const Operation& operation, const detail::CallInput& input,
                 const CallOptions& options) const noexcept {
    return detail::result_of([&] { return blocking_.call<T>(operation, input, options); });
  }

  /// Makes several calls as one operation: jobs and helpers use it.
  template <class T>
  Result<T> run(const std::shared_ptr<detail::Sequence>& sequence) const noexcept {
    return detail::result_of([&] { return blocking_.run<T>(sequence); });
  }

  /// Starts a paged list.
  template <class PageType>
  ResultList<PageType> list(const Operation& operation, const detail::CallInput& input,
                            const CallOptions& options) const {
    return ResultList<PageType>(core(), operation, input, options);
  }

  [[nodiscard]] const std::shared_ptr<const detail::Core>& core() const noexcept {
    return blocking_.core();
  }

 private:
  Blocking blocking_;
};

/// The client's calls with errors as values: one accessor for each resource group of the API, with
/// the methods of the blocking group. Each waits for its call and returns a `Result`; what the
/// blocking method would throw is the result's error.
///
///     segment::Result<segment::SourceDetails> found = client.nothrow().sources().get(source_id);
///     if (!found) std::cerr << found.error_message() << '\n';
///
/// Copying: cheap; shares everything with the original client. Cost: that of the blocking call.
/// Thread safety: every method of every copy may be called from any thread.
class SEGMENT_EXPORT NothrowClient : public BasicClient<Nothrow> {
 public:
  explicit NothrowClient(Nothrow front) : BasicClient(std::move(front)) {}

  /// Makes a call that this library has no method for, as `Client::call` does.
  ///
  /// \return the response's `data`; null if the response is empty.
  Result<Json> call(http::Method method, std::string_view path,
                    const std::vector<QueryParameter>& query = {},
                    const std::optional<Json>& body = {},
                    const CallOptions& options = {}) const noexcept;

  /// Opens a connection for the next blocking call, as `Client::warm_up` does.
  Result<void> warm_up(const CallOptions& options = {}) const noexcept;
};

}  // namespace segment::inline SEGMENT_ABI
