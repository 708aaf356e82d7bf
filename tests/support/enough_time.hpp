#pragma once

#include <gtest/gtest.h>

#include <chrono>

namespace segment::test {

/// For what a time-out has to come after: does something under a limit that is short, and under one
/// twice as long until the limit left time for it. So a fast machine does not wait, and no machine
/// is too slow for the test.
///
/// \param attempt is called with the limit; false: the time ran out too early to tell anything.
template <class Attempt>
void with_enough_time(Attempt&& attempt) {
  constexpr std::chrono::milliseconds first{40};
  constexpr std::chrono::milliseconds last{10'000};
  for (auto limit = first; limit < last; limit *= 2) {
    if (attempt(limit)) return;
  }
  ADD_FAILURE() << "not even some seconds were enough time";
}

}  // namespace segment::test
