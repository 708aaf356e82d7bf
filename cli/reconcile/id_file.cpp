#include "reconcile/id_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "input/input.hpp"
#include "messages/errors.hpp"

namespace segment::cli::workspace {

namespace {

[[noreturn]] void cannot_write(const std::string& name) {
  throw std::runtime_error(name + " cannot be written: " + std::generic_category().message(errno));
}

// A reader sees the old file or the new one, also after the power went.
void replace_file(const std::string& name, const std::string& text) {
  const std::string fresh = name + ".new";
  const int file = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) cannot_write(name);
  const bool is_written =
      write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      fsync(file) == 0;
  if (close(file) != 0 || !is_written || std::rename(fresh.c_str(), name.c_str()) != 0) {
    cannot_write(name);
  }
}

}  // namespace

IdFile::IdFile(std::string name, std::string workspace)
    : name_(std::move(name)), workspace_(std::move(workspace)) {
  std::ifstream file(name_, std::ios::binary);
  if (name_.empty() || !file) return;
  std::ostringstream text;
  text << file.rdbuf();
  if (text.str().empty()) return;
  document_ = parse_json(text.str(), name_);
  const Json* workspaces = document_.find("workspaces");
  if (workspaces == nullptr || !workspaces->is_object()) {
    throw Malformed(name_ + " is no file of ids: it has no \"workspaces\"");
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
  if (has_changed) replace_file(name_, document_.dump(2) + "\n");
}

}  // namespace segment::cli::workspace
