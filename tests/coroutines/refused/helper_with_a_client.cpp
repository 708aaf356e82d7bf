// expect: begin this call in a statement of its own, `auto task = ...;`, then `co_await task`

#include "segment/async.hpp"
#include "segment/helpers.hpp"

segment::Task<bool> remove(segment::AsyncClient async, segment::SourceId id) {
#ifdef FIXED
  auto task = segment::remove_if_exists([async, id] { return async.sources().remove(id); });
  co_return co_await task;
#else
  co_return co_await segment::remove_if_exists([async, id] { return async.sources().remove(id); });
#endif
}
