#pragma once

#include <chrono>

namespace segment::testing {

/// Many workers that call one operation through a limiter, against a server that counts.
struct Scenario {
  int calls = 1000;
  int workers = 32;
  /// Requests per second, as published, and as the server really allows.
  int published = 50;
  int real = 50;
  /// The server counts over the last second, instead of windows that start with the first request.
  bool sliding = false;
  /// Requests per second that somebody else sends with the same token, at random.
  double others = 0;
  /// How far the server's clock is ahead.
  std::chrono::seconds skew{0};
  /// The range of the random round trips.
  std::chrono::milliseconds nearest{5};
  std::chrono::milliseconds farthest{80};
  unsigned seed = 1;
};

struct Outcome {
  /// From the start to the last response.
  double seconds = 0;
  int sent = 0;
  int refused = 0;
  /// The longest time between two sends.
  double max_interval = 0;

  [[nodiscard]] double refused_share() const { return double(refused) / sent; }
};

/// Runs a scenario, in one thread and on its own clock.
[[nodiscard]] Outcome simulate(const Scenario& scenario);

}  // namespace segment::testing
