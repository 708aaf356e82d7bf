#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::http {

/// A view of one field; valid until the Headers change.
struct HeaderView {
  std::string_view name{};
  std::string_view value{};

  bool operator==(const HeaderView&) const = default;
};

/// One HTTP header field.
struct Header {
  std::string name{};
  std::string value{};

  operator HeaderView() const noexcept { return {name, value}; }

  bool operator==(const Header&) const = default;
};

/// The header fields of a request or a response, in order; names compare case-insensitively.
///
/// Copying: a value. Cost: two blocks of memory, however many fields there are; a lookup walks
/// them. What is overwritten, removed or destroyed is wiped from memory, as a field may carry a
/// token. Thread safety: as a std::vector.
class SEGMENT_EXPORT Headers {
  struct Field {
    std::size_t begin = 0;
    std::size_t name_size = 0;
    std::size_t value_size = 0;

    bool operator==(const Field&) const = default;
  };

 public:
  /// Iterates over the fields; yields views.
  class Iterator {
   public:
    using value_type = HeaderView;
    using difference_type = std::ptrdiff_t;

    Iterator() = default;

    HeaderView operator*() const noexcept {
      const char* const name = text_ + field_->begin;
      return {{name, field_->name_size}, {name + field_->name_size, field_->value_size}};
    }
    Iterator& operator++() noexcept {
      ++field_;
      return *this;
    }
    Iterator operator++(int) noexcept {
      const Iterator before = *this;
      ++field_;
      return before;
    }
    bool operator==(const Iterator& other) const noexcept { return field_ == other.field_; }

   private:
    friend class Headers;
    Iterator(const char* text, const Field* field) noexcept : text_(text), field_(field) {}

    const char* text_ = nullptr;
    const Field* field_ = nullptr;
  };

  Headers() noexcept = default;
  Headers(std::initializer_list<HeaderView> fields);
  Headers(const Headers& other);
  Headers(Headers&& other) noexcept = default;
  Headers& operator=(const Headers& other);
  Headers& operator=(Headers&& other) noexcept;
  ~Headers();

  /// Adds a field, keeping any of the same name.
  void add(std::string_view name, std::string_view value);

  /// Replaces every field of the same name with this one.
  void set(std::string_view name, std::string_view value);

  /// The value of the first field with this name; nothing if there is no such field. A view, valid
  /// until the headers change; of temporary Headers, a copy.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const& noexcept;
  [[nodiscard]] std::optional<std::string> find(std::string_view name) const&&;

  [[nodiscard]] Iterator begin() const noexcept { return {text_.data(), fields_.data()}; }
  [[nodiscard]] Iterator end() const noexcept {
    return {text_.data(), fields_.data() + fields_.size()};
  }
  [[nodiscard]] std::size_t size() const noexcept { return fields_.size(); }
  [[nodiscard]] bool empty() const noexcept { return fields_.empty(); }
  void clear() noexcept;

  bool operator==(const Headers&) const = default;

 private:
  void swap(Headers& other) noexcept;

  std::string text_{};           // names and values, one after another
  std::vector<Field> fields_{};  // where they are in it
};

/// Whether two header names are the same, ignoring the case of ASCII letters.
[[nodiscard]] SEGMENT_EXPORT bool same_name(std::string_view a, std::string_view b) noexcept;

}  // namespace segment::inline SEGMENT_ABI::http
