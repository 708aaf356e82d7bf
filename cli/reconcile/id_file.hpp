#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "reconcile/references.hpp"

namespace segment::cli::workspace {

/// Maps the ids of a file that describes a workspace to the ids of a workspace that it was applied
/// to: `{"workspaces": {WORKSPACE: {"source": {ID: ID}}}}`. One file serves several workspaces.
class IdFile {
 public:
  /// \param name of a file that may not exist yet; empty: nothing is kept.
  /// \throws Malformed if the file cannot be read, or is not an id file.
  IdFile(std::string name, std::string workspace);

  [[nodiscard]] std::optional<std::string> find(std::string_view kind,
                                                const std::string& wanted) const;

  /// \throws Malformed if the file cannot be written.
  void require_writable() const;

  /// Replaces the file, as a whole or not at all, if it would differ.
  ///
  /// \throws std::runtime_error if it cannot be written.
  void keep(const References& references);

 private:
  std::string name_;
  std::string workspace_;
  Json document_ = Json::object();
  std::map<References::Key, std::string> known_{};  // of this workspace
};

}  // namespace segment::cli::workspace
