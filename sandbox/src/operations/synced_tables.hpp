#pragma once

#include <string>
#include <vector>

#include "engine/call.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

// Which tables of a source or a space are loaded into a warehouse, and which of their columns.

/// A table with its columns in its initial state: everything is loaded.
[[nodiscard]] Json synced_table(std::initializer_list<const char*> columns);

/// The tables that are loaded from a source or a space into a warehouse, by name.
///
/// \param usual their initial state.
[[nodiscard]] Json& synced_tables(World& world, const std::string& warehouse,
                                  const std::string& from, const Json& usual);

/// One item of a list: a table with its name, and what is loaded of it.
[[nodiscard]] Json synced_item(const Json::Member& table, const std::string& warehouse);

/// The result of switching something on or off.
enum class Switched : std::uint8_t { nothing, something, unknown };

/// Switches on or off what an override names: a column, a table, or all tables.
[[nodiscard]] Switched switch_tables(Json& tables, const Json& override_given);

}  // namespace segment::inline SEGMENT_ABI::sandbox
