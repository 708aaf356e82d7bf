#include "operations/synced_tables.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

Switched set(Json& flag, bool enabled) {
  if (flag == Json(enabled)) return Switched::nothing;
  flag = enabled;
  return Switched::something;
}

}  // namespace

Json synced_table(std::initializer_list<const char*> columns) {
  Json properties = Json::object();
  for (const char* column : columns) properties[column] = true;
  return Json::object({{"enabled", true}, {"properties", std::move(properties)}});
}

Json& synced_tables(World& world, const std::string& warehouse, const std::string& from,
                    const Json& usual) {
  auto& all = world.collection(names::synced_tables);
  const std::string key = warehouse + "/" + from;
  Json* found = all.find(key);
  if (found == nullptr) {
    found = &all.put(key,
                     Json::object({{"warehouseId", warehouse}, {"from", from}, {"tables", usual}}));
  }
  return (*found)["tables"];
}

Json synced_item(const Json::Member& table, const std::string& warehouse) {
  return Json::object({{"collection", table.name},
                       {"warehouseId", warehouse},
                       {"enabled", table.value.at("enabled")},
                       {"properties", table.value.at("properties")}});
}

Switched switch_tables(Json& tables, const Json& override_given) {
  const bool enabled = override_given.at("enabled").as_bool();
  const Json* name = override_given.find("collection");
  if (name == nullptr) {
    Switched outcome = Switched::nothing;
    for (auto& table : tables.as_object()) {
      if (set(table.value["enabled"], enabled) == Switched::something) {
        outcome = Switched::something;
      }
    }
    return outcome;
  }
  Json* table = tables.find(name->as_string());
  if (table == nullptr) return Switched::unknown;
  const Json* property = override_given.find("property");
  if (property == nullptr) return set((*table)["enabled"], enabled);
  Json* column = (*table)["properties"].find(property->as_string());
  return column == nullptr ? Switched::unknown : set(*column, enabled);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
