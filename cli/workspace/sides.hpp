#pragma once

#include <string>
#include <vector>

#include "calls/connection.hpp"
#include "segment/call_options.hpp"
#include "workspace/export_plan.hpp"
#include "workspace/snapshot.hpp"

namespace segment::cli::workspace {

/// The kinds that are compared.
///
/// \throws Malformed for an unknown name.
[[nodiscard]] std::vector<const Kind*> chosen_kinds(const ExportChoice& choice);

/// A file that describes a workspace.
///
/// \param name `-` is standard input.
/// \throws Malformed if it cannot be read or is not JSON.
[[nodiscard]] Json read_document(const std::string& name);

/// The name of a file in messages.
[[nodiscard]] std::string name_of_file(const std::string& name);

/// The things of these kinds in a workspace, and those that they refer to.
///
/// \param name of the workspace, for messages.
[[nodiscard]] Snapshot read_workspace(const Connection& connection, const CallOptions& options,
                                      const std::vector<const Kind*>& chosen,
                                      const std::string& name);

/// Whether a document names the kind of a thing by its slug alone: `"metadata": {"slug": …}`.
[[nodiscard]] bool names_catalog_by_slug(const Json& document);

/// Adds the lists of the catalog that such a document needs.
void add_catalog(Json& document, const Connection& connection, const CallOptions& options);

/// Adds what another document reveals about the catalog through the things in it.
void add_catalog(Json& document, const Json& other);

}  // namespace segment::cli::workspace
