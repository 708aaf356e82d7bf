#include "workspace/sides.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "input/files.hpp"
#include "input/input.hpp"
#include "workspace/live.hpp"
#include "workspace/normal_form.hpp"
#include "workspace/read_snapshot.hpp"

namespace segment::cli::workspace {

namespace {

// Its parents too, and what it refers to.
void add_operations(const Kind& kind, std::set<std::string>& names) {
  if (!names.insert(std::string(kind.list)).second) return;
  for (const std::string_view also : kind.also_reads) names.emplace(also);
  if (!kind.parent.empty()) add_operations(kind_called(kind.parent), names);
  for (const KindMember& member : kind.members) {
    if (member.refers_to.empty()) continue;
    add_operations(kind_called(member.refers_to == catalog ? "function" : member.refers_to), names);
  }
}

bool names_kind_by_slug(const Json& item) {
  const Json* metadata = item.find("metadata");
  return !item.contains("metadataId") && metadata != nullptr && !metadata->contains("id") &&
         metadata->contains("slug");
}

bool needs_catalog(const Json& data, const Kind& kind) {
  if (kind.catalog_list.empty() || data.contains(kind.catalog_list)) return false;
  const Json* things = data.find(kind.list);
  return things != nullptr && things->is_array() &&
         std::ranges::any_of(things->as_array(), names_kind_by_slug);
}

}  // namespace

std::string name_of_file(const std::string& name) { return name == "-" ? "standard input" : name; }

std::vector<const Kind*> chosen_kinds(const ExportChoice& choice) {
  std::set<std::string_view> lists;
  for (const ExportStep& step : export_plan(choice)) {
    if (step.is_wanted) lists.insert(step.call->id);
  }
  std::vector<const Kind*> chosen;
  for (const Kind& kind : kinds()) {
    if (kind.is_written() && lists.contains(kind.list)) chosen.push_back(&kind);
  }
  return chosen;
}

Json read_document(const std::string& name) {
  return parse_json(read_text(name, name), name_of_file(name));
}

Snapshot read_workspace(const Connection& connection, const CallOptions& options,
                        const std::vector<const Kind*>& chosen, const std::string& name) {
  std::set<std::string> names{"getWorkspace"};
  for (const Kind* kind : chosen) add_operations(*kind, names);
  ExportChoice reads;
  reads.only.assign(names.begin(), names.end());
  const Export found = export_of(connection, options, reads, false);
  if (found.failure) std::rethrow_exception(found.failure);  // missing things would seem new
  Snapshot snapshot = read_snapshot(found.document, name);
  snapshot.is_live = true;
  return snapshot;
}

bool names_catalog_by_slug(const Json& document) {
  const Json* data = document.find("data");
  return data != nullptr &&
         std::ranges::any_of(kinds(), [&](const Kind& kind) { return needs_catalog(*data, kind); });
}

void add_catalog(Json& document, const Connection& connection, const CallOptions& options) {
  Json& data = document["data"];
  for (const Kind& kind : kinds()) {
    if (!needs_catalog(data, kind)) continue;
    Json list = make_call(connection, options, kind.catalog_list, Json::object());
    data[kind.catalog_list] = std::move(list.as_object().front().value);
  }
}

void add_catalog(Json& document, const Json& other) {
  const Json* others = other.find("data");
  Json& data = document["data"];
  for (const Kind& kind : kinds()) {
    const Json* things = others != nullptr ? others->find(kind.list) : nullptr;
    if (!needs_catalog(data, kind) || things == nullptr || !things->is_array()) continue;
    Json list = Json::array();
    for (const Json& thing : things->as_array()) {
      if (const Json* metadata = thing.find("metadata")) list.push_back(*metadata);
    }
    data[kind.catalog_list] = std::move(list);
  }
}

}  // namespace segment::cli::workspace
