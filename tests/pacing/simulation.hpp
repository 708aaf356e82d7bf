#pragma once

#include <chrono>

namespace segment::testing {

/// Many workers that call one operation through a limiter, against a server that counts.
struct Scenario {
  int calls = 1000;
  int workers = 32;
  /// A second, as published, and as the server really has it.
  int published = 50;
  int real = 50;
  /// The server counts the last second, in place of windows that begin with a first request.
  bool sliding = false;
  /// Requests a second that somebody else sends with the same token, at random.
  double others = 0;
  /// How far the server's clock is ahead.
  std::chrono::seconds skew{0};
  /// Round trips are drawn from these; a second group of workers may be further away.
  std::chrono::milliseconds nearest{5};
  std::chrono::milliseconds farthest{80};
  unsigned seed = 1;
};

struct Outcome {
  /// From the start to the last answer.
  double seconds = 0;
  int sent = 0;
  int refused = 0;
  /// The longest time between two sends.
  double max_interval = 0;

  [[nodiscard]] double refused_share() const { return double(refused) / sent; }
};

/// Runs it, in one thread and on a clock of its own.
[[nodiscard]] Outcome simulate(const Scenario& scenario);

}  // namespace segment::testing
