#pragma once

#include <exception>
#include <memory>
#include <utility>

#include "call/core.hpp"
#include "call/sequence.hpp"
#include "operations/prepared_call.hpp"
#include "segment/call_options.hpp"
#include "segment/detail/call.hpp"
#include "segment/detail/pager.hpp"
#include "segment/operation.hpp"
#include "segment/result.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// A list in pages within a sequence.
///
/// Copying: movable. Cost: one page is held at a time. Thread safety: one thread at a time.
template <class PageType>
class SequenceList {
 public:
  explicit SequenceList(std::unique_ptr<Pager> pager) : pager_(std::move(pager)) {}

  /// Fetches the next page; false after the last.
  SequenceOf<bool> next() {
    const PreparedCall* const next = pager_->begin_page();
    if (next == nullptr) co_return false;
    SequenceCall<PageType> call(*next);
    Result<PageType> fetched = co_await call;
    pager_->end_page(fetched ? &*fetched : nullptr);
    page_ = std::move(fetched).value();
    co_return true;
  }

  /// The newest page.
  [[nodiscard]] const PageType& page() const noexcept { return page_; }

 private:
  std::unique_ptr<Pager> pager_;
  PageType page_{};
};

/// The front for use within a sequence: a group's method returns what is awaited for its Result.
/// Await it by name, which g++ 11 and 12 need for calls that take a struct.
///
/// Copying: cheap; it holds the core, since the client may be destroyed meanwhile. Thread safety:
/// any thread.
class Stepwise {
 public:
  template <class T>
  using Returns = SequenceCall<T>;
  template <class PageType>
  using Lists = SequenceList<PageType>;

  explicit Stepwise(const std::shared_ptr<const Core>& core) : core_(core->shared_from_this()) {}

  template <class T>
  SequenceCall<T> call(const Operation& operation, const CallInput& input,
                       const CallOptions& options) const {
    try {
      return SequenceCall<T>(prepare(core_->options(), operation, input, options));
    } catch (...) {
      return SequenceCall<T>(std::current_exception());
    }
  }

  template <class PageType>
  SequenceList<PageType> list(const Operation& operation, const CallInput& input,
                              const CallOptions& options) const {
    return SequenceList<PageType>(std::make_unique<Pager>(core_, operation, input, options));
  }

  [[nodiscard]] const Core& core() const noexcept { return *core_; }

 private:
  std::shared_ptr<const Core> core_;
};

}  // namespace segment::inline SEGMENT_ABI::detail
