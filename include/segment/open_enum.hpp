#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace segment {

/// A value out of a list that the API may lengthen at any time: one that this library does not know
/// is kept as its text, compares by it and can be sent back.
///
/// A derived class has an unscoped enum `Value` whose last enumerator is `unknown`, and `names`,
/// the API's text for each of the others in the same order.
///
/// Copying: as std::string. Cost: a known value holds no text of its own. Thread safety: a value.
template <class Derived>
class OpenEnum {
 public:
  /// The API's own text; empty where nothing came.
  [[nodiscard]] std::string_view text() const noexcept {
    return index_ < known() ? Derived::names[index_] : std::string_view{other_};
  }

  /// Whether this library knows the value by name.
  [[nodiscard]] bool is_known() const noexcept { return index_ < known(); }

  /// Whether nothing came.
  [[nodiscard]] bool empty() const noexcept { return !is_known() && other_.empty(); }

  friend bool operator==(const Derived& a, const Derived& b) noexcept {
    return a.text() == b.text();
  }
  friend bool operator<(const Derived& a, const Derived& b) noexcept { return a.text() < b.text(); }

  template <class Stream>
  requires requires(Stream& stream, std::string_view text) { stream << text; }
  friend Stream& operator<<(Stream& stream, const Derived& value) {
    stream << value.text();
    return stream;
  }

 protected:
  OpenEnum() noexcept = default;
  explicit OpenEnum(std::size_t index) noexcept : index_(index) {}
  explicit OpenEnum(std::string_view text) { assign(text); }

  [[nodiscard]] std::size_t index() const noexcept { return index_ < known() ? index_ : known(); }

 private:
  [[nodiscard]] static constexpr std::size_t known() noexcept { return std::size(Derived::names); }

  void assign(std::string_view text) {
    for (std::size_t i = 0; i < known(); ++i) {
      if (Derived::names[i] == text) {
        index_ = i;
        return;
      }
    }
    other_ = text;
  }

  std::size_t index_ = static_cast<std::size_t>(-1);
  std::string other_;
};

}  // namespace segment
