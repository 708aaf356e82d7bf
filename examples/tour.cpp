// A tour of a workspace: of the sandbox, which it changes, or with --live of a real workspace,
// which it only reads.

#include <segment/segment.hpp>

#include <exception>
#include <iostream>
#include <string>
#include <string_view>

#include "connect.hpp"

namespace {

void headline(std::string_view text) { std::cout << "\n== " << text << '\n'; }

void show_workspace(const segment::Client& client) {
  headline("The workspace");
  const segment::TokenStatus status = client.tokens().verify();
  if (!status.valid) throw std::runtime_error("the token is not valid in this region");
  std::cout << "the token opens \"" << status.workspace->name << "\" (" << status.workspace->slug
            << ")\n";
}

void show_catalog(const segment::Client& client) {
  headline("The catalog, its first five kinds of source");
  for (const segment::SourceMetadata& kind : client.catalog().list_sources().to_vector(5)) {
    std::cout << kind.id << "  " << kind.name << '\n';
  }
}

void walk_sources(const segment::Client& client) {
  headline("Every source, over pages of three");
  for (const auto& page : client.sources().list({.count = 3}).pages()) {
    std::cout << "a page of " << page.items.size();
    if (page.total_entries()) std::cout << " out of " << *page.total_entries();
    std::cout << ':';
    for (const segment::Source& source : page.items) std::cout << ' ' << source.slug;
    std::cout << '\n';
  }
}

segment::Source create_source(const segment::Client& client) {
  headline("A source, created, labelled and given a second write key");
  const segment::SourceMetadata kind = *client.catalog().list_sources().begin();
  segment::Source source = client.sources().create(
      {.slug = "tour-" + kind.slug, .enabled = true, .metadata_id = kind.id});
  std::cout << "created " << source.slug << " with the id " << source.id << '\n';

  const segment::Label label{.key = "team", .value = "tour"};
  client.labels().create({.label = label});
  for (const auto& carried : client.sources().add_labels(source.id, {.labels = {{label}}})) {
    std::cout << "it carries " << carried.key << ':' << carried.value << '\n';
  }
  source = client.sources().create_write_key(source.id);
  std::cout << "it has " << source.write_keys.size()
            << " write keys, which this program cannot print by accident\n";
  return source;
}

void connect_destination(const segment::Client& client, const segment::Source& source) {
  headline("A destination, connected to it");
  const segment::DestinationMetadata kind = *client.catalog().list_destinations().begin();
  const segment::Destination destination =
      client.destinations().create({.source_id = source.id,
                                    .metadata_id = kind.id,
                                    .name = "Tour of " + kind.name,
                                    .settings = segment::Json::object({{"sampled", true}})});
  std::cout << "connected " << destination.name.value_or("?") << " (" << destination.id << ")\n";
  for (const auto& connected : client.sources().list_connected_destinations(source.id)) {
    std::cout << "the source feeds " << connected.metadata.name << '\n';
  }
}

void change_schema_settings(const segment::Client& client, const segment::Source& source) {
  headline("Schema settings, read and changed");
  const auto show = [](const segment::SourceSchemaSettings& answer) {
    const auto& track = answer.settings.track;
    const bool allowed = track && track->allow_unplanned_events.value_or(true);
    std::cout << "unplanned events " << (allowed ? "pass" : "are blocked") << '\n';
  };
  // Schema settings can be changed only for a source with a tracking plan.
  for (const segment::TrackingPlan& plan : client.tracking_plans().list()) {
    client.tracking_plans().add_source(plan.id, {.source_id = source.id});
    break;
  }
  show(client.sources().list_schema_settings(source.id));
  show(client.sources().update_schema_settings(
      source.id, {.track = segment::TrackSchemaSettings{.allow_unplanned_events = false}}));
}

void explain(const segment::Error& error) {
  std::cout << error.what() << "\n   retryable: " << (error.retryable() ? "yes" : "no")
            << "; outcome unknown: " << (error.outcome_unknown() ? "yes" : "no")
            << "; attempts: " << error.attempts() << "\n";
}

void meet_errors(const segment::Client& client) {
  headline("Three errors, caught and explained");
  try {
    client.sources().get(segment::SourceId{"no-such-source"});
  } catch (const segment::NotFoundError& error) {
    explain(error);
  }
  try {
    client.sources().create({.slug = "tour-lost",
                             .enabled = true,
                             .metadata_id = segment::SourceMetadataId{"no-such-kind"}});
  } catch (const segment::ValidationError& error) {
    explain(error);
    for (const auto& item : error.items()) std::cout << "   the member: " << item.field << '\n';
  }
  try {
    client.sources().get(segment::SourceId{""});
  } catch (const segment::InvalidArgumentError& error) {
    explain(error);
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  const segment::Client client(connection.options());

  show_workspace(client);
  show_catalog(client);
  walk_sources(client);
  if (connection.live()) {
    std::cout << "\nThat was your own workspace; nothing in it was changed.\n";
    return 0;
  }
  const segment::Source source = create_source(client);
  connect_destination(client, source);
  change_schema_settings(client, source);
  meet_errors(client);
  std::cout << "\nThat was the sandbox. With SEGMENT_TOKEN set, --live tours your own workspace.\n";
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}
