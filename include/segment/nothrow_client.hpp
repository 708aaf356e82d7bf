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

/// The front that does not throw, which is that of `NothrowClient`: a method waits for its call and
/// returns a `Result` of the value or the error.
///
/// Copying: cheap, shares its client. Cost: none of its own. Thread safety: any thread.
class Nothrow {
 public:
  template <class T>
  using Returns = Result<T>;
  template <class PageType>
  using Lists = ResultList<PageType>;

  explicit Nothrow(Blocking blocking) : blocking_(std::move(blocking)) {}

  /// Makes one call: what the methods of the groups are made of.
  template <class T>
  Result<T> call(const Operation& operation, const detail::CallInput& input,
                 const CallOptions& options) const noexcept {
    return detail::result_of([&] { return blocking_.call<T>(operation, input, options); });
  }

  /// Makes several calls that are one: what jobs and helpers are made of.
  template <class T>
  Result<T> run(const std::shared_ptr<detail::Sequence>& sequence) const noexcept {
    return detail::result_of([&] { return blocking_.run<T>(sequence); });
  }

  /// Begins to iterate over a list in pages.
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

/// The client's calls as values: one accessor for each group of the API's resources, with the
/// methods of the blocking group. Each waits for its call and returns a `Result`; whatever the
/// blocking method throws is the result's error.
///
///     segment::Result<segment::SourceDetails> found = client.nothrow().sources().get(source_id);
///     if (!found) std::cerr << found.error_as()->what() << '\n';
///
/// Copying: cheap; shares everything with the client that it came from. Cost: that of the blocking
/// call. Thread safety: every method of every copy may be called from any thread.
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
