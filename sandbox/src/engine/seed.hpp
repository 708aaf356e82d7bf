#pragma once

#include "engine/call.hpp"
#include "operations/registry.hpp"
#include "operations/router.hpp"
#include "segment/sandbox/sandbox.hpp"
#include "state/world.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// What the seed needs to make calls internally.
struct SeedTools {
  const SandboxOptions& options;
  const detail::Router& router;
  const Handlers& handlers;
  RateLimiter& quotas;
};

/// Fills a workspace as a team would: by calling its operations, internally.
void add_seed(World& world, const SeedTools& tools);

}  // namespace segment::inline SEGMENT_ABI::sandbox
