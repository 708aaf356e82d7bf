// Provisions a source for a tenant: creates it, labels it, and connects a destination. Running it
// again creates nothing twice: it finds what is there by its slug or name. If a step fails, it
// undoes what this run created. With --live it does so in your workspace, and keeps the result
// there.

#include <segment/segment.hpp>

#include <algorithm>
#include <exception>
#include <iostream>
#include <optional>
#include <string>

#include "connect.hpp"

namespace {

segment::Source provide_source(const segment::Client& client, const std::string& slug,
                               bool& is_new) {
  const auto find = [&]() -> std::optional<segment::Source> {
    for (const segment::Source& source : client.sources().list()) {
      if (source.slug == slug) return source;
    }
    return std::nullopt;
  };
  const auto create = [&] {
    const segment::SourceMetadata kind = client.catalog().list_sources().front().value();
    segment::Source source =
        client.sources().create({.slug = slug, .enabled = true, .metadata_id = kind.id});
    is_new = true;  // only now: after a conflict, somebody else's source is found
    return source;
  };
  return segment::create_if_absent(client, find, create);
}

void provide_label(const segment::Client& client, const segment::Source& source,
                   const segment::Label& label) {
  const bool has = std::ranges::any_of(source.labels, [&](const segment::Label& other) {
    return other.key == label.key && other.value == label.value;
  });
  if (!has) client.sources().add_labels(source.id, {.labels = {{label}}});
}

segment::Destination provide_destination(const segment::Client& client,
                                         const segment::SourceId& source, const std::string& name) {
  const auto find = [&]() -> std::optional<segment::Destination> {
    for (const auto& destination : client.sources().list_connected_destinations(source)) {
      if (destination.name == name) return destination;
    }
    return std::nullopt;
  };
  const auto create = [&] {
    const segment::DestinationMetadata kind = client.catalog().list_destinations().front().value();
    return client.destinations().create({.source_id = source,
                                         .metadata_id = kind.id,
                                         .name = name,
                                         .settings = segment::Json::object()});
  };
  return segment::create_if_absent(client, find, create);
}

void provision(const segment::Client& client, const std::string& tenant) {
  bool is_new = false;
  const segment::Source source = provide_source(client, tenant + "-web", is_new);
  try {
    provide_label(client, source, {.key = "environment", .value = "dev"});
    const segment::Destination destination = provide_destination(client, source.id, tenant);
    std::cout << (is_new ? "new:   " : "found: ") << "source " << source.id << ", destination "
              << destination.id << '\n';
  } catch (const segment::Error&) {
    if (is_new) client.sources().remove(source.id);  // half a tenant is worse than none
    throw;
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  const segment::Client client(connection.options());
  provision(client, "acme");
  provision(client, "acme");
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}
