#include "timed.hpp"

namespace segment::sandbox::test {
namespace {

class SandboxFunctions : public TimedSandbox {
 protected:
  Function function(FunctionResourceType type = FunctionResourceType::source) const {
    const FunctionSetting salt{.name = "salt",
                               .label = "Salt",
                               .description = "Makes hashes one's own",
                               .type = FunctionSettingType::string,
                               .required = true,
                               .sensitive = true};
    return client.functions().create(
        {.code = "one", .settings = {{salt}}, .display_name = "Hook", .resource_type = type});
  }
  std::vector<std::string> codes(const Function& of) const {
    std::vector<std::string> all_codes;
    for (const auto& version : client.functions().list_versions(*of.id)) {
      all_codes.push_back(version.code + (version.is_deployed.value_or(false) ? "!" : ""));
    }
    return all_codes;
  }
  static InsertFunctionClassId class_of(const Function& function) {
    return insert_function_class(*function.id);
  }
  /// The instance of the function at a source created for it.
  SourceFunctionInstanceId instance_of(const Function& function) const {
    return source_function_instance(source("hook", function.catalog_id->c_str()).id);
  }
  using Codes = std::vector<std::string>;
};

TEST_F(SandboxFunctions, AreKeptUntilTheyAreDeleted) {
  const Function made = function();
  EXPECT_EQ(client.functions().get(*made.id).code, "one");
  const Function changed =
      client.functions().update(*made.id, {.display_name = "Other", .description = "New"});
  EXPECT_EQ(changed.display_name, "Other");
  EXPECT_EQ(changed.code, "one");
  client.functions().remove(*made.id);
  EXPECT_THROW(client.functions().get(*made.id), NotFoundError);
  EXPECT_THROW(client.functions().list_versions_page(*made.id), NotFoundError);
}

TEST_F(SandboxFunctions, AreListedByKindWithTheWorkspaceInDestinationNames) {
  function();
  EXPECT_EQ(function(FunctionResourceType::destination).display_name, "Hook (Sandbox)");
  const auto destinations =
      all(client.functions().list({.resource_type = FunctionResourceType::destination}));
  ASSERT_EQ(destinations.size(), 1U);
  EXPECT_EQ(destinations[0].display_name, "Hook (Sandbox)");
}

TEST_F(SandboxFunctions, HaveAVersionForEachChangeOfTheirCode) {
  const Function made = function();
  const SourceFunctionInstanceId instance = instance_of(made);
  EXPECT_EQ(made.is_latest_version, false);
  EXPECT_TRUE(made.deployed_at.is_null());
  client.functions().create_deployment(instance);
  EXPECT_EQ(client.functions().get(*made.id).is_latest_version, true);
  client.functions().update(*made.id, {.description = "No new code"});
  EXPECT_EQ(client.functions().update(*made.id, {.code = "two"}).is_latest_version, false);
  EXPECT_EQ(codes(made), (Codes{"two", "one!"}));
  client.functions().create_deployment(instance);
  EXPECT_EQ(codes(made), (Codes{"two!", "one"}));
}

TEST_F(SandboxFunctions, CanBeRestoredToAnEarlierVersion) {
  const Function made = function();
  client.functions().update(*made.id, {.code = "two"});
  const auto first = all(client.functions().list_versions(*made.id)).back();
  EXPECT_EQ(client.functions().get_version(*made.id, first.id).code, "one");
  client.functions().restore_version(*made.id, {.version_id = first.id});
  EXPECT_EQ(client.functions().get(*made.id).code, "one");
  EXPECT_EQ(codes(made), (Codes{"one", "two", "one"}));
  EXPECT_THROW(client.functions().get_version(*function().id, first.id), NotFoundError);
}

TEST_F(SandboxFunctions, HaveIdsThatIndicateTheirKind) {
  using Type = FunctionResourceType;
  const auto prefix = [&](Type type) {
    const std::string id = function(type).id->text();
    return id.substr(0, id.find('_') + 1);
  };
  EXPECT_EQ(prefix(Type::source), "sfnc_");
  EXPECT_EQ(prefix(Type::destination), "dfn_");
  EXPECT_EQ(prefix(Type::insert_destination), "ifnd_");
  EXPECT_EQ(prefix(Type::insert_source), "ifns_");
}

TEST_F(SandboxFunctions, AreDeployedByInstanceIdAndNotByTheirOwn) {
  const Function made = function();
  for (const std::string& id :
       {made.id->text(), function(FunctionResourceType::destination).id->text(),
        std::string("sfnc_none"), "sfn_" + source().id.text()}) {
    EXPECT_EQ(
        refused_field([&] { client.functions().create_deployment(SourceFunctionInstanceId{id}); }),
        "functionId")
        << id;
  }
  EXPECT_THROW(client.functions().create_deployment(SourceFunctionInstanceId{"sfn_none"}),
               NotFoundError);
  client.functions().create_deployment(instance_of(made));
  EXPECT_THROW(client.functions().get(FunctionId{"sfn_none"}), NotFoundError);
}

TEST_F(SandboxFunctions, AreSourceKindsInTheirOwnWorkspaceOnly) {
  const Function made = function();
  const Source at = source("hook", made.catalog_id->c_str());
  EXPECT_EQ(at.metadata.name, made.display_name);
  EXPECT_EQ(client.catalog().get_source_metadata(SourceMetadataId{*made.catalog_id}).name, "Hook");
  for (const auto& kind : client.catalog().list_sources()) EXPECT_NE(kind.id, at.metadata.id);
  client.functions().remove(*made.id);
  EXPECT_THROW(client.sources().get(at.id), NotFoundError);
}

TEST_F(SandboxFunctions, CanBeInsertedAtADestination) {
  const Function made = function(FunctionResourceType::insert_destination);
  const Destination place = destination(source());
  const auto instance = client.functions().create_insert_instance(
      {.function_id = class_of(made),
       .integration_id = place.id.text(),
       .enabled = true,
       .name = "At the hook",
       .settings = Json::object({{"salt", "made-up"}, {"depth", 3}})});
  EXPECT_EQ(instance.class_id, class_of(made));
  EXPECT_EQ(instance.settings, Json::parse(R"({"depth": 3})"));
  EXPECT_TRUE(instance.encrypted_settings.contains("salt"));
  EXPECT_EQ(instance.encrypted_settings.dump().find("made-up"), std::string::npos);
  const auto changed = client.functions().update_insert_instance(
      instance.id, {.enabled = false, .settings = Json::object({{"depth", 4}})});
  EXPECT_FALSE(changed.enabled);
  EXPECT_EQ(changed.settings, Json::parse(R"({"depth": 4})"));
  EXPECT_EQ(changed.encrypted_settings, instance.encrypted_settings);
  EXPECT_EQ(all(client.functions().list_insert_instances({.function_id = class_of(made)})).size(),
            1U);
  client.functions().remove_insert_instance(instance.id);
  EXPECT_THROW(client.functions().get_insert_instance(instance.id), NotFoundError);
}

TEST_F(SandboxFunctions, AreInsertedOnlyByTheirClassId) {
  const Function made = function(FunctionResourceType::insert_source);
  const InsertFunctionClassId own_id{made.id->text()};
  EXPECT_EQ(refused_field(
                [&] { client.functions().list_insert_instances_page({.function_id = own_id}); }),
            "functionId");
  const CreateInsertFunctionInstance wrong{.function_id = own_id,
                                           .integration_id = source().id.text(),
                                           .name = "x",
                                           .settings = Json::object()};
  EXPECT_EQ(refused_field([&] { client.functions().create_insert_instance(wrong); }), "functionId");
  const CreateInsertFunctionInstance nowhere{.function_id = class_of(made),
                                             .integration_id = "none",
                                             .name = "x",
                                             .settings = Json::object()};
  EXPECT_EQ(refused_field([&] { client.functions().create_insert_instance(nowhere); }),
            "integrationId");
}

TEST_F(SandboxFunctions, AreDeletedWithTheirInstances) {
  const Function made = function(FunctionResourceType::insert_source);
  const auto instance =
      client.functions().create_insert_instance({.function_id = class_of(made),
                                                 .integration_id = source().id.text(),
                                                 .name = "x",
                                                 .settings = Json::object()});
  client.functions().remove(*made.id);
  EXPECT_THROW(client.functions().get_insert_instance(instance.id), NotFoundError);
}

}  // namespace
}  // namespace segment::sandbox::test
