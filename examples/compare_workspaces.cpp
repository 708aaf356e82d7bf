// Exports two workspaces, for example staging and production, and compares them by name. Here they
// are two sandboxes; with --live they are those of SEGMENT_TOKEN and SEGMENT_OTHER_TOKEN.

#include <segment/segment.hpp>

#include <exception>
#include <iostream>
#include <map>
#include <string>

#include "connect.hpp"

namespace {

using Export = std::map<std::string, segment::Json>;

// Only what should be the same in both: no ids, and no secrets.
Export export_workspace(const segment::Client& client) {
  Export content;
  for (const segment::Label& label : client.labels().list()) {
    content["label " + *label.key + ":" + *label.value] =
        segment::Json(label.description.value_or(""));
  }
  for (const segment::Source& source : client.sources().list()) {
    content["source " + source.slug] =
        segment::Json::object({{"kind", source.metadata.slug},
                               {"enabled", source.enabled},
                               {"labels", static_cast<std::int64_t>(source.labels.size())}});
  }
  for (const segment::TrackingPlan& plan : client.tracking_plans().list()) {
    content["tracking plan " + plan.name.value_or("?")] =
        segment::Json::object({{"type", std::string(plan.type.text())}});
  }
  return content;
}

void compare(const Export& left, const Export& right) {
  int same = 0;
  for (const auto& [name, value] : left) {
    const auto other = right.find(name);
    if (other == right.end()) {
      std::cout << "< " << name << '\n';
    } else if (!(other->second == value)) {
      std::cout << "! " << name << ": " << value.dump() << " against " << other->second.dump()
                << '\n';
    } else {
      ++same;
    }
  }
  for (const auto& [name, value] : right) {
    if (!left.contains(name)) std::cout << "> " << name << '\n';
  }
  std::cout << same << " are the same\n";
}

}  // namespace

int main(int argc, char** argv) try {
  const example::Connection here(argc, argv);
  const example::Connection there(argc, argv);
  const segment::Client left(here.options());
  const segment::Client right(there.options("SEGMENT_OTHER_TOKEN"));

  if (!here.live()) {  // so that there is a difference to find
    const segment::SourceMetadata kind = right.catalog().list_sources().front().value();
    right.sources().create({.slug = "only-here", .enabled = true, .metadata_id = kind.id});
    const segment::Source first = right.sources().list().front().value();
    right.sources().update(first.id, {.enabled = !first.enabled});
  }
  compare(export_workspace(left), export_workspace(right));
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}
