#pragma once

#include <exception>
#include <optional>
#include <utility>

#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI {

namespace detail {

/// The exception as an `E`; null where there is none, or another. Good for as long as the pointer
/// that it came from.
template <class E>
[[nodiscard]] const E* error_as(const std::exception_ptr& error) noexcept {
  if (!error) return nullptr;
  try {
    std::rethrow_exception(error);
  } catch (const E& found) {
    return &found;
  } catch (...) {
    return nullptr;
  }
}

}  // namespace detail

/// What came of a call: its value, or the error that the blocking call would have thrown.
///
/// Copying: a value; copies share the error. Cost: its value. Thread safety: as a struct.
template <class T>
class Result {
 public:
  using value_type = T;

  Result(T value) : value_(std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(std::exception_ptr error)
      : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool has_value() const noexcept { return value_.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }

  /// The value. Throws the error where there is none.
  [[nodiscard]] T& value() & {
    throw_if_failed();
    return *value_;
  }
  [[nodiscard]] const T& value() const& {
    throw_if_failed();
    return *value_;
  }
  [[nodiscard]] T value() && {
    throw_if_failed();
    return std::move(*value_);
  }
  [[nodiscard]] T& operator*() & { return value(); }
  [[nodiscard]] const T& operator*() const& { return value(); }
  [[nodiscard]] T* operator->() { return &value(); }
  [[nodiscard]] const T* operator->() const { return &value(); }

  /// The error, to be thrown again; null where there is a value.
  [[nodiscard]] const std::exception_ptr& error() const noexcept { return error_; }

  /// The error where it is an `E`, for example a NotFoundError; else null. Good for as long as
  /// this.
  template <class E = Error>
  [[nodiscard]] const E* error_as() const noexcept {
    return detail::error_as<E>(error_);
  }

 private:
  void throw_if_failed() const {
    if (error_) std::rethrow_exception(error_);
  }

  std::optional<T> value_{};
  std::exception_ptr error_{};
};

/// What came of a call that returns nothing.
///
/// Copying: a value; copies share the error. Cost: one pointer. Thread safety: as a struct.
template <>
class Result<void> {
 public:
  using value_type = void;

  Result() = default;
  Result(std::exception_ptr error)
      : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool has_value() const noexcept { return !error_; }
  explicit operator bool() const noexcept { return has_value(); }

  /// Throws the error where there is one.
  void value() const {
    if (error_) std::rethrow_exception(error_);
  }

  /// The error, to be thrown again; null where there is none.
  [[nodiscard]] const std::exception_ptr& error() const noexcept { return error_; }

  /// The error where it is an `E`; else null. Good for as long as this.
  template <class E = Error>
  [[nodiscard]] const E* error_as() const noexcept {
    return detail::error_as<E>(error_);
  }

 private:
  std::exception_ptr error_{};
};

}  // namespace segment::inline SEGMENT_ABI
