// The item that an asynchronous list returns is stored in the list, and would dangle after a
// temporary one.
// expect: (use of|call to) deleted .*next

#include "segment/async.hpp"

#include <utility>

using List = segment::AsyncList<segment::Page<int>>;

#ifdef FIXED
auto next(const List& list) { return list.next(); }
#else
auto next(List list) { return std::move(list).next(); }
#endif
