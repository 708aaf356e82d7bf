#include "reconcile/references.hpp"

#include "segment/helpers/text.hpp"
#include "workspace/normal_form.hpp"

namespace segment::cli::workspace {

void References::add(std::string_view kind, const std::string& wanted, const std::string& present) {
  ids_[{std::string(kind), wanted}] = present;
}

bool References::is_given_up(std::string_view kind, std::string_view id) const {
  return given_up_.contains({std::string(kind), std::string(id)});
}

std::string References::find(std::string_view kind, const std::string& id) const {
  if (const auto found = ids_.find({std::string(kind), id}); found != ids_.end()) {
    return found->second;
  }
  const bool of_catalog = kind == catalog;
  const Thing* wanted = of_catalog ? wanted_->function_of(id) : wanted_->with_id(kind, id);
  if (wanted != nullptr) {
    const bool never = !wanted->kind->is_written() || is_given_up(wanted->kind->name, wanted->id);
    if (!never) return "new " + std::string(kind) + " " + id;
  }
  // Segment's own entries are the same everywhere; that of a function is not.
  if (of_catalog) return wanted != nullptr && present_->covers(*wanted->kind) ? std::string() : id;
  // By its name, if the file does not contain such a thing, or one that is never created.
  const Thing* present =
      present_->find(kind, wanted != nullptr ? text_of(*wanted, wanted->kind->called_by) : id);
  return present != nullptr ? present->id : std::string();
}

std::string References::why_dangling(std::string_view kind, const std::string& id) const {
  if (wanted_->with_id(kind, id) != nullptr || !find(kind, id).empty()) return {};
  const Kind& known = kind_called(kind);
  if (!present_->covers(known)) return {};
  std::vector<std::string> names;
  for (const Snapshot* side : {wanted_, present_}) {
    for (const Thing& thing : side->of(known)) names.push_back(text_of(thing, known.called_by));
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  const std::string_view meant = nearest_name(id, views);
  return "there is no " + std::string(kind) + " " + id + " in " + wanted_->origin() + " or " +
         present_->origin() + did_you_mean(meant);
}

void References::translate(std::string_view kind, Json& id, Translated& translated) const {
  if (!id.is_string() || id.as_string().empty()) return;
  std::string found = find(kind, id.as_string());
  if (found.empty()) {
    const bool of_catalog = kind == catalog;
    const Thing* thing =
        of_catalog ? wanted_->function_of(id.as_string()) : wanted_->with_id(kind, id.as_string());
    translated.missing.push_back(std::string(thing != nullptr ? thing->kind->name : kind) + " " +
                                 (thing != nullptr ? wanted_->title_of(*thing) : id.as_string()) +
                                 " is not in " + present_->origin());
  } else {
    id = std::move(found);
  }
}

void References::translate_permissions(Json& permissions, Translated& translated) const {
  if (!permissions.is_array()) return;
  for (Json& permission : permissions.as_array()) {
    translate("role", permission["roleId"], translated);
    for (Json& resource : permission["resources"].as_array()) {
      Json* id = resource.find("id");
      const std::string kind = lower_case(text_in(resource, "type"));
      // The API has more of them: what is not a kind here is passed on as it is.
      if (id != nullptr && find_kind(kind) != nullptr) translate(kind, *id, translated);
    }
  }
}

References::Translated References::translate(const Thing& thing) const {
  Translated translated{.members = thing.members};
  for (const KindMember& member : thing.kind->members) {
    Json* value = translated.members.find(member.name);
    if (value == nullptr) continue;
    if (!member.refers_to.empty()) {
      if (value->is_string() && member.refers_to != catalog && !value->as_string().empty()) {
        std::string why = why_dangling(member.refers_to, value->as_string());
        if (!why.empty()) translated.dangling.push_back(std::move(why));
      }
      translate(member.refers_to, *value, translated);
    }
    if (member.form == MemberForm::permissions) translate_permissions(*value, translated);
  }
  return translated;
}

}  // namespace segment::cli::workspace
