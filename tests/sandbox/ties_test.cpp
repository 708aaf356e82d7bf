// Deleting a resource also deletes what belongs to it, and removes all references to it.

#include "timed.hpp"

namespace segment::sandbox::test {
namespace {

class SandboxDeletions : public SeededSandbox {
 protected:
  SpaceId full_space() const { return client.spaces().list_page().items.front().id; }
  AudienceId audience() const {
    return client.audiences().list_page(full_space()).items.front().id;
  }
  Source website = source("website");
  Destination product = client.destinations().list_page().items.front();
};

TEST_F(SandboxDeletions, RemoveAudienceConnectionsWithADestination) {
  const auto count = [&] {
    return client.activations().list_destinations_page(full_space(), audience()).items.size();
  };
  EXPECT_EQ(count(), 2U);
  const auto activation = client.activations().list_page(full_space(), audience()).items.front();
  client.destinations().remove(product.id);
  EXPECT_EQ(count(), 1U);
  EXPECT_THROW(client.activations().get(full_space(), audience(), activation.id), NotFoundError);
}

TEST_F(SandboxDeletions, RemoveInsertFunctionsWithADestination) {
  const auto functions =
      all(client.functions().list({.resource_type = FunctionResourceType::insert_destination}));
  const ListInsertFunctionInstancesQuery of_function{
      .function_id = insert_function_class(functions.at(0).id.value())};
  EXPECT_EQ(all(client.functions().list_insert_instances(of_function)).size(), 1U);
  client.destinations().remove(product.id);
  EXPECT_TRUE(all(client.functions().list_insert_instances(of_function)).empty());
}

TEST_F(SandboxDeletions, RemoveWhateverDependsOnASource) {
  client.sources().remove(website.id);
  EXPECT_THROW(client.destinations().get(product.id), NotFoundError);
  EXPECT_TRUE(all(client.transformations().list()).empty());
  const auto plan = client.tracking_plans().list_page().items.front();
  EXPECT_TRUE(all(client.tracking_plans().list_sources(plan.id)).empty());
  for (const Warehouse& warehouse : client.warehouses().list()) {
    for (const Source& connected : client.warehouses().list_connected_sources(warehouse.id)) {
      EXPECT_NE(connected.id, website.id);
    }
    for (const auto& sync : client.selective_sync().list_warehouse_syncs(warehouse.id)) {
      EXPECT_NE(sync.source_id, website.id);
    }
  }
}

TEST_F(SandboxDeletions, RemoveModelsAndTheirSubscriptionsWithASource) {
  client.sources().remove(source("crm-database").id);
  EXPECT_TRUE(all(client.reverse_etl().list_models()).empty());
  for (const Destination& each : client.destinations().list()) {
    for (const auto& subscription : client.destinations().list_subscriptions(each.id)) {
      EXPECT_FALSE(subscription.model_id.has_value());
    }
  }
}

TEST_F(SandboxDeletions, RemoveDeletedResourcesFromPermissions) {
  const auto user = client.iam_users().list_page().items.back();
  const auto role = client.iam_roles().list_page().items.back();
  const Warehouse house = client.warehouses().list_page().items.front();
  const auto on = [](const std::string& id, PermissionResourceType type) {
    return PermissionResource{.id = id, .type = type};
  };
  PermissionInput given{
      .role_id = role.id,
      .resources = std::vector{on(website.id.text(), PermissionResourceType::source),
                               on(house.id.text(), PermissionResourceType::warehouse)}};
  client.iam_users().replace_permissions(user.id, {.permissions = std::vector{given}});
  const auto permissions = [&] { return client.iam_users().get(user.id).permissions.value(); };
  client.sources().remove(website.id);
  ASSERT_EQ(permissions().size(), 1U);
  EXPECT_EQ(permissions().front().resources.size(), 1U);
  client.warehouses().remove(house.id);
  EXPECT_TRUE(permissions().empty()) << "it must not become a permission for everything";
}

TEST_F(SandboxDeletions, RemoveMembershipsWithAUserOrAGroup) {
  const auto group = client.iam_groups().list_page().items.front();
  const auto member = all(client.iam_groups().list_users(group.id)).front();
  client.iam_users().remove({.user_ids = std::vector{member.id}});
  for (const auto& left : client.iam_groups().list_users(group.id)) EXPECT_NE(left.id, member.id);
  const auto other = all(client.iam_groups().list_users(group.id)).front();
  client.iam_groups().remove(group.id);
  EXPECT_TRUE(all(client.iam_users().list_groups(other.id)).empty());
}

}  // namespace
}  // namespace segment::sandbox::test
