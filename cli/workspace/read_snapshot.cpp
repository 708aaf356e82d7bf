#include "workspace/read_snapshot.hpp"

#include <string_view>
#include <utility>
#include <vector>

#include "input/input.hpp"
#include "messages/errors.hpp"
#include "operations/catalog.hpp"
#include "segment/helpers/text.hpp"
#include "segment/schema.hpp"
#include "segment/strict_reading.hpp"
#include "workspace/findings.hpp"
#include "workspace/normal_form.hpp"

namespace segment::cli::workspace {

namespace {

// Some lists do not exist: a plan without Protocols has no tracking plans.
void read_skipped(const Json& list, Snapshot& snapshot) {
  if (!list.is_array()) return;
  for (const Json& entry : list.as_array()) {
    const Json* status = entry.find("status");
    if (status == nullptr) continue;
    snapshot.skipped[text_in(entry, "operation")] = "was answered with " + status->dump();
  }
}

/// Reads the lists of a document, kind by kind.
class SnapshotReader {
 public:
  SnapshotReader(const Json& data, std::string origin, bool was_exported,
                 std::vector<std::string>* misspelt)
      : data_(data), snapshot_(std::move(origin), was_exported), misspelt_(misspelt) {}

  Snapshot read() {
    for (const auto& list : data_.as_object()) static_cast<void>(find_call(list.name));
    read_workspace();
    for (const Kind& kind : kinds()) read_kind(kind);
    read_people();
    const std::string repeated = is_a_file() ? repeated_in(snapshot_) : std::string();
    if (!repeated.empty()) throw Malformed(snapshot_.origin() + ": " + repeated);
    return std::move(snapshot_);
  }

 private:
  [[nodiscard]] bool is_strict() const { return !snapshot_.names_everything(); }
  // Which people may have edited, unlike what the API has just returned.
  [[nodiscard]] bool is_a_file() const { return is_strict() || misspelt_ != nullptr; }
  [[noreturn]] void refuse(const std::string& where, const std::string& what) const {
    throw Malformed(snapshot_.origin() + ": " + where + " " + what);
  }

  void read_workspace();
  void read_people();
  void read_kind(const Kind& kind);
  void read_below(const Kind& kind, std::string_view list);
  void read_list(const Kind& kind, const Json& items, const std::string& parent,
                 const std::string& where);
  void read_item(const Kind& kind, const Json& item, const std::string& parent,
                 const std::string& where);
  void check_item(const Kind& kind, const Json& item, const std::string& where) const;
  void note_misspelt(const JsonFinding& finding, const std::string& place) const;
  void check_identity(const Thing& thing, const std::string& where) const;
  void resolve(Thing& thing, const std::string& where) const;
  void resolve_permissions(Json& permissions) const;
  [[nodiscard]] std::string id_for(const Thing& thing, const Json& item) const;
  [[nodiscard]] std::string in_catalog(const Kind& kind, const std::string& text,
                                       const std::string& where) const;
  [[nodiscard]] std::string resolved(std::string_view kind, const std::string& text) const;

  const Json& data_;
  Snapshot snapshot_;
  std::vector<std::string>* misspelt_;
  std::string workspace_name_{};
};

void SnapshotReader::read_workspace() {
  if (const Json* workspace = data_.find("getWorkspace")) {
    snapshot_.workspace_id = text_in(*workspace, "id");
    workspace_name_ = text_in(*workspace, "name");
  }
  const Json* sources = data_.find("listSources");
  if (snapshot_.workspace_id.empty() && sources != nullptr && sources->is_array() &&
      !sources->empty()) {
    snapshot_.workspace_id = text_in(sources->at(0), "workspaceId");
  }
}

void SnapshotReader::read_people() {
  const Json* users = data_.find("listUsers");
  if (users == nullptr || !users->is_array()) return;
  auto& people = snapshot_.people.emplace();
  for (const Json& user : users->as_array()) people.insert(lower_case(text_in(user, "email")));
  const Json* invites = data_.find("listInvites");
  if (invites == nullptr || !invites->is_array()) return;
  for (const Json& email : invites->as_array()) {
    if (email.is_string()) people.insert(lower_case(email.as_string()));
  }
}

void SnapshotReader::read_kind(const Kind& kind) {
  const Json* list = data_.find(kind.list);
  const bool is_below = !path_parameters(find_call(kind.list)).empty();
  if (is_below) {
    read_below(kind, kind.list);
    for (const std::string_view other : kind.other_lists) read_below(kind, other);
    return;
  }
  if (list == nullptr) return;
  snapshot_.cover(kind, {});
  read_list(kind, *list, {}, std::string(kind.list));
}

// By the id or the name of their parent.
void SnapshotReader::read_below(const Kind& kind, std::string_view list) {
  const Json* by_parent = data_.find(list);
  if (by_parent == nullptr) return;
  const std::string where(list);
  if (!by_parent->is_object())
    refuse(where, "is not an object whose names are the ids or names of the parents");
  for (const auto& [name, items] : by_parent->as_object()) {
    const std::string here = where + "." + name;
    const std::string parent = resolved(kind.above(), name);
    snapshot_.cover(kind, parent);
    if (kind.is_single) {
      read_item(kind, items, parent, here);
    } else {
      read_list(kind, items, parent, here);
    }
  }
}

void SnapshotReader::read_list(const Kind& kind, const Json& items, const std::string& parent,
                               const std::string& where) {
  if (!items.is_array()) refuse(where, "is not a list");
  for (std::size_t i = 0; i < items.size(); ++i) {
    read_item(kind, items.at(i), parent, where + "." + std::to_string(i));
  }
}

void SnapshotReader::read_item(const Kind& kind, const Json& item, const std::string& parent,
                               const std::string& where) {
  const bool is_text = item.is_string() && !kind.has_id;
  if (!is_text && !item.is_object()) refuse(where, "is not an object");
  Json completed;
  const Json* details = data_.find(kind.described_by);
  const Json* more = details != nullptr ? details->find(text_in(item, "id")) : nullptr;
  if (more != nullptr && more->is_object()) {
    completed = item;
    for (const auto& [name, value] : more->as_object()) completed[name] = value;
  }
  const Json& whole = completed.is_object() ? completed : item;
  if (!is_text && is_a_file()) check_item(kind, whole, where);
  Thing thing{.kind = &kind,
              .members = normal_form(kind, whole, workspace_name_),
              .catalog_name = catalog_name_of(whole),
              .catalog_id = text_in(whole, "catalogId"),
              .is_deployed = is_deployed(whole)};
  if (!kind.parent.empty()) thing.parent = parent;
  for (const KindMember& member : kind.members) {
    if (member.is(names_above)) thing.members[member.name] = parent;
  }
  resolve(thing, where);
  check_identity(thing, where);
  thing.id = id_for(thing, whole);
  snapshot_.add(std::move(thing));
}

// A member may be written as in a response or as in a request, and what is not needed is left out.
void SnapshotReader::check_item(const Kind& kind, const Json& item,
                                const std::string& where) const {
  using Finding = JsonFinding::Kind;
  for (const JsonFinding& finding : findings_in(kind, item)) {
    const std::string name = dotted(finding.pointer);
    if (finding.kind == Finding::missing || finding.kind == Finding::unknown_value) continue;
    if (finding.kind == Finding::unknown_member && is_taken_by_create(kind, name)) continue;
    const std::string place = where + (name.empty() ? "" : ".") + name;
    if (!is_strict()) {
      note_misspelt(finding, place);
      continue;
    }
    refuse(place, finding.message + did_you_mean(finding.suggestion));
  }
}

// For exports: members of a newer API are unknown too, but their names are not similar to known
// ones.
void SnapshotReader::note_misspelt(const JsonFinding& finding, const std::string& place) const {
  if (finding.kind != JsonFinding::Kind::unknown_member || finding.suggestion.empty()) return;
  misspelt_->push_back(snapshot_.origin() + ": " + place + " is unknown and ignored" +
                       did_you_mean(finding.suggestion));
}

void SnapshotReader::check_identity(const Thing& thing, const std::string& where) const {
  for (const KindMember& member : thing.kind->members) {
    if (!member.is(identifies) || member.is(may_be_absent) || thing.members.contains(member.name)) {
      continue;
    }
    refuse(where + "." + std::string(member.name), "is required");
  }
}

std::string SnapshotReader::resolved(std::string_view kind, const std::string& text) const {
  if (is_a_file() && snapshot_.is_ambiguous(kind, text)) {
    throw Malformed(snapshot_.origin() + ": more than one " + std::string(kind) + " is called " +
                    one_line(text) + "; refer to it by its id");
  }
  const Thing* thing = snapshot_.find(kind, text);
  return thing != nullptr ? thing->id : text;
}

// A document may contain the catalog, and name its entries by their slugs.
std::string SnapshotReader::in_catalog(const Kind& kind, const std::string& text,
                                       const std::string& where) const {
  const Json* entries = data_.find(kind.catalog_list);
  if (entries == nullptr || !entries->is_array()) return text;
  for (const Json& entry : entries->as_array()) {
    const std::string id = text_in(entry, "id");
    if (id == text || text_in(entry, "slug") == text) return id;
  }
  if (!is_strict()) return text;
  std::vector<std::string> slugs;
  for (const Json& entry : entries->as_array()) slugs.push_back(text_in(entry, "slug"));
  const std::vector<std::string_view> known(slugs.begin(), slugs.end());
  const std::string_view meant = nearest_name(text, known);
  if (meant.empty()) return text;
  refuse(where,
         "is of a kind that the catalog does not have: " + one_line(text) + did_you_mean(meant));
}

void SnapshotReader::resolve(Thing& thing, const std::string& where) const {
  for (const KindMember& member : thing.kind->members) {
    if (member.is(as_above) && !thing.members.contains(member.name)) {
      const Thing* above = snapshot_.with_id(thing.kind->above(), thing.parent);
      if (above != nullptr) thing.members[member.name] = text_of(*above, member.name);
    }
    Json* value = thing.members.find(member.name);
    if (value != nullptr && member.form == MemberForm::permissions) resolve_permissions(*value);
    if (member.refers_to.empty() || value == nullptr || !value->is_string()) continue;
    *value = member.refers_to == catalog ? in_catalog(*thing.kind, value->as_string(), where)
                                         : resolved(member.refers_to, value->as_string());
  }
}

void SnapshotReader::resolve_permissions(Json& permissions) const {
  if (!permissions.is_array()) return;
  for (Json& permission : permissions.as_array()) {
    permission["roleId"] = resolved("role", permission.at("roleId").as_string());
    for (Json& resource : permission["resources"].as_array()) {
      const std::string kind = lower_case(text_in(resource, "type"));
      Json* id = resource.find("id");
      if (id != nullptr && id->is_string()) *id = resolved(kind, id->as_string());
    }
  }
}

// What identifies it, if the API gives it no id.
std::string SnapshotReader::id_for(const Thing& thing, const Json& item) const {
  const std::string given = text_in(item, "id");
  if (thing.kind->has_id && !given.empty()) return given;
  std::string id = thing.kind->has_id ? text_of(thing, thing.kind->called_by) : thing.parent;
  if (!thing.kind->has_id) {
    for (const KindMember& member : thing.kind->members) {
      const Json* value = thing.members.find(member.name);
      if (!member.is(identifies) || value == nullptr) continue;
      id += (id.empty() ? "" : "/") + (value->is_string() ? value->as_string() : value->dump());
    }
  }
  std::string unique = id;
  for (int i = 2; snapshot_.with_id(thing.kind->name, unique) != nullptr; ++i) {
    unique = id + " #" + std::to_string(i);
  }
  return unique;
}

}  // namespace

Snapshot read_snapshot(const Json& document, std::string origin,
                       std::vector<std::string>* misspelt) {
  const Json* data = document.find("data");
  if (data == nullptr || !data->is_object()) {
    throw Malformed(origin + R"( has no "data": it is not an export of a workspace)");
  }
  for (const auto& member : document.as_object()) {
    if (member.name == "data" || member.name == "skipped" || member.name == "exportedBy" ||
        member.name == "exportedAt") {
      continue;
    }
    throw Malformed(origin + ": \"" + member.name + "\" is not a member of an export");
  }
  Snapshot snapshot =
      SnapshotReader(*data, std::move(origin), document.contains("exportedBy"), misspelt).read();
  if (const Json* skipped = document.find("skipped")) read_skipped(*skipped, snapshot);
  return snapshot;
}

}  // namespace segment::cli::workspace
