// What is deprecated says what to use instead.
// expect: get_shelf_mark.*use `get` and its `place`
#include "segment/api/books.hpp"

std::string mark_of(const segment::Books& books, const segment::BookId& book) {
#ifdef FIXED
  return books.get(book).title;
#else
  return books.get_shelf_mark(book).text;
#endif
}
