#pragma once

#include <chrono>
#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// A point in time as the API writes it: keeps the text as received and parses it on demand. The
/// API writes `0001-01-01T00:00:00Z` for what has not happened: see `is_never`.
///
/// Copying: as std::string. Cost: each access to the time parses the text.
class SEGMENT_EXPORT Timestamp {
 public:
  using TimePoint = std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds>;

  /// Empty: there was none.
  Timestamp() = default;

  /// From RFC 3339 text, kept as is and not checked.
  explicit Timestamp(std::string text) : text_(std::move(text)) {}
  explicit Timestamp(std::nullptr_t) = delete;

  /// From a point in time, written in UTC with milliseconds: `2026-08-01T12:00:00.000Z`.
  Timestamp(std::chrono::system_clock::time_point point);

  [[nodiscard]] const std::string& text() const& noexcept { return text_; }
  [[nodiscard]] std::string text() && noexcept { return std::move(text_); }
  [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

  /// The point in time that the text names.
  ///
  /// \return empty if the text is not RFC 3339: a date, `T` or a space, a time with or without a
  ///         fraction, and `Z` or an offset; a missing offset reads as UTC, a date alone as
  ///         midnight. Also empty outside the range of nanoseconds: before 1678 (for example
  ///         `is_never`) and after 2261.
  [[nodiscard]] std::optional<TimePoint> time_point() const noexcept;

  /// Whether the text names the first moment of the year 1, `0001-01-01T00:00:00Z`: the API's way
  /// of saying that something, such as a sync, has never happened.
  [[nodiscard]] bool is_never() const noexcept;

  /// Compares the texts, not the points in time.
  bool operator==(const Timestamp&) const = default;

  template <class Stream>
  requires requires(Stream& stream, const std::string& text) { stream << text; }
  friend Stream& operator<<(Stream& stream, const Timestamp& timestamp) {
    stream << timestamp.text_;
    return stream;
  }

 private:
  std::string text_;
};

}  // namespace segment::inline SEGMENT_ABI
