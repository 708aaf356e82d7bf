// Fetches fifty sources by id, eight at a time: once when all must exist, and once when some may be
// gone.

#include <segment/async.hpp>
#include <segment/segment.hpp>

#include <cstddef>
#include <exception>
#include <iostream>
#include <vector>

#include "connect.hpp"

namespace {

constexpr std::size_t wanted = 50;

/// The ids of some of the workspace's sources, repeated if it has fewer.
std::vector<segment::SourceId> some_ids(const segment::Client& client) {
  const std::vector<segment::Source> there = client.sources().list().to_vector(wanted);
  std::vector<segment::SourceId> ids;
  while (!there.empty() && ids.size() < wanted) ids.push_back(there[ids.size() % there.size()].id);
  return ids;
}

}  // namespace

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  const segment::Client client(connection.options());
  const segment::AsyncClient async = client.async();
  const auto get = [async](const segment::SourceId& id) { return async.sources().get(id); };
  std::vector<segment::SourceId> ids = some_ids(client);

  // The values, in the order of the ids. The first error would end it.
  const auto details = segment::map(ids, get, {.max_concurrency = 8}).get();
  std::cout << details.size() << " sources, the first is "
            << (details.empty() ? "missing" : details.front().slug) << '\n';

  // A value or an error for each id.
  ids.emplace_back("no-such-source");
  std::size_t gone = 0;
  for (const auto& result : segment::map_results(ids, get, {.max_concurrency = 8}).get()) {
    if (result.error_as<segment::NotFoundError>()) {
      ++gone;
    } else {
      (void)result.value();  // throws any other error
    }
  }
  std::cout << ids.size() - gone << " sources, and " << gone << " that is not there\n";
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}
