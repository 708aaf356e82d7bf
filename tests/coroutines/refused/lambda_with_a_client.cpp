// expect: begin this call in a statement of its own, `auto task = ...;`, then `co_await task`

#include "segment/async.hpp"

#include <vector>

segment::Task<void> get_all(segment::AsyncClient async, std::vector<segment::SourceId> ids) {
#ifdef FIXED
  auto get = [async](const segment::SourceId& id) { return async.sources().get(id); };
  co_await segment::for_each(ids, get);
#else
  co_await segment::for_each(
      ids, [async](const segment::SourceId& id) { return async.sources().get(id); });
#endif
}
