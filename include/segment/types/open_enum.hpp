#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "segment/detail/arguments.hpp"

namespace segment::inline SEGMENT_ABI {

namespace detail {

/// The index of a text among names, ignoring case if none is equal; `count` if there is none.
[[nodiscard]] SEGMENT_EXPORT std::size_t find_name(const std::string_view* names, std::size_t count,
                                                   std::string_view text) noexcept;

}  // namespace detail

/// An enum that the API may extend at any time: an unknown value is kept as text, compares by it
/// and can be sent back. A known value in another case (`Block`) is recognised, and sent back
/// unchanged.
///
/// A derived class has an unscoped enum `Value` whose last enumerator is `unknown`, and `names`,
/// the API's text for each of the others in the same order.
///
/// Copying: as std::string. Cost: a known value in its own case stores no text.
template <class Derived>
class OpenEnum {
 public:
  /// The text as received; empty if there was none.
  [[nodiscard]] std::string_view text() const noexcept {
    return other_.empty() ? name() : std::string_view{other_};
  }

  /// Whether this library knows the value by name.
  [[nodiscard]] bool is_known() const noexcept { return index_ < known(); }

  /// Whether there was no value.
  [[nodiscard]] bool empty() const noexcept { return !is_known() && other_.empty(); }

  friend bool operator==(const Derived& a, const Derived& b) noexcept {
    return a.name() == b.name();
  }
  friend bool operator<(const Derived& a, const Derived& b) noexcept { return a.name() < b.name(); }

  template <class Stream>
  requires requires(Stream& stream, std::string_view text) { stream << text; }
  friend Stream& operator<<(Stream& stream, const Derived& value) {
    stream << value.text();
    return stream;
  }

 protected:
  OpenEnum() noexcept = default;
  explicit OpenEnum(std::size_t index) noexcept : index_(index) {}
  explicit OpenEnum(std::string_view text)
      : index_(detail::find_name(Derived::names, known(), text)),
        other_(is_known() && Derived::names[index_] == text ? std::string_view() : text) {}

  [[nodiscard]] std::size_t index() const noexcept { return index_ < known() ? index_ : known(); }

 private:
  [[nodiscard]] static constexpr std::size_t known() noexcept { return std::size(Derived::names); }

  // The API's own text for a known value, in whatever case it was received.
  [[nodiscard]] std::string_view name() const noexcept {
    return is_known() ? Derived::names[index_] : std::string_view{other_};
  }

  std::size_t index_ = static_cast<std::size_t>(-1);
  std::string other_;
};

}  // namespace segment::inline SEGMENT_ABI
