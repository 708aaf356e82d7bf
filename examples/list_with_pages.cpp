// Walks a list in three ways: item by item, page by page, and with a cursor that can be kept.

#include <segment/segment.hpp>

#include <exception>
#include <iostream>
#include <optional>
#include <ranges>
#include <string>

#include "connect.hpp"

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  const segment::Client client(connection.options());

  std::cout << "Enabled sources:\n";
  for (const segment::Source& source :
       client.sources().list() | std::views::filter(&segment::Source::enabled)) {
    std::cout << "  " << source.slug << '\n';
  }

  std::cout << "Page by page:\n";
  for (const auto& page : client.sources().list({.count = 2}).pages()) {
    std::cout << "  " << page.items.size() << " sources\n";
  }

  // A cursor can be stored and gone on from, by another process too.
  std::cout << "With the cursor in hand:\n";
  std::optional<std::string> cursor;
  do {
    const auto page = client.sources().list_page({.count = 2, .cursor = cursor});
    std::cout << "  " << page.items.size() << " sources, "
              << (page.next_cursor() ? "more to come" : "the last") << '\n';
    cursor = page.next_cursor();
  } while (cursor);
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}
