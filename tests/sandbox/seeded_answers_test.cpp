// What the seeded workspace answers about rules and people is what the description promises.

#include <algorithm>

#include "call/call_table.hpp"
#include "json/validate.hpp"
#include "timed.hpp"

namespace segment::sandbox::test {
namespace {

class SandboxSeed : public TimedSandbox {
 protected:
  SandboxSeed() : TimedSandbox(true) {}

  /// Asks, and returns what stands under `data` once it is found to be true to the tables.
  Json ask(std::string_view operation, const std::string& path) {
    const auto calls = detail::all_calls();
    const auto found = std::ranges::find_if(
        calls, [&](const auto* call) { return call->operation->id == operation; });
    const auto response = talk.get(path);
    EXPECT_EQ(response.status, 200) << operation << response.body;
    const Json answer = data(response);
    const detail::ValidateOptions strict{.unknown_members_are_problems = true};
    for (const auto& problem : detail::validate(*(*found)->data, answer, strict)) {
      ADD_FAILURE() << operation << ": " << problem.path << " " << problem.message;
    }
    return answer;
  }
  static std::string first_id(const Json& answer, const char* list) {
    return answer.at(list).at(0).at("id").as_string();
  }

  Talk talk{sandbox};
};

TEST_F(SandboxSeed, DescribesPeopleTruly) {
  ask("listRoles", "/roles");
  ask("listInvites", "/invites");
  const std::string user = "/users/" + first_id(ask("listUsers", "/users"), "users");
  ask("getUser", user);
  ask("listUserGroupsFromUser", user + "/groups");
  const std::string group = "/groups/" + first_id(ask("listUserGroups", "/groups"), "userGroups");
  ask("getUserGroup", group);
  ask("listUsersFromUserGroup", group + "/users");
  ask("listInvitesFromUserGroup", group + "/invites");
}

TEST_F(SandboxSeed, DescribesTrackingPlansTruly) {
  const std::string plan =
      "/tracking-plans/" + first_id(ask("listTrackingPlans", "/tracking-plans"), "trackingPlans");
  ask("getTrackingPlan", plan);
  EXPECT_EQ(ask("listRulesFromTrackingPlan", plan + "/rules").at("rules").size(), 3U);
  const Json sources = ask("listSourcesFromTrackingPlan", plan + "/sources");
  ask("getSource", "/sources/" + first_id(sources, "sources"));
}

TEST_F(SandboxSeed, DescribesFunctionsTruly) {
  const std::string function =
      "/functions/" + first_id(ask("listFunctions", "/functions?resourceType=SOURCE"), "functions");
  ask("getFunction", function);
  const Json versions = ask("listFunctionVersions", function + "/versions");
  ask("getFunctionVersion", function + "/versions/" + first_id(versions, "versions"));
  const std::string insert =
      first_id(ask("listFunctions", "/functions?resourceType=INSERT_DESTINATION"), "functions");
  const Json instances = ask("listInsertFunctionInstances",
                             "/insert-function-instances?functionId=" + insert.substr(5));
  ask("getInsertFunctionInstance",
      "/insert-function-instances/" + first_id(instances, "instances"));
}

TEST_F(SandboxSeed, DescribesWhatChangesEventsTruly) {
  const Destination destination = *client.destinations().list().begin();
  const std::string filters = "/destination/" + destination.id.text() + "/filters";
  ask("getFilterInDestination",
      filters + "/" + first_id(ask("listFiltersFromDestination", filters), "filters"));
  ask("getTransformation",
      "/transformations/" +
          first_id(ask("listTransformations", "/transformations"), "transformations"));
  for (const Source& source : client.sources().list()) {
    if (source.slug != "ios-app") continue;
    ask("getLatestFromLivePlugins", "/sources/" + source.id.text() + "/live-plugins/latest");
  }
  const std::string credential =
      "/credentials/" + first_id(ask("listCredentials", "/credentials"), "credentials");
  ask("getCredential", credential);
  ask("listCredentialConsumers", credential + "/consumers");
}

TEST_F(SandboxSeed, DescribesRegulationsTrulyAtEachStage) {
  for (int second = 0; second < 4; ++second) {
    const Json list = ask("listWorkspaceRegulations", "/regulations");
    ask("getRegulation", "/regulations/" + first_id(list, "regulations"));
    clock->advance(std::chrono::seconds(1));
  }
  EXPECT_EQ(ask("listSuppressions", "/suppressions").at("suppressed").size(), 2U);
}

}  // namespace
}  // namespace segment::sandbox::test
