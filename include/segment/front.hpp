#pragma once

/// \file
/// The fronts: how the result of a call reaches its caller. Each group of the API is one class
/// template over a front, so that an operation is declared once for all of them.

#include <memory>
#include <type_traits>
#include <utility>

#include "segment/call_options.hpp"
#include "segment/detail/call.hpp"
#include "segment/detail/describe.hpp"
#include "segment/detail/shared.hpp"

namespace segment::inline SEGMENT_ABI {

template <class PageType>
class List;
class Async;
class Nothrow;

/// The return type of a method whose call results in a `T`: `T` itself for the blocking front,
/// `Task<T>` for the asynchronous one, `Result<T>` for the one that does not throw.
template <class Front, class T>
using Returned = typename Front::template Returns<T>;

/// The return type of a method for a paged list: `List`, `AsyncList` or `ResultList`.
template <class Front, class PageType>
using Listed = typename Front::template Lists<PageType>;

namespace detail {

/// The return type of a call that takes a struct. Only g++ 11 and 12 need another type: see
/// `NamedTask`.
template <class Result>
struct ByName {
  using type = Result;
};

}  // namespace detail

/// Like `Returned`, for a call that takes a struct, which may be written in braces.
template <class Front, class T>
using ReturnedByName = typename detail::ByName<Returned<Front, T>>::type;

/// Like `Listed`, for a list that takes a struct.
template <class Front, class PageType>
using ListedByName = typename detail::ByName<Listed<Front, PageType>>::type;

/// The blocking front, used by `Client`: a method waits for its call, returns the value and throws
/// the error.
///
/// Copying: cheap, shares its client. Thread safety: any thread.
class Blocking {
 public:
  template <class T>
  using Returns = T;
  template <class PageType>
  using Lists = List<PageType>;

  explicit Blocking(std::shared_ptr<const detail::Core> core) : core_(std::move(core)) {}

  /// Makes one call: the methods of the groups use it.
  template <class T>
  T call(const Operation& operation, const detail::CallInput& input,
         const CallOptions& options) const {
    if constexpr (std::is_void_v<T>) {
      detail::call(*core_, operation, input, nullptr, options);
    } else {
      T result = detail::empty<T>();
      detail::call(*core_, operation, input, &result, options);
      return result;
    }
  }

  /// Makes several calls as one operation: jobs and helpers use it.
  template <class T>
  T run(const std::shared_ptr<detail::Sequence>& sequence) const {
    if constexpr (std::is_void_v<T>) {
      detail::run_sequence(*core_, *sequence);
    } else {
      const std::unique_ptr<T> result(static_cast<T*>(detail::run_sequence(*core_, *sequence)));
      return std::move(*result);
    }
  }

  /// Starts a paged list.
  template <class PageType>
  List<PageType> list(const Operation& operation, const detail::CallInput& input,
                      const CallOptions& options) const {
    return List<PageType>(core_, operation, input, options);
  }

  [[nodiscard]] const std::shared_ptr<const detail::Core>& core() const noexcept { return core_; }

 private:
  detail::Shared<const detail::Core> core_;
};

}  // namespace segment::inline SEGMENT_ABI
