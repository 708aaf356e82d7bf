#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <ostream>
#include <utility>

#include "segment/async_client.hpp"
#include "segment/client.hpp"
#include "segment/nothrow_client.hpp"
#include "segment/task.hpp"
#include "segment/testing/fake_transport.hpp"

namespace segment::testing {

/// The front through which a test makes its calls.
enum class By { blocking, asynchronous, nothrow };

inline constexpr std::array every_front{By::blocking, By::asynchronous, By::nothrow};

inline void PrintTo(By by, std::ostream* out) {
  *out << std::array{"blocking", "asynchronous", "nothrow"}.at(static_cast<std::size_t>(by));
}

/// Calls a function with the client of a front, and waits for the result: returns the value, or
/// throws the error.
template <class Function>
auto made_by(By by, const Client& client, Function&& function) {
  if (by == By::asynchronous) return function(client.async()).get();
  if (by == By::nothrow) return function(client.nothrow()).value();
  return function(client);
}

/// What a function returns, as a completed task.
template <class Function>
auto task_of(const Function& function) -> Task<decltype(function())> {
  auto state = std::make_shared<segment::detail::TaskState>();
  segment::detail::complete_with(*state, function);
  return Task<decltype(function())>(std::move(state));
}

}  // namespace segment::testing
