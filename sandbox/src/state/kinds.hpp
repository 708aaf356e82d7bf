#pragma once

#include <initializer_list>
#include <string>

#include "state/world.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

// The parts from which the catalog is built.

[[nodiscard]] inline Json logos(const std::string& slug) {
  const std::string base = "https://logos.example.test/" + slug;
  return Json::object({{"default", base + ".svg"}, {"mark", base + "-mark.svg"}, {"alt", nullptr}});
}

/// \param type `string`, `boolean`, `number` or `password`.
[[nodiscard]] inline Json option(const char* name, const char* type, bool required,
                                 const char* label, const char* description) {
  return Json::object({{"name", name},
                       {"type", type},
                       {"required", required},
                       {"description", description},
                       {"label", label}});
}

void fill_source_kinds(World& world);
void fill_destination_kinds(World& world);
void fill_warehouse_kinds(World& world);

}  // namespace segment::inline SEGMENT_ABI::sandbox
