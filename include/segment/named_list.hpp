#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "segment/async_list.hpp"
#include "segment/front.hpp"
#include "segment/named_task.hpp"

namespace segment::inline SEGMENT_ABI {

#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13

/// The AsyncList of a call that is given a struct: with g++ 11 and 12, which corrupt such an
/// argument within a `co_await`, what it begins as a temporary is awaited by its name only, as a
/// NamedTask is. With every other compiler such a call returns an AsyncList.
///
/// Copying, cost, thread safety: as AsyncList, and becomes one wherever that is asked for.
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

}  // namespace segment::inline SEGMENT_ABI
