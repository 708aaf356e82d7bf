#pragma once

#include <cstddef>
#include <string_view>

namespace segment::cli {

/// A bar on standard error that grows, where people see it: on a terminal. Elsewhere nothing.
class Progress {
 public:
  explicit Progress(std::size_t steps);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// The next step begins.
  void step(std::string_view name);

 private:
  std::size_t steps_;
  std::size_t done_ = 0;
  bool visible_;
};

}  // namespace segment::cli
