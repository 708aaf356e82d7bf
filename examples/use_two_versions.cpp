// Uses v1 and v2 of warehouses in one program: finds the warehouses that have their own connection
// settings, and moves them to one shared credential. It only shows what it would do, unless --move
// is given.
//
// v2 is a preview. A program that must not depend on one sets ClientOptions::allow_preview to
// false.

#include <segment/segment.hpp>

#include <exception>
#include <iostream>
#include <string_view>
#include <unordered_set>

#include "connect.hpp"

namespace {

using Ids = std::unordered_set<segment::WarehouseId>;

// Only v1 returns the kind of a warehouse.
Ids warehouses_of_kind(const segment::Client& client, std::string_view kind) {
  Ids ids;
  for (const segment::Warehouse& warehouse : client.warehouses().list()) {
    if (warehouse.metadata.name == kind) ids.insert(warehouse.id);
  }
  return ids;
}

// Only v2 returns the credential of a warehouse.
void share(const segment::Client& client, const Ids& ids, const segment::CredentialId& shared,
           bool move) {
  for (const segment::WarehouseV2& warehouse : client.warehouses_v2().list()) {
    if (!ids.contains(warehouse.id) || warehouse.credential_id == shared) continue;
    std::cout << warehouse.name.value_or(warehouse.id.text()) << ": " << warehouse.credential_id
              << " -> " << shared << '\n';
    if (move) client.warehouses_v2().update(warehouse.id, {.credential_id = shared});
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  const segment::Client client(connection.options());
  const bool move = !connection.live() || connection.has("--move");

  for (const segment::Credential& credential : client.credentials().list()) {
    const segment::Json* type = credential.settings.find("type");
    if (type == nullptr || !type->is_string()) continue;
    share(client, warehouses_of_kind(client, type->as_string()), credential.id, move);
    return 0;
  }
  std::cout << "there is no credential to share\n";
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}
