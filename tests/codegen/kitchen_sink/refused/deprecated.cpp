// What is deprecated says what to use instead: a method, the single pages of a list, a member.
// expect: get_shelf_mark.*use `get` and its `place`
// expect: list_shelf_marks_page.*use `list`
// expect: room.*use `text`
#include "segment/api/books.hpp"

std::string mark_of(const segment::Books& books, const segment::BookId& book) {
#ifdef FIXED
  return books.get(book).title;
#else
  return books.get_shelf_mark(book).text;
#endif
}

auto first_page(const segment::Books& books) {
#ifdef FIXED
  return books.list_page();
#else
  return books.list_shelf_marks_page();
#endif
}

std::string text_of(const segment::ShelfMark& mark) {
#ifdef FIXED
  return mark.text;
#else
  return mark.room.value_or("");
#endif
}
