#pragma once

#include <cstddef>
#include <type_traits>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// How many tasks over a list of items are run: see `map`.
///
/// Copying: a value. Cost: small. Thread safety: as a struct.
struct ManyOptions {
  /// How many tasks are under way at most, from 1.
  std::size_t max_concurrency = 16;
};

// So that they can be written in braces within a `co_await` with every compiler.
static_assert(std::is_trivially_copyable_v<ManyOptions>);

}  // namespace segment::inline SEGMENT_ABI
