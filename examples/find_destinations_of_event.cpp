// Shows which destinations get an event, and why others do not: checks each of the source's
// destinations with its filters and the triggers of its subscriptions. The API itself evaluates
// their conditions.
//
//     find_destinations_of_event [EVENT [SOURCE_SLUG]] [--live]

#include <segment/segment.hpp>

#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "connect.hpp"

namespace {

// What a filter leaves of an event; null if it drops the event.
segment::Json filtered(const segment::Client& client, const segment::Json& event,
                       const std::string& condition,
                       const std::vector<segment::DestinationFilterAction>& actions) {
  const auto preview = client.destination_filters().preview(
      {.filter = segment::DestinationFilterRule{.condition = condition, .actions = actions},
       .payload = event});
  return preview.result.value_or(segment::Json());
}

// Whether a condition is true: previews a filter that drops such events.
bool is_true(const segment::Client& client, const segment::Json& event,
             const std::string& condition) {
  return filtered(client, event, condition, {{.type = segment::DestinationFilterActionType::drop}})
      .is_null();
}

// Why a destination does not get an event; empty if it does.
std::string why_not(const segment::Client& client, const segment::Destination& destination,
                    segment::Json event) {
  if (!destination.enabled) return "it is disabled";
  for (const auto& filter : client.destination_filters().list(destination.id)) {
    if (!filter.enabled) continue;
    event = filtered(client, event, filter.condition, filter.actions);
    if (event.is_null()) return "the filter \"" + filter.title + "\" drops it";
  }
  bool has_subscriptions = false;
  for (const auto& subscription : client.destinations().list_subscriptions(destination.id)) {
    if (subscription.enabled && is_true(client, event, subscription.trigger)) return {};
    has_subscriptions = true;
  }
  return has_subscriptions ? "no subscription is triggered by it" : "";
}

void report(const segment::Client& client, const segment::Source& source,
            const segment::Json& event) {
  std::cout << source.slug << (source.enabled ? "" : " (disabled)") << '\n';
  for (const auto& destination : client.sources().list_connected_destinations(source.id)) {
    const std::string reason = why_not(client, destination, event);
    std::cout << (reason.empty() ? "  + " : "  - ")
              << destination.name.value_or(destination.metadata.name)
              << (reason.empty() ? "" : ": " + reason) << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  const segment::Client client(connection.options());
  const std::vector<std::string>& words = connection.words();
  const std::string name = words.empty() ? "Order Completed" : words[0];
  const auto event = segment::Json::object(
      {{"type", "track"}, {"event", name}, {"properties", segment::Json::object()}});
  for (const segment::Source& source : client.sources().list()) {
    if (words.size() < 2 || words[1] == source.slug) report(client, source, event);
  }
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}
