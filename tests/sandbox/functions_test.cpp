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
  static FunctionId class_of(const Function& function) {
    return FunctionId{function.id->text().substr(5)};  // without `ifnd_`
  }
  using Codes = std::vector<std::string>;
};

TEST_F(SandboxFunctions, AreKeptUntilTheyAreDeleted) {
  const Function made = function();
  EXPECT_EQ(client.functions().get(*made.id)->code, "one");
  const Function changed =
      client.functions().update(*made.id, {.display_name = "Other", .description = "New"});
  EXPECT_EQ(changed.display_name, "Other");
  EXPECT_EQ(changed.code, "one");
  client.functions().remove(*made.id);
  EXPECT_THROW(client.functions().get(*made.id), NotFoundError);
  EXPECT_THROW(client.functions().list_versions_page(*made.id), NotFoundError);
}

TEST_F(SandboxFunctions, AreListedByKindAndDestinationsNameTheWorkspace) {
  function();
  EXPECT_EQ(function(FunctionResourceType::destination).display_name, "Hook (Sandbox)");
  const auto destinations =
      all(client.functions().list({.resource_type = FunctionResourceType::destination}));
  ASSERT_EQ(destinations.size(), 1U);
  EXPECT_EQ(destinations[0].display_name, "Hook (Sandbox)");
}

TEST_F(SandboxFunctions, HaveAVersionForEachChangeOfTheirCode) {
  const Function made = function();
  EXPECT_EQ(made.is_latest_version, false);
  EXPECT_TRUE(made.deployed_at.is_null());
  client.functions().create_deployment(*made.id);
  EXPECT_EQ(client.functions().get(*made.id)->is_latest_version, true);
  client.functions().update(*made.id, {.description = "No new code"});
  EXPECT_EQ(client.functions().update(*made.id, {.code = "two"}).is_latest_version, false);
  EXPECT_EQ(codes(made), (Codes{"two", "one!"}));
  client.functions().create_deployment(*made.id);
  EXPECT_EQ(codes(made), (Codes{"two!", "one"}));
}

TEST_F(SandboxFunctions, BringBackAnEarlierVersion) {
  const Function made = function();
  client.functions().update(*made.id, {.code = "two"});
  const auto first = all(client.functions().list_versions(*made.id)).back();
  EXPECT_EQ(client.functions().get_version(*made.id, first.id).code, "one");
  client.functions().restore_version(*made.id, {.version_id = first.id});
  EXPECT_EQ(client.functions().get(*made.id)->code, "one");
  EXPECT_EQ(codes(made), (Codes{"one", "two", "one"}));
  EXPECT_THROW(client.functions().get_version(*function().id, first.id), NotFoundError);
}

TEST_F(SandboxFunctions, AreDeployedByACallOnlyAsSources) {
  const Function made = function(FunctionResourceType::destination);
  EXPECT_EQ(refused_field([&] { client.functions().create_deployment(*made.id); }), "functionId");
}

TEST_F(SandboxFunctions, AreInsertedWhereThereIsSomething) {
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

TEST_F(SandboxFunctions, AreInsertedByTheirClassIdAlone) {
  const Function made = function(FunctionResourceType::insert_source);
  const CreateInsertFunctionInstance wrong{.function_id = *made.id,
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

TEST_F(SandboxFunctions, TakeTheirInstancesWithThem) {
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
