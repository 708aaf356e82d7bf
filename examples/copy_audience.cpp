// Copies an audience from one space to another, for example from a test space to the production
// space. It first shows what would change, and the copy is not computed until somebody enables it.
//
//     copy_audience [NAME FROM_SPACE TO_SPACE] [--write] [--live]      spaces by their slugs
//
// Only in the sandbox, whose audiences are known, may the three be left out.

#include <segment/segment.hpp>

#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "connect.hpp"

namespace {

segment::SpaceId find_space(const segment::Client& client, const std::string& slug) {
  for (const segment::Space& space : client.spaces().list()) {
    if (space.slug == slug) return space.id;
  }
  throw std::runtime_error("there is no space " + slug);
}

std::optional<segment::Audience> find(const segment::Client& client, const segment::SpaceId& space,
                                      const std::string& name) {
  for (const segment::Audience& audience : client.audiences().list(space)) {
    if (audience.name == name) return audience;
  }
  return std::nullopt;
}

std::string query_of(const segment::Audience& audience) {
  if (!audience.definition.has_value()) throw std::runtime_error("it has no definition any more");
  return audience.definition->query;
}

void create(const segment::Client& client, const segment::SpaceId& space,
            const segment::Audience& audience) {
  std::optional<segment::AudienceOptions> options;
  if (audience.options) {
    options = {.include_historical_data = audience.options->include_historical_data,
               .filter_by_external_ids = audience.options->filter_by_external_ids,
               .backfill_event_data_days = audience.options->backfill_event_data_days};
  }
  client.audiences().create(space, {.name = audience.name,
                                    .enabled = false,
                                    .description = audience.description,
                                    .definition = *audience.definition,
                                    .audience_type = audience.audience_type,
                                    .options = options});
}

// Returns whether there was anything to do.
bool copy(const segment::Client& client, const segment::Audience& audience,
          const segment::SpaceId& space, bool write) {
  const std::optional<segment::Audience> existing = find(client, space, audience.name);
  if (existing && query_of(*existing) == query_of(audience)) return false;
  std::cout << (existing ? "~ " : "+ ") << audience.name << '\n';
  if (existing) std::cout << "    - " << query_of(*existing) << '\n';
  std::cout << "    + " << query_of(audience) << '\n';
  if (!write) {
    std::cout << "--write writes it\n";
  } else if (existing) {
    client.audiences().update(
        space, existing->id,
        {.definition = segment::AudienceDefinitionUpdate{.query = query_of(audience)}});
  } else {
    create(client, space, audience);
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  const segment::Client client(connection.options());
  const bool write = !connection.live() || connection.has("--write");
  std::vector<std::string> words = connection.words();
  if (words.empty() && !connection.live()) words = {"Regular customers", "shop", "shop-dev"};
  if (words.size() != 3) {
    std::cerr << "usage: copy_audience [NAME FROM_SPACE TO_SPACE] [--write] [--live]\n";
    return 2;
  }

  const segment::SpaceId from = find_space(client, words[1]);
  const segment::SpaceId to = find_space(client, words[2]);
  const auto audience = find(client, from, words[0]);
  if (!audience) throw std::runtime_error("there is no audience " + words[0]);
  const bool changed = copy(client, *audience, to, write);
  if (changed && write && copy(client, *audience, to, false)) {
    throw std::runtime_error("the copy differs from what was written");
  }
  std::cout << (changed ? "" : "no difference\n");
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}
