#pragma once

#include <string>

#include "segment/types/json.hpp"
#include "terminal/table.hpp"
#include "workspace/snapshot.hpp"

namespace segment::cli::insight {

/// The answer to a question that takes several calls.
struct Report {
  Table table{};       // for people
  Json::Array rows{};  // the same for programs
};

/// Which sources feed which destinations and warehouses, by which filters and subscriptions. A
/// source that feeds nothing has a row too.
///
/// \param workspace of sources, destinations with what is below them, and warehouses with theirs.
/// \param source its slug or id; empty: all of them.
/// \throws Malformed if there is no such source.
[[nodiscard]] Report connections_in(const workspace::Snapshot& workspace,
                                    const std::string& source);

/// Sources without a tracking plan.
///
/// \param workspace of sources and tracking plans with their sources.
[[nodiscard]] Report ungoverned_in(const workspace::Snapshot& workspace);

/// Sources from which no event came.
///
/// \param workspace of sources.
/// \param volumes series of event counts by source.
[[nodiscard]] Report stale_in(const workspace::Snapshot& workspace, const Json::Array& volumes);

}  // namespace segment::cli::insight
