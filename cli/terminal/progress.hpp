#pragma once

#include <cstddef>
#include <string_view>

namespace segment::cli {

/// A progress bar on standard error if that is a terminal; otherwise nothing.
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

/// How many items have arrived, on standard error, if that is a terminal and the items go
/// elsewhere.
class ItemCount {
 public:
  ItemCount();
  ~ItemCount();
  ItemCount(const ItemCount&) = delete;
  ItemCount& operator=(const ItemCount&) = delete;

  void add(std::size_t items);

 private:
  std::size_t items_ = 0;
  bool visible_;
};

}  // namespace segment::cli
