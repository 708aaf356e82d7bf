#include "reconcile/id_file.hpp"

#include <utility>

#include "input/files.hpp"
#include "input/input.hpp"
#include "messages/errors.hpp"

namespace segment::cli::workspace {

IdFile::IdFile(std::string name, std::string workspace)
    : name_(std::move(name)), workspace_(std::move(workspace)) {
  if (name_.empty()) return;
  const auto text = read_text_if_there(name_);
  if (!text || text->empty()) return;
  document_ = parse_json(*text, name_);
  const Json* workspaces = document_.find("workspaces");
  if (workspaces == nullptr || !workspaces->is_object()) {
    throw Malformed(name_ + " is not an id file: it has no \"workspaces\"");
  }
  const Json* kinds_of_ids = workspaces->find(workspace_);
  if (kinds_of_ids == nullptr || !kinds_of_ids->is_object()) return;
  for (const auto& [kind, ids] : kinds_of_ids->as_object()) {
    if (!ids.is_object()) continue;
    for (const auto& [wanted, present] : ids.as_object()) {
      if (present.is_string()) known_[{kind, wanted}] = present.as_string();
    }
  }
}

std::optional<std::string> IdFile::find(std::string_view kind, const std::string& wanted) const {
  const auto found = known_.find({std::string(kind), wanted});
  return found != known_.end() ? std::optional(found->second) : std::nullopt;
}

void IdFile::require_writable() const {
  if (name_.empty()) return;
  try {
    require_replaceable(name_);
  } catch (const Malformed& error) {
    throw Malformed(std::string("the id file ") + error.what() + "; --ids names another one");
  }
}

void IdFile::keep(const References& references) {
  if (name_.empty()) return;
  bool has_changed = false;
  for (const auto& [key, present] : references.ids()) {
    const auto& [kind, wanted] = key;
    if (kind == catalog || !kind_called(kind).has_id || !kind_called(kind).is_written()) continue;
    if (find(kind, wanted) == present) continue;
    document_["workspaces"][workspace_][kind][wanted] = present;
    known_[key] = present;
    has_changed = true;
  }
  if (has_changed) replace_file(name_, document_.dump(2) + "\n", 0666);
}

}  // namespace segment::cli::workspace
