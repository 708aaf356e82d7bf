#include "workspace/snapshot.hpp"

#include <algorithm>
#include <utility>

namespace segment::cli::workspace {

namespace {

std::string place_key(std::string_view kind, std::string_view id) {
  std::string key(kind);
  key += '\n';
  return key.append(id);
}

std::string joined(const std::string& first, std::string_view separator,
                   const std::string& second) {
  if (first.empty()) return second;
  return second.empty() ? first : first + std::string(separator) + second;
}

std::string title_of_rule(const Thing& rule) {
  const std::string key = text_of(rule, "key");
  const Json* version = rule.members.find("version");
  std::string title = text_of(rule, "type");
  if (!key.empty()) title += " " + key;
  if (version != nullptr && !(*version == Json(1))) title += " v" + version->dump();
  return title;
}

}  // namespace

void Snapshot::add(Thing thing) {
  auto& things = things_[thing.kind];
  places_.emplace(place_key(thing.kind->name, thing.id), things.size());
  things.push_back(std::move(thing));
}

const std::vector<Thing>& Snapshot::of(const Kind& kind) const {
  static const std::vector<Thing> none;
  const auto found = things_.find(&kind);
  return found != things_.end() ? found->second : none;
}

const Thing* Snapshot::with_id(std::string_view kind, std::string_view id) const {
  const auto found = places_.find(place_key(kind, id));
  return found != places_.end() ? &of(kind_called(kind))[found->second] : nullptr;
}

const Thing* Snapshot::find(std::string_view kind, std::string_view text) const {
  if (const Thing* thing = with_id(kind, text)) return thing;
  const Kind* wanted = find_kind(kind);
  if (wanted == nullptr || wanted->called_by.empty()) return nullptr;
  for (const Thing& thing : of(*wanted)) {
    if (text_of(thing, wanted->called_by) == text) return &thing;
  }
  return nullptr;
}

bool Snapshot::is_ambiguous(std::string_view kind, std::string_view text) const {
  const Kind* wanted = find_kind(kind);
  if (wanted == nullptr || wanted->called_by.empty()) return false;
  // An id may have been made from the name.
  const Thing* thing_with_id = with_id(kind, text);
  if (thing_with_id != nullptr && text_of(*thing_with_id, wanted->called_by) != text) return false;
  return std::ranges::count_if(of(*wanted), [&](const Thing& thing) {
           return text_of(thing, wanted->called_by) == text;
         }) > 1;
}

const Thing* Snapshot::function_of(std::string_view catalog_id) const {
  if (catalog_id.empty()) return nullptr;
  const auto& functions = of(kind_called("function"));
  const auto found = std::ranges::find(functions, catalog_id, &Thing::catalog_id);
  return found != functions.end() ? &*found : nullptr;
}

bool Snapshot::covers(const Kind& kind, const std::string& parent) const {
  const auto found = covered_.find(&kind);
  return found != covered_.end() && found->second.contains(parent);
}

std::string Snapshot::title_of(std::string_view kind, const std::string& id) const {
  const Thing* thing = find(kind, id);
  return thing != nullptr ? title_of(*thing) : id;
}

std::string Snapshot::title_of(const Thing& thing) const {
  const Kind& kind = *thing.kind;
  if (kind.name == "label") return text_of(thing, "key") + ":" + text_of(thing, "value");
  std::string above = kind.parent.empty() ? std::string() : title_of(kind.parent, thing.parent);
  const KindMember* source = kind.find("sourceId");
  std::string of_source;
  if (source != nullptr) of_source = title_of("source", text_of(thing, "sourceId"));
  if (kind.name == "rule") return joined(above, " / ", title_of_rule(thing));
  if (kind.name == "plan connection") {
    return title_of("tracking plan", text_of(thing, "trackingPlanId")) + " <- " + of_source;
  }
  if (kind.called_by.empty()) return joined(above, " <- ", of_source);
  if (above.empty()) above = of_source;
  std::string own = text_of(thing, kind.called_by);
  if (own.empty()) own = thing.catalog_name.empty() ? thing.id : thing.catalog_name;
  return joined(above, " / ", own);
}

std::string id_above(const Thing& thing) {
  for (const KindMember& member : thing.kind->members) {
    if (member.is(names_above)) return text_of(thing, member.name);
  }
  return thing.parent;
}

std::string text_of(const Thing& thing, std::string_view member) {
  const Json* value = thing.members.find(member);
  return value != nullptr && value->is_string() ? value->as_string() : std::string();
}

}  // namespace segment::cli::workspace
