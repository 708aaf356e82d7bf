// `segment workspace apply` between two sandboxes.

#include <gtest/gtest.h>

#if defined(SEGMENT_TEST_HAS_SANDBOX)

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "terminal.hpp"
#include "workspaces.hpp"

namespace segment::test {
namespace {

TEST_F(AnApply, ChangesNothingUnlessConfirmed) {
  export_to_file(here);
  for (const std::vector<std::string>& flags :
       {std::vector<std::string>{}, {"--dry-run"}, {"--output", "json"}}) {
    const Ran ran = apply(flags);
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_NE(ran.err.find("--yes"), std::string::npos) << ran.err;
  }
  EXPECT_EQ(writes(), 0U);
  EXPECT_FALSE(std::filesystem::exists(file + ".ids.json"));
  EXPECT_EQ(apply({"--yes", "--dry-run"}).exit_code, 2);
}

TEST_F(AnApply, CopiesAWorkspaceIntoAnEmptyOne) {
  export_to_file(here);
  const Ran ran = apply();
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_NE(ran.out.find("settings.apiKey is masked and stays unset"), std::string::npos);
  expect_no_difference();
  const std::size_t before = writes();
  EXPECT_EQ(apply().exit_code, 0);
  EXPECT_EQ(writes(), before) << "there was nothing left to do";
  const Client client(there.client_options());
  EXPECT_EQ(client.sources().list().to_vector().size(), 6U);
  EXPECT_EQ(client.destinations().list().to_vector().size(), 4U);
}

TEST_F(AnApply, SuggestsNothingIfNothingIsLeftToDo) {
  export_to_file(here);
  ASSERT_EQ(apply().exit_code, 0);
  const Ran ran = apply({});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(ran.err.find("--yes"), std::string::npos) << ran.err;
}

TEST_F(AnApply, CanBePreviewedByADiffOfTwoProfiles) {
  std::filesystem::create_directories(folder.file("segment"));
  std::string profiles;
  for (const auto& [name, sandbox] : {std::pair{"here", &here}, std::pair{"there", &there}}) {
    profiles += std::string("[profiles.") + name + "]\nbase_url = \"" + sandbox->base_url() +
                "\"\ntoken = \"" + token + "\"\n";
  }
  folder.write("segment/config.toml", profiles);
  std::filesystem::permissions(folder.file("segment/config.toml"),
                               std::filesystem::perms::owner_read);
  const auto diff = [&](const char* wanted, std::map<std::string, std::string> environment = {}) {
    environment.emplace("XDG_CONFIG_HOME", folder.file(""));
    return run({.arguments = {"workspace", "diff", wanted, "profile:there"},
                .environment = std::move(environment)});
  };
  const Ran ran = diff("profile:here");
  EXPECT_EQ(ran.exit_code, 1) << ran.err;
  EXPECT_NE(ran.out.find("the workspace of here against the workspace of there"), std::string::npos)
      << ran.out;
  EXPECT_EQ(diff("profile:there").exit_code, 0);
  // With that token both sides would be the same workspace.
  const Ran one = diff("profile:here", {{"SEGMENT_TOKEN", token}});
  EXPECT_EQ(one.exit_code, 3) << one.out;
  EXPECT_NE(one.err.find("SEGMENT_TOKEN"), std::string::npos) << one.err;
}

TEST_F(AnApply, LeavesMaskedSecretsAlone) {
  export_to_file(here);
  ASSERT_EQ(apply().exit_code, 0);
  const Client client(there.client_options());
  Destination product;
  for (const Destination& each : client.destinations().list()) {
    if (each.name == "Product analytics") product = each;
  }
  client.destinations().update(
      product.id, {.settings = Json::object({{"apiKey", "own"}, {"trackAllPages", false}})});
  const Ran ran = apply();
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_NE(ran.out.find("settings.apiKey is secret and not compared"), std::string::npos);
  const Json settings = client.destinations().get(product.id).settings;
  EXPECT_EQ(settings.at("trackAllPages"), Json(true));
  EXPECT_TRUE(is_masked_secret(settings.at("apiKey").as_string())) << "the secret was removed";
}

TEST_F(AnApply, DeletesOnlyWithPrune) {
  export_to_file(here);
  ASSERT_EQ(apply().exit_code, 0);
  const Client client(there.client_options());
  const Source extra = client.sources().create(
      {.slug = "extra", .enabled = true, .metadata_id = SourceMetadataId{"IqDTy1TpoU"}});
  const Source website = client.sources().list().front().value();
  client.sources().update(website.id, {.settings = Json::object({{"apiHost", "x"}})});
  const Ran kept = apply();
  EXPECT_EQ(kept.exit_code, 0) << kept.err;
  EXPECT_NE(kept.out.find("nothing is deleted without --prune"), std::string::npos) << kept.out;
  EXPECT_EQ(calls_of("deleteSource"), 0U);
  EXPECT_TRUE(client.sources().get(website.id).settings->contains("apiHost"));
  EXPECT_EQ(call(there, {"workspace", "diff", file}).exit_code, 1);

  EXPECT_EQ(apply({"--yes", "--prune"}).exit_code, 0);
  EXPECT_EQ(calls_of("deleteSource"), 1U);
  EXPECT_THROW(client.sources().get(extra.id), NotFoundError);
  expect_no_difference();
}

TEST_F(AnApply, RejectsADanglingReferenceBeforeSendingAnything) {
  folder.write("shop.json", R"({"data":{
    "listSources": [{"slug": "web", "enabled": true, "metadata": {"slug": "javascript"}}],
    "listDestinations": [{"name": "Hook", "sourceId": "wbe",
                          "metadataId": "614a3c7d791c91c41bae7599", "settings": {}}]}})");
  for (const std::vector<std::string>& flags : {std::vector<std::string>{"--yes"}, {}}) {
    const Ran ran = apply(flags);
    EXPECT_EQ(ran.exit_code, 2) << ran.out << ran.err;
    EXPECT_NE(ran.err.find("there is no source wbe in "), ran.err.npos) << ran.err;
    EXPECT_NE(ran.err.find("did you mean web?"), ran.err.npos) << ran.err;
  }
  EXPECT_EQ(writes(), 0U);
}

TEST_F(AnApply, FailsIfAStepIsLeftUndone) {
  const auto label = [&](const std::string& description) {
    folder.write("shop.json", R"({"data":{"listLabels":[{"key":"a","value":"b","description":")" +
                                  description + "\"}]}}");
  };
  label("one");
  ASSERT_EQ(apply().exit_code, 0);
  label("two");
  for (const std::vector<std::string>& flags : {std::vector<std::string>{"--yes"}, {}}) {
    const Ran ran = apply(flags);
    EXPECT_EQ(ran.exit_code, 1) << ran.out << ran.err;
    EXPECT_NE(ran.err.find("1 step stays undone: change label a:b"), ran.err.npos) << ran.err;
  }
}

TEST_F(AnApply, DeploysCodeOnRequestAndWarnsOtherwise) {
  const std::string warning = "function Order hook: its code was written, but not deployed";
  export_to_file(here);
  const Ran created = apply({"--yes"});
  EXPECT_EQ(created.exit_code, 0) << created.err;
  EXPECT_NE(created.err.find(warning + "; pass --deploy"), std::string::npos) << created.err;
  EXPECT_EQ(calls_of("createFunctionDeployment"), 0U);
  const Ran again = apply({"--yes"});
  EXPECT_NE(again.err.find(warning), std::string::npos) << "still not deployed: " << again.err;
  const Ran deployed = apply({"--yes", "--deploy"});
  EXPECT_EQ(deployed.exit_code, 0) << deployed.err;
  EXPECT_EQ(deployed.err.find(warning), std::string::npos) << deployed.err;
  EXPECT_EQ(calls_of("createFunctionDeployment"), 1U);
  const Ran nothing = apply({"--yes", "--deploy"});
  EXPECT_EQ(nothing.err, "") << "everything is deployed";
  EXPECT_EQ(calls_of("createFunctionDeployment"), 1U);
}

TEST_F(AnApply, DeploysChangedCodeAndContinuesAfterAFailure) {
  export_to_file(here);
  ASSERT_EQ(apply({"--yes", "--deploy"}).exit_code, 0);
  const Client client(here.client_options());
  for (const FunctionSummary& each :
       client.functions().list({.resource_type = FunctionResourceType::source})) {
    client.functions().update(each.id.value(), {.code = "// changed"});
  }
  export_to_file(here);
  there.next("createFunctionDeployment", Fault::status(500));
  EXPECT_EQ(apply({"--yes", "--deploy", "--attempts", "1"}).exit_code, 8);
  const Ran ran = apply({"--yes", "--deploy", "--output", "json"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const Json applied = Json::parse(ran.out).at("applied");
  EXPECT_EQ(applied.at("deployed").size(), 1U) << applied.dump();
  EXPECT_TRUE(applied.at("notDeployed").empty()) << applied.dump();
}

TEST_F(AnApply, CountsBatchedStepsOnATerminal) {
  folder.write("shop.json", R"({"data": {
    "listTrackingPlans": [{"name": "Shop", "type": "LIVE"}],
    "listRulesFromTrackingPlan": {"Shop": [
        {"type": "TRACK", "key": "Bought", "version": 1, "jsonSchema": {"type": "object"}},
        {"type": "TRACK", "key": "Seen", "version": 1, "jsonSchema": {"type": "object"}}]}}})");
  const InTerminal ran = run_in_terminal(
      {.arguments = {"workspace", "apply", file, "--yes"},
       .environment = {{"SEGMENT_TOKEN", token}, {"SEGMENT_BASE_URL", there.base_url()}}});
  EXPECT_EQ(ran.exit_code, 0) << ran.screen;
  EXPECT_NE(ran.screen.find("2/2 create rule"), std::string::npos) << ran.screen;
}

TEST_F(AnApply, RenamesWhatItCreatedBefore) {
  export_to_file(here);
  ASSERT_EQ(apply().exit_code, 0);
  edit(R"("slug": "website")", R"("slug": "www")");
  edit(R"("name": "Product analytics")", R"("name": "Product insights")");
  const Ran ran = apply({"--yes", "--prune"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(calls_of("deleteSource"), 0U);
  EXPECT_EQ(calls_of("createSource"), 6U);
  EXPECT_EQ(calls_of("createDestination"), 4U);
  expect_no_difference();
}

TEST_F(AnApply, MovesASourceToAnotherTrackingPlan) {
  export_to_file(here);
  ASSERT_EQ(apply().exit_code, 0);
  const Client client(here.client_options());
  const Source website = client.sources().list().front().value();
  const TrackingPlan old = client.tracking_plans().list().front().value();
  const TrackingPlan plan =
      client.tracking_plans().create({.name = "Web shop 2", .type = TrackingPlanType::live});
  client.tracking_plans().remove_source(old.id, {.source_id = website.id});
  client.tracking_plans().add_source(plan.id, {.source_id = website.id});
  export_to_file(here);
  EXPECT_EQ(apply().exit_code, 0);
  expect_no_difference();
}

TEST_F(AnApply, SendsManyRulesInBatches) {
  const Client client(here.client_options());
  const TrackingPlan plan =
      client.tracking_plans().create({.name = "Everything", .type = TrackingPlanType::live});
  std::vector<TrackingPlanRuleInput> rules;
  for (int i = 0; i < 450; ++i) {
    rules.push_back({.type = TrackingPlanRuleType::track,
                     .key = "Event " + std::to_string(i),
                     .json_schema = Json::object({{"type", "object"}}),
                     .version = 1});
  }
  replace_rules(client, plan.id, rules);
  export_to_file(here);
  ASSERT_EQ(apply().exit_code, 0);
  EXPECT_EQ(calls_of("updateRulesInTrackingPlan"), 4U);  // three of this plan, one of the shop's
  expect_no_difference();

  rules.erase(rules.begin() + 40, rules.end());
  replace_rules(client, plan.id, rules);
  export_to_file(here);
  EXPECT_EQ(apply({"--yes", "--prune"}).exit_code, 0);
  EXPECT_GE(calls_of("removeRulesFromTrackingPlan"), 2U);
  expect_no_difference();
}

TEST_F(AnApply, AcceptsAHandWrittenFile) {
  folder.write("shop.json", R"({"data": {
    "listLabels": [{"key": "team", "value": "web"}, {"key": "environment", "value": "dev"},
                   {"key": "environment", "value": "prod"}],
    "listSources": [{"slug": "web", "name": "Web shop", "enabled": true,
                     "metadata": {"slug": "javascript"},
                     "labels": [{"key": "team", "value": "web"}]}],
    "listDestinations": [{"name": "Hook", "sourceId": "web",
                          "metadataId": "614a3c7d791c91c41bae7599",
                          "settings": {"url": "https://hooks.example.test/"}}],
    "listTrackingPlans": [{"name": "Shop", "type": "LIVE"}],
    "listRulesFromTrackingPlan": {"Shop": [{"type": "TRACK", "key": "Bought", "version": 1,
                                            "jsonSchema": {"type": "object"}}]},
    "listSourcesFromTrackingPlan": {"Shop": ["web"]},
    "listUserGroups": [{"name": "Readers", "permissions": [
        {"roleName": "Source Read-only", "resources": [{"type": "SOURCE", "id": "web"}]}]}],
    "listUsersFromUserGroup": {"Readers": ["ada@example.com"]}}})");
  const Ran ran = apply();
  ASSERT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  expect_no_difference();
  const Client client(there.client_options());
  const Source web = client.sources().list().front().value();
  EXPECT_EQ(web.name, "Web shop");
  EXPECT_EQ(web.labels.size(), 1U);
  EXPECT_TRUE(client.sources().get(web.id).tracking_plan_id.has_value());
  const UserGroup group = client.iam_groups().list().front().value();
  EXPECT_EQ(group.member_count, 1);
  EXPECT_EQ(group.permissions->at(0).resources.at(0).id, web.id.text());
}

TEST_F(AnApply, ReportsWhatAFileLacksBeforeSendingAnything) {
  folder.write("shop.json",
               R"({"data":{"listSources":[{"slug":"web","enabled":true,"metadataId":"IqDTy1TpoU"},)"
               R"({"slug":"app","enabled":true}]}})");
  const Ran ran = apply();
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_NE(ran.err.find("source app"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("metadataId"), std::string::npos) << ran.err;
  EXPECT_EQ(writes(), 0U);
}

}  // namespace
}  // namespace segment::test

#endif
