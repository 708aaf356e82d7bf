#include "timed.hpp"

namespace segment::sandbox::test {
namespace {

class SandboxCredentials : public TimedSandbox {
 protected:
  Credential credential() const {
    return client.credentials().create(
        {.name = "Shared",
         .settings = Json::parse(R"({"type": "Snowflake", "password": "p", "host": "h"})")});
  }
  Warehouse user_of(const Credential& shared) const {
    return client.warehouses().create(
        {.metadata_id = WarehouseMetadataId{"55EAfzFzSM"},
         .settings = Json::object({{"credentialId", shared.id.text()}})});
  }
};

TEST_F(SandboxCredentials, AreKeptWithTheirSecretsMasked) {
  const Credential made = credential();
  EXPECT_EQ(made.settings.at("password").as_string(), "••••••••");
  const Credential changed = client.credentials().update(
      made.id, {.name = "Other", .settings = Json::object({{"host", "i"}})});
  EXPECT_EQ(changed.name, "Other");
  EXPECT_EQ(changed.settings.at("host").as_string(), "i");
  EXPECT_EQ(changed.settings.at("type").as_string(), "Snowflake");
  EXPECT_EQ(client.credentials().get(made.id), changed);
  EXPECT_EQ(all(client.credentials().list()).size(), 1U);
  client.credentials().remove(made.id);
  EXPECT_THROW(client.credentials().get(made.id), NotFoundError);
}

TEST_F(SandboxCredentials, HaveAFixedType) {
  EXPECT_EQ(refused_field(
                [&] { client.credentials().create({.name = "x", .settings = Json::object()}); }),
            "settings.type");
  EXPECT_EQ(refused_field([&] {
              client.credentials().update(credential().id,
                                          {.settings = Json::object({{"type", "Redshift"}})});
            }),
            "settings.type");
}

TEST_F(SandboxCredentials, CannotBeDeletedWhileInUse) {
  const Credential made = credential();
  const Warehouse house = user_of(made);
  EXPECT_THROW(client.credentials().remove(made.id), ConflictError);
  client.warehouses().remove(house.id);
  client.credentials().remove(made.id);
}

TEST_F(SandboxCredentials, ListTheirConsumersWithACursorForEachKind) {
  const Credential made = credential();
  for (int i = 0; i < 3; ++i) user_of(made);
  user_of(credential());
  client.sources().create({.slug = "etl",
                           .enabled = true,
                           .metadata_id = SourceMetadataId{"IqDTy1TpoU"},
                           .settings = Json::object({{"credentialId", made.id.text()}})});
  const auto first = client.credentials().list_consumers(made.id, {.warehouses_count = 2});
  EXPECT_EQ(first.warehouses.size(), 2U);
  EXPECT_EQ(first.warehouses_pagination.total_entries, 3);
  ASSERT_TRUE(first.warehouses_pagination.next.has_value());
  EXPECT_EQ(first.sources.size(), 1U);
  EXPECT_FALSE(first.sources_pagination.next.has_value());
  const auto second = client.credentials().list_consumers(
      made.id, {.warehouses_count = 2, .warehouses_cursor = *first.warehouses_pagination.next});
  ASSERT_EQ(second.warehouses.size(), 1U);
  EXPECT_NE(second.warehouses[0].id, first.warehouses[1].id);
  EXPECT_EQ(second.sources.size(), 1U);
  EXPECT_FALSE(second.warehouses_pagination.next.has_value());
}

TEST_F(SandboxCredentials, RejectInvalidCursorsAndCounts) {
  const std::string path = "/credentials/" + credential().id.text() + "/consumers?";
  EXPECT_EQ(fields(talk.get(path + "sourcesPagination.cursor=!")), "sourcesPagination.cursor ");
  EXPECT_EQ(fields(talk.get(path + "warehousesPagination.count=0")), "warehousesPagination.count ");
}

}  // namespace
}  // namespace segment::sandbox::test
