#include "reconcile/matching.hpp"

#include <algorithm>

namespace segment::cli::workspace {

namespace {

// What distinguishes it from others of its kind, on both sides with the ids of what is present.
std::string identity_of(const Kind& kind, const std::string& parent, const Json& members) {
  Json parts = Json::array({parent});
  for (const KindMember& member : kind.members) {
    if (!member.is(identifies)) continue;
    const Json* value = members.find(member.name);
    parts.push_back(value != nullptr ? *value : Json());
  }
  return parts.dump();
}

// Whether the members that cannot change are equal, with ids of the same workspace on both sides.
bool agree_on_what_is_fixed(const Kind& kind, const Json& wanted, const Json& present) {
  return std::ranges::all_of(kind.members, [&](const KindMember& member) {
    if (!member.is(fixed)) return true;
    const Json* one = wanted.find(member.name);
    const Json* other = present.find(member.name);
    return one == nullptr || other == nullptr || *one == *other;
  });
}

}  // namespace

Matching::Matching(const Snapshot& wanted, const Snapshot& present, const KnownId& known)
    : wanted_(wanted), present_(present), references_(wanted, present) {
  const bool is_known = !wanted.workspace_id.empty() && !present.workspace_id.empty();
  const bool is_same = is_known && wanted.workspace_id == present.workspace_id;
  const KnownId same = [](std::string_view, const std::string& id) { return std::optional(id); };
  for (const Kind& kind : kinds()) {
    match_by_id(kind, known);
    if (is_same && kind.has_id) match_by_id(kind, same);
    match_by_name(kind);
    if (!is_known && kind.has_id) match_by_id(kind, same);
  }
}

const Thing* Matching::present_for(const Thing& wanted) const {
  const auto found = present_for_.find(&wanted);
  return found != present_for_.end() ? found->second : nullptr;
}

const Thing* Matching::wanted_for(const Thing& present) const {
  const auto found = wanted_for_.find(&present);
  return found != wanted_for_.end() ? found->second : nullptr;
}

void Matching::pair(const Thing& wanted, const Thing& present) {
  present_for_[&wanted] = &present;
  wanted_for_[&present] = &wanted;
  references_.add(wanted.kind->name, wanted.id, present.id);
  if (!wanted.catalog_id.empty()) {
    references_.add(catalog, wanted.catalog_id, present.catalog_id);
  }
}

// It must have the same parent, too.
bool Matching::is_free(const Thing* present, const Thing& wanted) const {
  if (present == nullptr || wanted_for(*present) != nullptr) return false;
  const Kind& kind = *wanted.kind;
  if (!agree_on_what_is_fixed(kind, references_.translate(wanted).members, present->members)) {
    return false;
  }
  return kind.parent.empty() || references_.find(kind.parent, wanted.parent) == present->parent;
}

void Matching::match_by_id(const Kind& kind, const KnownId& known) {
  for (const Thing& wanted : wanted_.of(kind)) {
    if (present_for(wanted) != nullptr) continue;
    const auto id = known(kind.name, wanted.id);
    if (!id) continue;
    const Thing* present = present_.with_id(kind.name, *id);
    if (is_free(present, wanted)) pair(wanted, *present);
  }
}

std::string Matching::key_of(const Thing& wanted) const {
  const std::string parent = wanted.kind->parent.empty()
                                 ? std::string()
                                 : references_.find(wanted.kind->parent, wanted.parent);
  return identity_of(*wanted.kind, parent, references_.translate(wanted).members);
}

// If several are alike, the first matches the first.
void Matching::match_by_name(const Kind& kind) {
  std::map<std::string, std::vector<const Thing*>> by_key;
  for (const Thing& present : present_.of(kind)) {
    if (wanted_for(present) != nullptr) continue;
    by_key[identity_of(kind, present.parent, present.members)].push_back(&present);
  }
  for (const Thing& wanted : wanted_.of(kind)) {
    if (present_for(wanted) != nullptr) continue;
    const auto found = by_key.find(key_of(wanted));
    if (found == by_key.end() || found->second.empty()) continue;
    pair(wanted, *found->second.front());
    found->second.erase(found->second.begin());
  }
}

}  // namespace segment::cli::workspace
