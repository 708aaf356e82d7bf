// The responses of the seeded workspace match the description.

#include "timed.hpp"

namespace segment::sandbox::test {
namespace {

class SandboxSeed : public SeededSandbox {
 protected:
  static std::string first_id(const Json& answer, const char* list) {
    return answer.at(list).at(0).at("id").as_string();
  }
};

TEST_F(SandboxSeed, HasPeopleAsDescribed) {
  fetched("/roles");
  fetched("/invites");
  const std::string user = "/users/" + first_id(fetched("/users"), "users");
  fetched(user);
  fetched(user + "/groups");
  const std::string group = "/groups/" + first_id(fetched("/groups"), "userGroups");
  fetched(group);
  fetched(group + "/users");
  fetched(group + "/invites");
}

TEST_F(SandboxSeed, HasTrackingPlansAsDescribed) {
  const std::string plan =
      "/tracking-plans/" + first_id(fetched("/tracking-plans"), "trackingPlans");
  fetched(plan);
  EXPECT_EQ(fetched(plan + "/rules").at("rules").size(), 3U);
  const Json sources = fetched(plan + "/sources");
  fetched("/sources/" + first_id(sources, "sources"));
}

TEST_F(SandboxSeed, HasFunctionsAsDescribed) {
  const std::string function =
      "/functions/" + first_id(fetched("/functions?resourceType=SOURCE"), "functions");
  fetched(function);
  const Json versions = fetched(function + "/versions");
  fetched(function + "/versions/" + first_id(versions, "versions"));
  const std::string insert =
      first_id(fetched("/functions?resourceType=INSERT_DESTINATION"), "functions");
  const Json instances = fetched("/insert-function-instances?functionId=" + insert.substr(5));
  fetched("/insert-function-instances/" + first_id(instances, "instances"));
}

TEST_F(SandboxSeed, HasEventProcessingAsDescribed) {
  const Destination destination = *client.destinations().list().begin();
  const std::string filters = "/destination/" + destination.id.text() + "/filters";
  fetched(filters + "/" + first_id(fetched(filters), "filters"));
  fetched("/transformations/" + first_id(fetched("/transformations"), "transformations"));
  fetched("/sources/" + source("ios-app").id.text() + "/live-plugins/latest");
  const std::string credential = "/credentials/" + first_id(fetched("/credentials"), "credentials");
  fetched(credential);
  fetched(credential + "/consumers");
}

TEST_F(SandboxSeed, HasModelsAsDescribed) {
  const std::string model =
      "/reverse-etl-models/" + first_id(fetched("/reverse-etl-models"), "models");
  fetched(model);
  std::size_t syncs = 0;
  for (const Destination& destination : client.destinations().list()) {
    for (const auto& subscription : client.destinations().list_subscriptions(destination.id)) {
      if (!subscription.model_id) continue;
      syncs += fetched(model + "/subscriptionId/" + subscription.id.text() + "/syncs")
                   .at("syncStatuses")
                   .size();
    }
  }
  EXPECT_EQ(syncs, 1U);
}

TEST_F(SandboxSeed, HasASpaceAsDescribed) {
  const std::string id = first_id(fetched("/spaces"), "spaces");
  const std::string space = "/spaces/" + id;
  const Json audiences = fetched(space + "/audiences").at("audiences");
  ASSERT_EQ(audiences.size(), 2U);
  const std::string users = space + "/audiences/" + audiences.at(0).at("id").as_string();
  const std::string linked = space + "/audiences/" + audiences.at(1).at("id").as_string();
  EXPECT_EQ(fetched(users + "/destination-connections").at("connections").size(), 2U);
  fetched(users + "/activations/" + first_id(fetched(users + "/activations"), "activations"));
  fetched(linked + "/schedules/" + first_id(fetched(linked + "/schedules"), "audienceSchedules"));
  fetched(space + "/computed-traits/" +
          first_id(fetched(space + "/computed-traits"), "computedTraits"));
  fetched("/filters/" + first_id(fetched("/filters?integrationId=" + id), "filters"));
  EXPECT_EQ(fetched(space + "/profiles-warehouses").at("profilesWarehouses").size(), 1U);
}

TEST_F(SandboxSeed, LeavesOneSpaceEmpty) {
  const SpaceId empty = client.spaces().list_page().items.back().id;
  EXPECT_TRUE(client.audiences().list_page(empty).items.empty());
}

TEST_F(SandboxSeed, HasRegulationsAsDescribedAtEachStage) {
  for (int second = 0; second < 4; ++second) {
    const Json list = fetched("/regulations");
    fetched("/regulations/" + first_id(list, "regulations"));
    clock->advance(std::chrono::seconds(1));
  }
  EXPECT_EQ(fetched("/suppressions").at("suppressed").size(), 2U);
}

}  // namespace
}  // namespace segment::sandbox::test
