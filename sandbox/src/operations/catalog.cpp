#include "operations/registry.hpp"
#include "operations/resources.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

// Not the workspace's own functions.
Json list_source_kinds(Call& call) {
  return page(call, call.world.collection(names::source_kinds).all([](const Json& kind) {
    return kind.at("status") == Json("PUBLIC");
  }));
}

}  // namespace

void add_catalog(Handlers& handlers) {
  handlers["getSourceMetadata"] = get_one(source_kind);
  handlers["getSourcesCatalog"] = list_source_kinds;
  handlers["getDestinationMetadata"] = get_one(destination_kind);
  handlers["getDestinationsCatalog"] = list_all(destination_kind);
  handlers["getWarehouseMetadata"] = get_one(warehouse_kind);
  handlers["getWarehousesCatalog"] = list_all(warehouse_kind);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
