#pragma once

#include <cstddef>
#include <stop_token>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// How many tasks over a list of items are run: see `map`.
///
/// Copying: a value; copies share the stop token. Cost: small. Thread safety: as a struct.
struct ManyOptions {
  /// How many tasks are under way at most, from 1.
  std::size_t max_concurrency = 16;
  /// After a stop request no more are begun. Those under way are ended by the stop token of their
  /// own call options, or else go on to their end.
  std::stop_token stop{};
};

}  // namespace segment::inline SEGMENT_ABI
