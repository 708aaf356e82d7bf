// Provisions a source for a tenant: creates it, labels it, connects it, and undoes what was done
// when a step fails. With --live it does so in your workspace, and leaves what it made there.

#include <segment/segment.hpp>

#include <exception>
#include <iostream>
#include <string>

#include "connect.hpp"

namespace {

struct Provisioned {
  segment::SourceId source;
  segment::DestinationId destination;
};

Provisioned provision(const segment::Client& client, const std::string& tenant) {
  const segment::SourceMetadata kind = *client.catalog().list_sources().begin();
  const segment::Source source =
      client.sources().create({.slug = tenant + "-web", .enabled = true, .metadata_id = kind.id});
  try {
    client.sources().add_labels(
        source.id, {.labels = {{segment::Label{.key = "environment", .value = "dev"}}}});
    const segment::DestinationMetadata target = *client.catalog().list_destinations().begin();
    const segment::Destination destination =
        client.destinations().create({.source_id = source.id,
                                      .metadata_id = target.id,
                                      .name = tenant,
                                      .settings = segment::Json::object()});
    return {.source = source.id, .destination = destination.id};
  } catch (const segment::Error&) {
    client.sources().remove(source.id);  // half a tenant is worse than none
    throw;
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  const segment::Client client(connection.options());
  const Provisioned tenant = provision(client, "acme");
  std::cout << "source " << tenant.source << ", destination " << tenant.destination << '\n';
  return 0;
} catch (const segment::Error& error) {
  std::cerr << "error: " << error.what() << '\n';
  if (error.outcome_unknown()) std::cerr << "look for the source before you run this again\n";
  return 1;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}
