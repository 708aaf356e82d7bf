// A deprecated list says so for its single pages, too.
// expect: list_shelf_marks_page.*use `list`
#include "segment/api/books.hpp"

auto first_page(const segment::Books& books) {
#ifdef FIXED
  return books.list_page();
#else
  return books.list_shelf_marks_page();
#endif
}
