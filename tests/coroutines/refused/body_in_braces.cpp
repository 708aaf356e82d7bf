// expect: begin this call in a statement of its own, `auto task = ...;`, then `co_await task`

#include "segment/async.hpp"

segment::Task<void> create(segment::AsyncClient async) {
#ifdef FIXED
  auto task = async.sources().create(
      {.slug = "web", .enabled = true, .metadata_id = segment::SourceMetadataId("m")});
  co_await task;
#else
  co_await async.sources().create(
      {.slug = "web", .enabled = true, .metadata_id = segment::SourceMetadataId("m")});
#endif
}
