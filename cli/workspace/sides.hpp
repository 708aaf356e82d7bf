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
/// \throws Malformed for a name that nothing has.
[[nodiscard]] std::vector<const Kind*> chosen_kinds(const ExportChoice& choice);

/// A file that says what a workspace is to hold.
///
/// \param name `-` is standard input.
/// \throws Malformed where it cannot be read or is no JSON.
[[nodiscard]] Json read_document(const std::string& name);

/// How a file is called in messages.
[[nodiscard]] std::string name_of_file(const std::string& name);

/// What a workspace has of these kinds, and of what they refer to.
///
/// \param name of the workspace, for messages.
[[nodiscard]] Snapshot read_workspace(const Connection& connection, const CallOptions& options,
                                      const std::vector<const Kind*>& chosen,
                                      const std::string& name);

/// Whether a document names the kind of a thing by its slug alone: `"metadata": {"slug": …}`.
[[nodiscard]] bool names_catalog_by_slug(const Json& document);

/// Puts those lists of the catalog into such a document that it needs.
void add_catalog(Json& document, const Connection& connection, const CallOptions& options);

/// Puts in their stead what another document tells of the catalog by the things that it holds.
void add_catalog(Json& document, const Json& other);

}  // namespace segment::cli::workspace
