// expect: begin this call in a statement of its own, `auto task = ...;`, then `co_await task`

#include "segment/async.hpp"

segment::Task<void> label(segment::AsyncClient async, segment::SourceId id, segment::Label label) {
#ifdef FIXED
  auto task = async.sources().add_labels(id, {.labels = {label}});
  co_await task;
#else
  co_await async.sources().add_labels(id, {.labels = {label}});
#endif
}
