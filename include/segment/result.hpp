#pragma once

#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <version>

#ifdef __cpp_lib_expected
#include <expected>
#endif

#include "segment/error.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

template <class T>
class Result;

namespace detail {

/// The exception as an `E`; null if there is none, or one of another type. Valid as long as the
/// exception pointer.
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

/// What to tell a person about an exception: its own text if it is a std::exception.
[[nodiscard]] SEGMENT_EXPORT std::string message_of(const std::exception_ptr& error);

/// The part of a Result that does not depend on its value.
class ResultError {
 public:
  using error_type = std::exception_ptr;

  /// The error, to rethrow; null if there is a value.
  [[nodiscard]] const std::exception_ptr& error() const noexcept { return error_; }

  /// The error if it is an `E`, for example a NotFoundError; otherwise null. Valid as long as this
  /// Result: clang warns if it is a temporary.
  template <class E = Error>
  [[nodiscard]] const E* error_as() const noexcept SEGMENT_LIFETIME_BOUND {
    return detail::error_as<E>(error_);
  }

  /// The error's text, whatever its type; empty if there is a value.
  [[nodiscard]] std::string error_message() const { return detail::message_of(error_); }

 protected:
  ResultError() = default;
  explicit ResultError(std::exception_ptr error) noexcept : error_(std::move(error)) {}

  void throw_if_failed() const {
    if (error_) std::rethrow_exception(error_);
  }

  std::exception_ptr error_{};
};

template <class T>
inline constexpr bool is_result = false;
template <class T>
inline constexpr bool is_result<Result<T>> = true;

/// The Result of a function: what it returns, or what it throws.
template <class Function>
[[nodiscard]] auto result_of(Function&& function) noexcept
    -> Result<std::remove_cvref_t<std::invoke_result_t<Function>>> {
  try {
    if constexpr (std::is_void_v<std::invoke_result_t<Function>>) {
      std::forward<Function>(function)();
      return {};
    } else {
      return std::forward<Function>(function)();
    }
  } catch (...) {
    return std::current_exception();
  }
}

}  // namespace detail

/// The result of a call: its value, or the error that the blocking call would throw.
///
/// `transform` (with a function of the value) and `and_then` (with a function of the value that
/// returns a Result) convert a value; `or_else` converts an error. Exceptions of these functions
/// pass through.
///
///     auto slug_of = [](const segment::Source& source) { return source.slug; };
///     auto found = client.nothrow().sources().get(source_id);
///     std::string slug = found.transform(slug_of).value_or("unknown");
///
/// Copying: a value; copies share the error.
template <class T>
class [[nodiscard]] Result : public detail::ResultError {
 public:
  using value_type = T;

  Result(T value) : value_(std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(std::exception_ptr error)               // NOLINT(google-explicit-constructor)
      : ResultError(std::move(error)) {}

  [[nodiscard]] bool has_value() const noexcept { return value_.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }

  /// The value. Throws the error if there is none.
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
  [[nodiscard]] T operator*() && { return std::move(*this).value(); }
  [[nodiscard]] T* operator->() { return &value(); }
  [[nodiscard]] const T* operator->() const { return &value(); }

  /// The value, or `other` if there is none.
  template <class Default>
  [[nodiscard]] T value_or(Default&& other) const& {
    return value_ ? *value_ : static_cast<T>(std::forward<Default>(other));
  }
  template <class Default>
  [[nodiscard]] T value_or(Default&& other) && {
    return value_ ? std::move(*value_) : static_cast<T>(std::forward<Default>(other));
  }

  /// Applies a function to the value, or keeps the error.
  ///
  /// \param function called with the value; it may return nothing.
  template <class Function>
  auto transform(Function&& function) const& {
    return transformed(*this, std::forward<Function>(function));
  }
  template <class Function>
  auto transform(Function&& function) && {
    return transformed(std::move(*this), std::forward<Function>(function));
  }

  /// Chains calls: returns what `function` returns for the value, or keeps the error.
  ///
  /// \param function called with the value, returns a Result.
  template <class Function>
  auto and_then(Function&& function) const& {
    return followed_by(*this, std::forward<Function>(function));
  }
  template <class Function>
  auto and_then(Function&& function) && {
    return followed_by(std::move(*this), std::forward<Function>(function));
  }

  /// Returns this Result if it has a value; otherwise calls `function` with the error.
  ///
  /// \param function called with the `std::exception_ptr`, returns a Result of the same value type.
  template <class Function>
  [[nodiscard]] Result or_else(Function&& function) const& {
    return has_value() ? *this : Result(std::invoke(std::forward<Function>(function), error_));
  }
  template <class Function>
  [[nodiscard]] Result or_else(Function&& function) && {
    if (has_value()) return std::move(*this);
    return Result(std::invoke(std::forward<Function>(function), error_));
  }

#ifdef __cpp_lib_expected
  operator std::expected<T, std::exception_ptr>() const& {  // NOLINT(google-explicit-constructor)
    if (error_) return std::unexpected(error_);
    return *value_;
  }
  operator std::expected<T, std::exception_ptr>() && {  // NOLINT(google-explicit-constructor)
    if (error_) return std::unexpected(error_);
    return std::move(*value_);
  }
#endif

 private:
  template <class Self, class Function>
  static auto transformed(Self&& self, Function&& function) {
    using Made = std::remove_cvref_t<
        std::invoke_result_t<Function, decltype(*std::forward<Self>(self).value_)>>;
    if (self.error_) return Result<Made>(self.error_);
    if constexpr (std::is_void_v<Made>) {
      std::invoke(std::forward<Function>(function), *std::forward<Self>(self).value_);
      return Result<Made>();
    } else {
      return Result<Made>(
          std::invoke(std::forward<Function>(function), *std::forward<Self>(self).value_));
    }
  }

  template <class Self, class Function>
  static auto followed_by(Self&& self, Function&& function) {
    using Next = std::remove_cvref_t<
        std::invoke_result_t<Function, decltype(*std::forward<Self>(self).value_)>>;
    static_assert(detail::is_result<Next>, "the function passed to and_then must return a Result");
    if (self.error_) return Next(self.error_);
    return Next(std::invoke(std::forward<Function>(function), *std::forward<Self>(self).value_));
  }

  std::optional<T> value_{};
};

/// The result of a call that returns nothing.
///
/// Copying: a value; copies share the error. Cost: one pointer.
template <>
class [[nodiscard]] Result<void> : public detail::ResultError {
 public:
  using value_type = void;

  Result() = default;
  Result(std::exception_ptr error)  // NOLINT(google-explicit-constructor)
      : ResultError(std::move(error)) {}

  [[nodiscard]] bool has_value() const noexcept { return !error_; }
  explicit operator bool() const noexcept { return has_value(); }

  /// Throws the error if there is one.
  void value() const { throw_if_failed(); }

  /// Calls a function after success, or keeps the error.
  ///
  /// \param function called without an argument; it may return nothing.
  template <class Function>
  auto transform(Function&& function) const {
    using Made = std::remove_cvref_t<std::invoke_result_t<Function>>;
    if (error_) return Result<Made>(error_);
    if constexpr (std::is_void_v<Made>) {
      std::invoke(std::forward<Function>(function));
      return Result<Made>();
    } else {
      return Result<Made>(std::invoke(std::forward<Function>(function)));
    }
  }

  /// Returns what `function` returns after success, or keeps the error.
  ///
  /// \param function called without an argument, returns a Result.
  template <class Function>
  auto and_then(Function&& function) const {
    using Next = std::remove_cvref_t<std::invoke_result_t<Function>>;
    static_assert(detail::is_result<Next>, "the function passed to and_then must return a Result");
    return error_ ? Next(error_) : Next(std::invoke(std::forward<Function>(function)));
  }

  /// Returns this Result after success; otherwise calls `function` with the error.
  ///
  /// \param function called with the `std::exception_ptr`, returns a `Result<void>`.
  template <class Function>
  [[nodiscard]] Result or_else(Function&& function) const {
    return error_ ? Result(std::invoke(std::forward<Function>(function), error_)) : *this;
  }

#ifdef __cpp_lib_expected
  operator std::expected<void, std::exception_ptr>() const {  // NOLINT(google-explicit-constructor)
    if (error_) return std::unexpected(error_);
    return {};
  }
#endif
};

}  // namespace segment::inline SEGMENT_ABI
