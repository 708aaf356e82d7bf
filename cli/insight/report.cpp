#include "insight/report.hpp"

#include <functional>
#include <map>
#include <set>
#include <vector>

#include "messages/errors.hpp"
#include "workspace/normal_form.hpp"

namespace segment::cli::insight {

namespace {

using workspace::kind_called;
using workspace::Snapshot;
using workspace::text_of;
using workspace::Thing;

bool is_enabled(const Thing& thing) {
  const Json* enabled = thing.members.find("enabled");
  return enabled == nullptr || (enabled->is_bool() && enabled->as_bool());
}

// What is attached to a destination and acts on its events; what is switched off is marked.
Json names_below(const Snapshot& workspace, const char* kind, const std::string& destination) {
  Json names = Json::array();
  for (const Thing& thing : workspace.of(kind_called(kind))) {
    if (thing.parent != destination) continue;
    const std::string name = text_of(thing, thing.kind->called_by);
    names.push_back(is_enabled(thing) ? name : name + " (off)");
  }
  return names;
}

std::string name_of(const Thing& thing) {
  const std::string name = text_of(thing, "name");
  return name.empty() ? thing.catalog_name : name;
}

// For people: a list of names fits into a cell better than its JSON.
std::string joined(const Json& names) {
  std::string text;
  for (const Json& name : names.as_array()) text += (text.empty() ? "" : ", ") + name.as_string();
  return text.empty() ? "-" : text;
}

/// One thing that a source feeds.
struct Target {
  const char* type;
  const Thing* thing = nullptr;
  Json filters = Json::array();
  Json subscriptions = Json::array();
};

using Targets = std::map<std::string, std::vector<Target>, std::less<>>;  // by the source's id

// Each list is gone through once, because a workspace may have many thousands of sources.
Targets targets_in(const Snapshot& workspace) {
  Targets targets;
  for (const Thing& destination : workspace.of(kind_called("destination"))) {
    targets[text_of(destination, "sourceId")].push_back(
        {.type = "destination",
         .thing = &destination,
         .filters = names_below(workspace, "filter", destination.id),
         .subscriptions = names_below(workspace, "subscription", destination.id)});
  }
  for (const Thing& connection : workspace.of(kind_called("warehouse connection"))) {
    const Thing* warehouse = workspace.with_id("warehouse", connection.parent);
    if (warehouse == nullptr) continue;
    targets[text_of(connection, "sourceId")].push_back({.type = "warehouse", .thing = warehouse});
  }
  return targets;
}

void add_target(Report& report, const Thing& source, const Target& target) {
  const std::string slug = text_of(source, "slug");
  const Thing* to = target.thing;
  const bool enabled = is_enabled(source) && (to == nullptr || is_enabled(*to));
  const std::string name = to != nullptr ? name_of(*to) : "-";
  report.table.rows.push_back({slug, enabled ? name : name + " (off)", joined(target.filters),
                               joined(target.subscriptions), target.type,
                               to != nullptr ? to->catalog_name : "-"});
  report.rows.push_back(Json::object({{"source", slug},
                                      {"sourceId", source.id},
                                      {"type", target.type},
                                      {"to", to != nullptr ? Json(name) : Json()},
                                      {"id", to != nullptr ? Json(to->id) : Json()},
                                      {"kind", to != nullptr ? Json(to->catalog_name) : Json()},
                                      {"enabled", enabled},
                                      {"filters", target.filters},
                                      {"subscriptions", target.subscriptions}}));
}

void add_connections(Report& report, const Targets& targets, const Thing& source) {
  const auto found = targets.find(source.id);
  if (found == targets.end()) return add_target(report, source, {.type = "nothing"});
  for (const Target& target : found->second) add_target(report, source, target);
}

Report report_on_sources() {
  return {.table = {.headings = {"SLUG", "NAME", "KIND", "ENABLED", "ID"}}};
}

void add_source(Report& report, const Thing& source) {
  const std::string slug = text_of(source, "slug");
  const std::string name = text_of(source, "name");
  report.table.rows.push_back({slug, name.empty() ? "-" : name, source.catalog_name,
                               is_enabled(source) ? "yes" : "no", source.id});
  report.rows.push_back(Json::object({{"slug", slug},
                                      {"name", name},
                                      {"kind", source.catalog_name},
                                      {"enabled", is_enabled(source)},
                                      {"id", source.id}}));
}

}  // namespace

Report connections_in(const Snapshot& workspace, const std::string& source) {
  Report report{
      .table = {.headings = {"SOURCE", "TO", "FILTERS", "SUBSCRIPTIONS", "TYPE", "KIND"}}};
  const Targets targets = targets_in(workspace);
  if (!source.empty()) {
    const Thing* only = workspace.find("source", source);
    if (only == nullptr) throw Malformed("there is no source " + source);
    add_connections(report, targets, *only);
    return report;
  }
  for (const Thing& each : workspace.of(kind_called("source"))) {
    add_connections(report, targets, each);
  }
  return report;
}

Report ungoverned_in(const Snapshot& workspace) {
  std::set<std::string> governed;
  for (const Thing& connection : workspace.of(kind_called("plan connection"))) {
    governed.insert(text_of(connection, "sourceId"));
  }
  Report report = report_on_sources();
  for (const Thing& source : workspace.of(kind_called("source"))) {
    if (!governed.contains(source.id)) add_source(report, source);
  }
  return report;
}

Report stale_in(const Snapshot& workspace, const Json::Array& volumes) {
  std::set<std::string> sending;
  for (const Json& series : volumes) {
    const Json* source = series.find("source");
    const Json* total = series.find("total");
    const bool has_events = total != nullptr && total->is_number() && total->as_number() > 0;
    if (source != nullptr && has_events) sending.insert(workspace::text_in(*source, "id"));
  }
  Report report = report_on_sources();
  for (const Thing& source : workspace.of(kind_called("source"))) {
    if (!sending.contains(source.id)) add_source(report, source);
  }
  return report;
}

}  // namespace segment::cli::insight
