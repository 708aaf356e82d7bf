#include "operations/registry.hpp"
#include "operations/resources.hpp"

namespace segment::sandbox {

void add_catalog(Handlers& handlers) {
  handlers["getSourceMetadata"] = get_one(source_kind);
  handlers["getSourcesCatalog"] = list_all(source_kind);
  handlers["getDestinationMetadata"] = get_one(destination_kind);
  handlers["getDestinationsCatalog"] = list_all(destination_kind);
  handlers["getWarehouseMetadata"] = get_one(warehouse_kind);
  handlers["getWarehousesCatalog"] = list_all(warehouse_kind);
}

}  // namespace segment::sandbox
