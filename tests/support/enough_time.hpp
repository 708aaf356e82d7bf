#pragma once

#include <gtest/gtest.h>

#include <chrono>

namespace segment::test {

/// For something that must happen before a timeout: tries with a short limit, and doubles it until
/// there was enough time. So a fast machine does not wait, and no machine is too slow for the test.
///
/// \param attempt is called with the limit; returns false if the time ran out too early to tell.
template <class Attempt>
void with_enough_time(Attempt&& attempt) {
  constexpr std::chrono::milliseconds first{40};
  constexpr std::chrono::milliseconds last{10'000};
  for (auto limit = first; limit < last; limit *= 2) {
    if (attempt(limit)) return;
  }
  ADD_FAILURE() << "even several seconds were not enough";
}

}  // namespace segment::test
