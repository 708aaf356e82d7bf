// The versions of an operation, served from the same state.
#include "timed.hpp"

namespace segment::sandbox::test {
namespace {

class SandboxVersions : public TimedSandbox {
 protected:
  Credential credential(const char* type = "Snowflake") const {
    return client.credentials().create(
        {.name = "Shared", .settings = Json::object({{"type", type}, {"host", "h"}})});
  }
};

TEST_F(SandboxVersions, ShowAWarehouseOfV1InBothShapes) {
  const Warehouse made =
      client.warehouses().create({.metadata_id = WarehouseMetadataId{"55EAfzFzSM"},
                                  .name = "Reporting",
                                  .settings = Json::parse(R"({"host": "db", "password": "p"})")});
  const WarehouseV2 same = client.warehouses_v2().get(made.id);
  EXPECT_EQ(same.id, made.id);
  EXPECT_EQ(same.workspace_id, made.workspace_id);
  EXPECT_EQ(same.name, "Reporting");
  EXPECT_EQ(same.enabled, made.enabled);
  EXPECT_EQ(same.settings.at("host").as_string(), "db");
  EXPECT_EQ(same.settings.at("password").as_string(), "••••••••");
  EXPECT_TRUE(same.created_at.has_value());
  EXPECT_EQ(all(client.warehouses_v2().list()), std::vector{same});
  const Credential own = client.credentials().get(same.credential_id);
  EXPECT_EQ(own.settings.at("type").as_string(), "Postgres");
  EXPECT_EQ(own.settings.at("host").as_string(), "db");
  EXPECT_TRUE(all(client.credentials().list()).empty()) << "it belongs to the warehouse only";
  EXPECT_EQ(client.credentials().list_consumers(own.id, {}).warehouses.size(), 1U);
  client.warehouses().update(made.id, {.settings = Json::object({{"host", "db2"}})});
  EXPECT_EQ(client.credentials().get(own.id).settings.at("host").as_string(), "db2");
}

TEST_F(SandboxVersions, ShowAWarehouseOfV2InBothShapes) {
  const Credential shared = credential();
  const WarehouseV2 made =
      client.warehouses_v2().create({.credential_id = shared.id, .name = "Analytics"});
  EXPECT_EQ(made.credential_id, shared.id);
  const Warehouse same = client.warehouses().get(made.id);
  EXPECT_EQ(same.metadata.name, "Snowflake") << "the kind follows from the credential";
  EXPECT_EQ(same.settings.at("name").as_string(), "Analytics");
  EXPECT_THROW(client.credentials().remove(shared.id), ConflictError);

  const Credential other = credential("Redshift");
  pass(std::chrono::seconds{5});
  const WarehouseV2 changed =
      client.warehouses_v2().update(made.id, {.enabled = false, .credential_id = other.id});
  EXPECT_EQ(changed.credential_id, other.id);
  EXPECT_NE(changed.updated_at, made.updated_at);
  EXPECT_EQ(changed.created_at, made.created_at);
  EXPECT_EQ(client.warehouses().get(made.id).metadata.name, "Redshift");
  EXPECT_FALSE(client.warehouses().get(made.id).enabled);
  client.credentials().remove(shared.id);
  client.warehouses_v2().remove(made.id);
  EXPECT_THROW(client.warehouses().get(made.id), NotFoundError);
}

TEST_F(SandboxVersions, RejectAnInvalidCredential) {
  const auto create = [&](const CredentialId& with) {
    return refused_field([&] { client.warehouses_v2().create({.credential_id = with}); });
  };
  EXPECT_EQ(create(CredentialId{"nope"}), "credentialId");
  EXPECT_EQ(create(credential("Abacus").id), "credentialId");
  EXPECT_TRUE(all(client.warehouses().list()).empty());
}

TEST_F(SandboxVersions, ValidateAWarehouseWithACredentialOrSettings) {
  using enum WarehouseConnectionState::Value;
  const Json whole =
      Json::parse(R"({"host": "h", "username": "u", "password": "p", "database": "d"})");
  const Json rest = Json::parse(R"({"username": "u", "password": "p", "database": "d"})");
  const CredentialId with_host = credential().id;
  EXPECT_EQ(client.warehouses_v2().create_validation({.credential_id = with_host}), failed);
  EXPECT_EQ(
      client.warehouses_v2().create_validation({.credential_id = with_host, .settings = rest}),
      connected);
  EXPECT_EQ(client.warehouses().create_validation(
                {.metadata_id = WarehouseMetadataId{"HldzVEWEVj"}, .settings = whole}),
            connected);
}

TEST_F(SandboxVersions, AreChosenByTheAcceptHeader) {
  const auto type = [&](const char* accept) {
    const auto response = talk.get("/warehouses", {{"Accept", accept}});
    return response.status == 200 ? std::string(*response.headers.find("Content-Type"))
                                  : std::to_string(response.status);
  };
  EXPECT_EQ(type("application/vnd.segment.v2+json"), "application/vnd.segment.v2+json");
  EXPECT_EQ(type("application/json"), "application/vnd.segment.v1+json");
  EXPECT_EQ(type("application/vnd.segment.v2+json, application/vnd.segment.v1+json;q=0.5"),
            "application/vnd.segment.v2+json");
  EXPECT_EQ(talk.get("/sources", {{"Accept", "application/vnd.segment.v2+json"}}).status, 406);
}

TEST_F(SandboxVersions, OfATransformationShowOnlyTheirOwnMembers) {
  const Transformation made = client.transformations().create({.name = "t",
                                                               .source_id = source().id,
                                                               .enabled = true,
                                                               .condition = "type='track'",
                                                               .drop = true});
  const auto response =
      talk.get("/transformations", {{"Accept", "application/vnd.segment.v1beta+json"}});
  EXPECT_FALSE(data(response).at("transformations").at(0).contains("drop")) << response.body;
  const TransformationBeta changed =
      client.transformations_beta().update(made.id, {.transformation_id = made.id, .name = "u"});
  EXPECT_EQ(changed.name, "u");
  EXPECT_EQ(client.transformations().get(made.id).drop, true) << "beta left it alone";
  EXPECT_EQ(refused_field([&] {
              client.transformations_beta().update(
                  made.id, {.transformation_id = TransformationId{"other"}});
            }),
            "transformationId");
}

TEST_F(SandboxVersions, OfCreatingASourceAcceptANameOnlyInAlpha) {
  const SourceMetadataId kind{"IqDTy1TpoU"};
  const Source named = client.sources_alpha().create(
      {.slug = "shop", .enabled = true, .name = "The shop", .metadata_id = kind});
  EXPECT_EQ(named.name, "The shop");
  EXPECT_EQ(source("app").name, "app");
}

TEST_F(SandboxVersions, OfUpdatingAnAudienceAcceptTheEntityOnlyInAlpha) {
  const SpaceId space = client.spaces().list_page().items.front().id;
  const AudienceSummary made = client.audiences().create(
      space, {.name = "Homes",
              .definition = AudienceDefinition{.target_entity = "household", .query = "a"},
              .audience_type = AudienceType::linked});
  const auto entity = [](const AudienceSummary& of) {
    return *Nullable<AudienceDefinition>(of.definition)->target_entity;
  };
  pass(std::chrono::seconds{10});
  EXPECT_EQ(entity(client.audiences().update(
                space, made.id, {.definition = AudienceDefinitionUpdate{.query = "b"}})),
            "household");
  pass(std::chrono::seconds{10});
  const AudienceSummary changed = client.audiences_alpha().update(
      space, made.id, {.definition = AudienceDefinition{.target_entity = "account", .query = "c"}});
  EXPECT_EQ(entity(changed), "account");
}

TEST_F(SandboxVersions, OfAJourneyStartAtOne) {
  const SpaceId space = client.spaces().list_page().items.front().id;
  const Json states = Json::parse(R"({"greet": {}})");
  const JourneySummary made = client.journeys().create(
      space,
      {.name = "Welcome", .definition = JourneyDefinition{.initial = "greet", .states = states}});
  EXPECT_FALSE(made.container_id.text().empty());
  EXPECT_EQ(made.version_number, 1);
  EXPECT_EQ(refused_field([&] {
              client.journeys().create(
                  space, {.name = "Welcome",
                          .definition = JourneyDefinition{.initial = "nowhere", .states = states}});
            }),
            "definition.initial");
}

}  // namespace
}  // namespace segment::sandbox::test
