// Reads a list in four ways: item by item, into a vector, page by page, and from a stored cursor.

#include <segment/segment.hpp>

#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "connect.hpp"

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  const segment::Client client(connection.options());

  std::cout << "Enabled sources:\n";
  for (const segment::Source& source : client.sources().list()) {
    if (source.enabled) std::cout << "  " << source.slug << '\n';
  }

  const std::vector<segment::Source> three = client.sources().list().to_vector(3);
  std::cout << "The first " << three.size() << " of " << client.sources().list().total().value_or(0)
            << '\n';

  std::cout << "Page by page:\n";
  for (const auto& page : client.sources().list({.count = 2}).pages()) {
    std::cout << "  " << page.items.size() << " sources\n";
  }

  // A cursor can be stored, so that another process can continue from there.
  auto first = client.sources().list({.count = 2}).pages();
  std::cout << "The first page: " << first.begin()->items.size() << " sources\n";
  const std::optional<std::string> cursor = first.cursor();
  if (cursor) {
    const auto rest = client.sources().list({.cursor = cursor}).to_vector();
    std::cout << "From its cursor on: " << rest.size() << " sources\n";
  }
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}
