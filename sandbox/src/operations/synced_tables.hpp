#pragma once

#include <string>
#include <vector>

#include "engine/call.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

// Which tables are loaded into a warehouse, and which columns of them: of a source, or of a space.

/// A table with its columns, as it is before anybody changes anything: all is loaded.
[[nodiscard]] Json synced_table(std::initializer_list<const char*> columns);

/// The tables that go from one thing into a warehouse, by their names.
///
/// \param usual what they are where nobody changed anything yet.
[[nodiscard]] Json& synced_tables(World& world, const std::string& warehouse,
                                  const std::string& from, const Json& usual);

/// One item of a list: a table by its name, and what of it is loaded.
[[nodiscard]] Json synced_item(const Json::Member& table, const std::string& warehouse);

/// What an attempt to switch something on or off came to.
enum class Switched : std::uint8_t { nothing, something, unknown };

/// Switches on or off what an override names: a column, a table, or all tables.
[[nodiscard]] Switched switch_tables(Json& tables, const Json& override_given);

}  // namespace segment::inline SEGMENT_ABI::sandbox
