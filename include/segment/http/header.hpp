#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::http {

/// One HTTP header field.
struct Header {
  std::string name{};
  std::string value{};

  bool operator==(const Header&) const = default;
};

/// The header fields of a request or a response, in order; names compare case-insensitively.
///
/// Copying: a value. Cost: a vector; looking a name up walks it. Thread safety: as a std::vector.
class SEGMENT_EXPORT Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<Header> fields) : fields_(fields) {}

  /// Adds a field, keeping any of the same name.
  void add(std::string name, std::string value) {
    fields_.push_back({std::move(name), std::move(value)});
  }

  /// Replaces every field of the same name with this one.
  void set(std::string name, std::string value);

  /// The first field with this name, or null if there is none.
  [[nodiscard]] const std::string* find(std::string_view name) const noexcept;

  [[nodiscard]] auto begin() noexcept { return fields_.begin(); }
  [[nodiscard]] auto end() noexcept { return fields_.end(); }
  [[nodiscard]] auto begin() const noexcept { return fields_.begin(); }
  [[nodiscard]] auto end() const noexcept { return fields_.end(); }
  [[nodiscard]] std::size_t size() const noexcept { return fields_.size(); }
  [[nodiscard]] bool empty() const noexcept { return fields_.empty(); }
  void reserve(std::size_t count) { fields_.reserve(count); }
  void clear() noexcept { fields_.clear(); }

  bool operator==(const Headers&) const = default;

 private:
  std::vector<Header> fields_;
};

/// Whether two header names are the same, ignoring the case of ASCII letters.
[[nodiscard]] SEGMENT_EXPORT bool same_name(std::string_view a, std::string_view b) noexcept;

}  // namespace segment::inline SEGMENT_ABI::http
