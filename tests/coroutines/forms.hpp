#pragma once

#include <gtest/gtest.h>

#include <string>
#include <type_traits>

#include "segment/async_client.hpp"
#include "segment/named_task.hpp"
#include "segment/task.hpp"
#include "support/fake_client.hpp"

/// Ends a coroutine with the result of a call that is awaited in place. With g++ 11 and 12 that
/// must not compile, and the call is awaited in the next statement.
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
#define CO_RETURN_AWAITED(...)                            \
  auto task = __VA_ARGS__;                                \
  static_assert(segment::testing::has_to_be_named(task)); \
  co_return co_await task
#else
#define CO_RETURN_AWAITED(...) co_return co_await __VA_ARGS__
#endif

namespace segment::testing {

template <class T>
constexpr bool has_to_be_named(const Task<T>& /*task*/) {
  return false;
}
template <class Awaited>
requires(!std::is_same_v<
         Awaited, Task<typename Awaited::
                           value_type>>) constexpr bool has_to_be_named(const Awaited& /*task*/) {
  return true;
}

/// Forms of a call within a coroutine. The parameter is the length of a text: a short one is stored
/// within std::string, a long one is allocated.
class InACoroutine : public ::testing::TestWithParam<std::size_t> {
 protected:
  InACoroutine() {
    fake_.transport->respond_with([](const http::Request&) {
      return http::Response{.status = 200, .body = std::string(a_source)};
    });
  }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] AsyncClient async() const { return fake_.client.async(); }
  [[nodiscard]] bool sent(std::string_view part) const { return contains(fake_.body(), part); }

  FakeClient fake_;

 private:
  std::string text_ = std::string(GetParam(), 't');
};

}  // namespace segment::testing
