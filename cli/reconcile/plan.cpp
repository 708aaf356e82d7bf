#include "reconcile/plan.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace segment::cli::workspace {

namespace {

std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

// Schema settings are always there.
bool goes_with_its_source(const Kind& kind) { return kind.is_single; }

// A file that does not mention a kind has none of it only if it has no parents for it either.
bool is_missing_in(const Snapshot& side, const Kind& kind) {
  if (side.covers(kind) || side.is_live) return false;
  const std::string_view above = kind.above();
  return above.empty() || !side.covers(kind_called(above)) || !side.of(kind_called(above)).empty();
}

class Planner {
 public:
  Planner(const Snapshot& wanted, const Snapshot& present, const Matching& matching,
          References& references, const std::vector<const Kind*>& chosen)
      : chosen_(chosen),
        wanted_(wanted),
        present_(present),
        matching_(matching),
        references_(references) {}

  Plan make() {
    give_up_what_is_not_compared();
    for (const Kind* kind : chosen_) {
      if (can_be_compared(*kind)) plan_kind(*kind);
    }
    // No std::views::reverse: clang 14 cannot use that of libstdc++ 12.
    for (auto kind = chosen_.rbegin(); kind != chosen_.rend(); ++kind) {
      if (can_be_compared(**kind)) plan_removals(**kind);
    }
    return std::move(plan_);
  }

 private:
  bool can_be_compared(const Kind& kind);
  void give_up_what_is_not_compared();
  void plan_kind(const Kind& kind);
  void plan_creation(const Thing& wanted);
  void plan_change(const Thing& wanted, const Thing& present);
  void plan_removals(const Kind& kind);
  [[nodiscard]] bool is_wanted_gone(const Thing& present) const;
  [[nodiscard]] bool is_governed(const Thing& settings) const;
  [[nodiscard]] std::string block_of(const Thing& wanted, std::vector<std::string> missing) const;
  void name_references(const Kind& kind, Step& step) const;
  void note_dangling(const Thing& wanted, const References::Translated& translated);

  const std::vector<const Kind*>& chosen_;
  const Snapshot& wanted_;
  const Snapshot& present_;
  const Matching& matching_;
  References& references_;
  Plan plan_{};
};

// If a list of the workspace could not be fetched, everything in the file would seem new.
bool Planner::can_be_compared(const Kind& kind) {
  if (!wanted_.covers(kind)) return false;
  if (is_missing_in(present_, kind)) return false;
  for (const Snapshot* side : {&wanted_, &present_}) {
    const auto found = side->skipped.find(std::string(kind.list));
    if (found == side->skipped.end()) continue;
    std::string note = std::string(kind.name) + " is not compared: " + std::string(kind.list) +
                       " of " + side->origin() + " " + found->second;
    if (std::ranges::find(plan_.notes, note) == plan_.notes.end()) {
      plan_.notes.push_back(std::move(note));
    }
    return false;
  }
  return true;
}

// Nothing creates it, so what refers to it cannot be written either.
void Planner::give_up_what_is_not_compared() {
  for (const Kind& kind : kinds()) {
    const bool is_chosen = std::ranges::find(chosen_, &kind) != chosen_.end();
    if (is_chosen && can_be_compared(kind)) continue;
    for (const Thing& wanted : wanted_.of(kind)) {
      if (matching_.present_for(wanted) == nullptr) references_.give_up(wanted);
    }
  }
}

void Planner::plan_kind(const Kind& kind) {
  for (const Thing& wanted : wanted_.of(kind)) {
    const Thing* present = matching_.present_for(wanted);
    if (present != nullptr) {
      plan_change(wanted, *present);
    } else {
      plan_creation(wanted);
    }
  }
}

// They have an effect only if there is a tracking plan.
bool Planner::is_governed(const Thing& settings) const {
  const Kind& connection = kind_called("plan connection");
  if (!wanted_.covers(connection)) return true;
  const std::string source = text_of(settings, "sourceId");
  return std::ranges::any_of(wanted_.of(connection), [&](const Thing& each) {
    return text_of(each, "sourceId") == source;
  });
}

std::string Planner::block_of(const Thing& wanted, std::vector<std::string> missing) const {
  if (!wanted.parent.empty()) {
    const std::string_view above = wanted.kind->parent;
    if (references_.find(above, wanted.parent).empty()) {
      const Thing* thing = wanted_.with_id(above, wanted.parent);
      missing.insert(missing.begin(),
                     std::string(above) + " " +
                         (thing != nullptr ? wanted_.title_of(*thing) : wanted.parent) +
                         " is not in " + present_.origin());
    }
  }
  const std::string email = text_of(wanted, "email");
  if (!email.empty() && present_.people && !present_.people->contains(email)) {
    missing.push_back("nobody with that address is in " + present_.origin() + " or invited");
  }
  return list_of(missing);
}

void Planner::note_dangling(const Thing& wanted, const References::Translated& translated) {
  std::vector<std::string> found = translated.dangling;
  if (!wanted.parent.empty()) {
    found.push_back(references_.why_dangling(wanted.kind->parent, wanted.parent));
  }
  for (const std::string& why : found) {
    if (why.empty()) continue;
    plan_.dangling.push_back(std::string(wanted.kind->name) + " " + wanted_.title_of(wanted) +
                             ": " + why);
  }
}

void Planner::plan_creation(const Thing& wanted) {
  if (goes_with_its_source(*wanted.kind) && !is_governed(wanted)) return;
  References::Translated translated = references_.translate(wanted);
  note_dangling(wanted, translated);
  Step step{.action = Action::create,
            .wanted = &wanted,
            .title = wanted_.title_of(wanted),
            .masked = masked_in(wanted.members),
            .blocked = block_of(wanted, std::move(translated.missing))};
  // That people cannot be invited is not a difference between workspaces.
  if (!step.blocked.empty()) {
    references_.give_up(wanted);
    if (wanted.kind->name == "group member") {
      plan_.notes.push_back("group member " + step.title + ": " + step.blocked);
      return;
    }
  }
  plan_.steps.push_back(std::move(step));
}

void Planner::plan_change(const Thing& wanted, const Thing& present) {
  if (goes_with_its_source(*wanted.kind) && !is_governed(wanted)) return;
  const References::Translated translated = references_.translate(wanted);
  Difference difference =
      compare(*wanted.kind, translated.members, present.members, wanted_.names_everything());
  if (!difference.masked.empty()) {
    plan_.notes.push_back(std::string(wanted.kind->name) + " " + wanted_.title_of(wanted) + ": " +
                          list_of(difference.masked) +
                          (difference.masked.size() == 1 ? " is" : " are") +
                          " secret and not compared");
  }
  if (difference.changes.empty() && difference.unchangeable.empty()) return;
  note_dangling(wanted, translated);
  Step step{.action = Action::change,
            .wanted = &wanted,
            .present = &present,
            .title = wanted_.title_of(wanted),
            .changes = std::move(difference.changes),
            .unchangeable = std::move(difference.unchangeable),
            .blocked = list_of(translated.missing)};
  name_references(*wanted.kind, step);
  plan_.steps.push_back(std::move(step));
}

// People know things by their names.
void Planner::name_references(const Kind& kind, Step& step) const {
  for (Change& change : step.changes) {
    const KindMember* member = kind.find(change.path.front());
    if (member == nullptr || member->refers_to.empty() || member->refers_to == catalog) continue;
    const auto name = [&](std::optional<Json>& value, const Snapshot& side, const std::string& id) {
      const Thing* thing = side.with_id(member->refers_to, id);
      if (value && thing != nullptr) *value = side.title_of(*thing);
    };
    name(change.before, present_, text_of(*step.present, member->name));
    name(change.after, wanted_, text_of(*step.wanted, member->name));
  }
}

// What belongs to something that is deleted is deleted with it.
bool Planner::is_wanted_gone(const Thing& present) const {
  if (matching_.wanted_for(present) != nullptr) return false;
  const Kind& kind = *present.kind;
  if (kind.above().empty()) return wanted_.covers(kind, {});
  const Thing* above = present_.with_id(kind.above(), id_above(present));
  const Thing* wanted = above != nullptr ? matching_.wanted_for(*above) : nullptr;
  return wanted != nullptr && wanted_.covers(kind, wanted->id);
}

void Planner::plan_removals(const Kind& kind) {
  if (kind.remove.empty()) return;
  for (const Thing& present : present_.of(kind)) {
    if (!is_wanted_gone(present)) continue;
    plan_.steps.push_back(
        {.action = Action::remove, .present = &present, .title = present_.title_of(present)});
  }
}

}  // namespace

bool Step::can_be_done(bool prune) const {
  if (!blocked.empty()) return false;
  if (action == Action::create) return true;
  if (action == Action::remove) return prune;
  return std::ranges::any_of(changes,
                             [&](const Change& each) { return prune || !each.takes_away; });
}

std::size_t Plan::count(Action action) const {
  return static_cast<std::size_t>(std::ranges::count(steps, action, &Step::action));
}

std::size_t Plan::count_of_values_taken_away() const {
  std::size_t count = 0;
  for (const Step& step : steps) {
    count += static_cast<std::size_t>(
        std::ranges::count_if(step.changes, [](const Change& each) { return each.takes_away; }));
  }
  return count;
}

Plan make_plan(const Snapshot& wanted, const Snapshot& present, const Matching& matching,
               References& references, const std::vector<const Kind*>& chosen) {
  return Planner(wanted, present, matching, references, chosen).make();
}

}  // namespace segment::cli::workspace
