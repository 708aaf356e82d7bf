#pragma once

#include "engine/call.hpp"
#include "operations/registry.hpp"
#include "operations/router.hpp"
#include "segment/sandbox/sandbox.hpp"
#include "state/world.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// What the seed needs to make calls from the inside.
struct SeedTools {
  const SandboxOptions& options;
  const detail::Router& router;
  const Handlers& handlers;
  RateLimiter& quotas;
};

/// Fills a workspace as a team would have: by calling its operations, from the inside.
void add_seed(World& world, const SeedTools& tools);

}  // namespace segment::inline SEGMENT_ABI::sandbox
