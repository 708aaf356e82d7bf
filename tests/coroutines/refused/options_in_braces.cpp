// expect: begin this call in a statement of its own, `auto task = ...;`, then `co_await task`

#include "segment/async.hpp"

#include <stop_token>

segment::Task<void> get(segment::AsyncClient async, std::stop_token stop) {
#ifdef FIXED
  auto task = async.workspaces().get({.stop = stop});
  co_await task;
#else
  co_await async.workspaces().get({.stop = stop});
#endif
}
