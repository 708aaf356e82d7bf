// A deprecated member says what to use instead.
// expect: room.*use `text`
#include "segment/api/types/books.hpp"

std::string text_of(const segment::ShelfMark& mark) {
#ifdef FIXED
  return mark.text;
#else
  return mark.room.value_or("");
#endif
}
