// `segment workspace apply` between two sandboxes.

#include <gtest/gtest.h>

#if defined(SEGMENT_TEST_HAS_SANDBOX)

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "program.hpp"
#include "segment/sandbox/sandbox.hpp"
#include "support/temporary_folder.hpp"

namespace segment::test {
namespace {

using sandbox::Fault;
using sandbox::RequestRecord;
using sandbox::Sandbox;

class AnApplication : public ::testing::Test {
 protected:
  void SetUp() override {
    SEGMENT_NEEDS_PROGRAM();
    file = folder.file("shop.json");
  }

  static Ran call(const Sandbox& sandbox, std::vector<std::string> arguments) {
    Ran ran = run_against(sandbox.base_url(), std::move(arguments));
    EXPECT_EQ((ran.out + ran.err).find(token), std::string::npos) << "the token is shown";
    return ran;
  }

  void export_to_file(const Sandbox& sandbox) {
    const Ran ran = call(sandbox, {"workspace", "export"});
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
    folder.write("shop.json", ran.out);
  }

  Ran apply(const std::vector<std::string>& flags = {"--yes"}) {
    std::vector<std::string> arguments{"workspace", "apply", file};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return call(there, std::move(arguments));
  }

  void expect_no_difference() {
    const Ran ran = call(there, {"workspace", "diff", file});
    EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  }

  void edit(const std::string& before, const std::string& after) const {
    std::ifstream in(file);
    std::string text(std::istreambuf_iterator<char>(in), {});
    const std::size_t place = text.find(before);
    ASSERT_NE(place, std::string::npos);
    folder.write("shop.json", text.replace(place, before.size(), after));
  }

  [[nodiscard]] std::size_t writes() const {
    const auto requests = there.requests();
    return static_cast<std::size_t>(std::ranges::count_if(
        requests, [](const RequestRecord& each) { return each.method != "GET"; }));
  }

  [[nodiscard]] std::size_t calls_of(const std::string& operation) const {
    const auto requests = there.requests();
    return static_cast<std::size_t>(
        std::ranges::count(requests, operation, &RequestRecord::operation));
  }

  static sandbox::SandboxOptions options(bool seed) {
    return {.token = token, .seed = seed, .rate_limits = false};
  }

  TemporaryFolder folder;
  std::string file;
  Sandbox here{options(true)};
  Sandbox there{options(false)};
};

TEST_F(AnApplication, ChangesNothingUnlessItIsTold) {
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

TEST_F(AnApplication, MakesAnEmptyWorkspaceWhatTheShopIs) {
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

TEST_F(AnApplication, GoesOnWhereAFaultEndedItAndMakesNothingTwice) {
  export_to_file(here);
  const std::vector<std::pair<const char*, Fault>> faults = {
      {"createFunction", Fault::status(500)},
      {"createSource", Fault::cut()},
      {"replaceLabelsInSource", Fault::status(503)},
      {"createDestination", Fault::reset()},
      {"createDestinationSubscription", Fault::cut()},
      {"createFilterForDestination", Fault::status(500)},
      {"createWarehouse", Fault::cut()},
      {"addConnectionFromSourceToWarehouse", Fault::cut()},
      {"createTrackingPlan", Fault::reset()},
      {"updateRulesInTrackingPlan", Fault::cut()},
      {"createTransformation", Fault::status(500)},
      {"createUserGroup", Fault::status(500)}};
  for (const auto& [operation, fault] : faults) {
    there.next(operation, fault);
    const Ran ran = apply({"--yes", "--attempts", "1"});
    EXPECT_GE(ran.exit_code, 8) << operation << ": " << ran.out << ran.err;
    EXPECT_NE(ran.err.find("goes on from there"), std::string::npos) << ran.err;
    EXPECT_NE(call(there, {"workspace", "diff", file}).exit_code, 0) << operation;
  }
  const Ran ran = apply();
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  expect_no_difference();
  const Client client(there.client_options());
  EXPECT_EQ(client.sources().list().to_vector().size(), 6U);
  EXPECT_EQ(client.destinations().list().to_vector().size(), 4U);
  EXPECT_EQ(client.warehouses().list().to_vector().size(), 2U);
  EXPECT_EQ(client.tracking_plans().list().to_vector().size(), 1U);
  EXPECT_EQ(client.iam_groups().list().to_vector().size(), 1U);
}

TEST_F(AnApplication, IsComparedBetweenTwoProfilesToo) {
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
  // With its token both sides would be one workspace.
  const Ran one = diff("profile:here", {{"SEGMENT_TOKEN", token}});
  EXPECT_EQ(one.exit_code, 3) << one.out;
  EXPECT_NE(one.err.find("SEGMENT_TOKEN"), std::string::npos) << one.err;
}

// Sources with labels, each with a destination, a filter, a warehouse connection, a plan with rules
// and a transformation.
void fill(const Client& client, int count) {
  const SourceMetadataId javascript{"IqDTy1TpoU"};
  const DestinationMetadataId hook{"614a3c7d791c91c41bae7599"};
  client.labels().create({.label = Label{.key = "team", .value = "web"}});
  const Warehouse lake =
      client.warehouses().create({.metadata_id = WarehouseMetadataId{"55EAfzFzSM"},
                                  .name = "Lake",
                                  .settings = Json::object({{"host", "h"}}),
                                  .disconnect_all_sources = true});
  for (int i = 0; i < count; ++i) {
    const std::string name = "shop-" + std::to_string(i);
    const Source source = client.sources().create({.slug = name,
                                                   .enabled = i % 3 != 0,
                                                   .metadata_id = javascript,
                                                   .disconnect_all_warehouses = i % 2 == 0});
    client.sources().add_labels(source.id, {.labels = {{.key = "team", .value = "web"}}});
    const Destination destination = client.destinations().create(
        {.source_id = source.id,
         .metadata_id = hook,
         .enabled = true,
         .name = "Hook",
         .settings = Json::object({{"url", "https://hooks.example.test/" + name}})});
    client.destination_filters().create(
        destination.id,
        {.source_id = source.id,
         .condition = "all",
         .actions = {DestinationFilterAction{.type = DestinationFilterActionType::drop}},
         .title = "Drop " + name,
         .enabled = true});
    const TrackingPlan plan =
        client.tracking_plans().create({.name = name, .type = TrackingPlanType::live});
    client.tracking_plans().add_source(plan.id, {.source_id = source.id});
  }
}

TEST_F(AnApplication, CarriesAWorkspaceOfFiveHundredThings) {
  const Client client(here.client_options());
  fill(client, 84);
  export_to_file(here);
  there.next("createFilterForDestination", Fault::status(500));
  EXPECT_EQ(apply().exit_code, 8);
  const Ran ran = apply({"--yes", "--output", "json"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_GE(Json::parse(ran.out).at("applied").at("done").size(), 100U);
  expect_no_difference();
  const Client other(there.client_options());
  EXPECT_EQ(other.sources().list().to_vector().size(), 90U);
  EXPECT_EQ(other.tracking_plans().list().to_vector().size(), 85U);
}

TEST_F(AnApplication, LeavesMaskedSecretsWhereTheyAre) {
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
  EXPECT_TRUE(is_masked_secret(settings.at("apiKey").as_string())) << "it was taken away";
}

TEST_F(AnApplication, DeletesOnlyWithPrune) {
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

TEST_F(AnApplication, RenamesWhatItMadeBefore) {
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

TEST_F(AnApplication, MovesASourceToAnotherTrackingPlan) {
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

TEST_F(AnApplication, SendsManyRulesInPieces) {
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

TEST_F(AnApplication, TakesAFileThatSomebodyWrote) {
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

TEST_F(AnApplication, FindsOutBeforeAnythingIsSentWhatAFileLacks) {
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
