#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// The id of one kind of item: opaque text that cannot be passed as the id of another kind.
///
/// Copying: as std::string. Cost: as std::string. Thread safety: as std::string.
///
/// \tparam Tag distinguishes the kinds; never defined.
template <class Tag>
class Id {
 public:
  /// Empty: refused wherever the API needs an id.
  Id() = default;
  explicit Id(std::string text) : text_(std::move(text)) {}
  explicit Id(std::nullptr_t) = delete;

  [[nodiscard]] const std::string& text() const& noexcept { return text_; }
  [[nodiscard]] std::string text() && noexcept { return std::move(text_); }
  [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

  bool operator==(const Id&) const = default;
  auto operator<=>(const Id&) const = default;

  template <class Stream>
  requires requires(Stream& stream, const std::string& text) { stream << text; }
  friend Stream& operator<<(Stream& stream, const Id& id) {
    stream << id.text_;
    return stream;
  }

 private:
  std::string text_;
};

}  // namespace segment::inline SEGMENT_ABI

template <class Tag>
struct std::hash<segment::Id<Tag>> {
  std::size_t operator()(const segment::Id<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.text());
  }
};
