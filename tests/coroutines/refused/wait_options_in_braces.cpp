// expect: begin this call in a statement of its own, `auto task = ...;`, then `co_await task`

#include "segment/async.hpp"
#include "segment/jobs.hpp"

#include <string>

segment::Task<void> wait(segment::AsyncClient async, segment::RegulationId id, std::string tag) {
#ifdef FIXED
  auto task = async.jobs().wait_for_regulation(id, {.call = {.tag = tag}});
  co_await task;
#else
  co_await async.jobs().wait_for_regulation(id, {.call = {.tag = tag}});
#endif
}
