#include "state/kinds.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

struct WarehouseKind {
  const char* id;
  const char* name;
  const char* slug;
  const char* description;
};

constexpr WarehouseKind all_warehouse_kinds[] = {
    {"HldzVEWEVj", "Snowflake", "snowflake", "A warehouse in the cloud, sold by use."},
    {"55EAfzFzSM", "Postgres", "postgres", "A relational database, often one's own."},
    {"aea3c55dsz", "Redshift", "redshift", "Amazon's warehouse."},
    {"RvYXKU2h5T", "BigQuery", "bigquery", "Google's warehouse."},
};

Json warehouse_options() {
  return Json::array(
      {option("host", "string", true, "Host", "The machine that it runs on."),
       option("port", "number", false, "Port", "Where it listens, if not at the usual port."),
       option("username", "string", true, "User", "Who the data is loaded as."),
       option("password", "password", true, "Password", "That user's password."),
       option("database", "string", true, "Database", "Where the data is loaded into.")});
}

}  // namespace

void fill_warehouse_kinds(World& world) {
  for (const WarehouseKind& kind : all_warehouse_kinds) {
    world.collection(names::warehouse_kinds)
        .put(kind.id, Json::object({{"id", kind.id},
                                    {"name", kind.name},
                                    {"slug", kind.slug},
                                    {"description", kind.description},
                                    {"logos", logos(kind.slug)},
                                    {"options", warehouse_options()}}));
  }
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
