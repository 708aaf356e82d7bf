// Audiences, computed traits and activations.

#include "timed.hpp"

namespace segment::sandbox::test {
namespace {

using namespace std::chrono_literals;

class SandboxAudiences : public SeededSandbox {
 protected:
  AudienceSummary audience(const std::string& name = "Big spenders",
                           AudienceType type = AudienceType::linked,
                           const std::string& query = "event('Order Completed')") const {
    return client.audiences().create(
        at,
        {.name = name, .definition = AudienceDefinition{.query = query}, .audience_type = type});
  }
  std::string path(const AudienceId& id) const {
    return "/spaces/" + at.text() + "/audiences/" + id.text();
  }

  SpaceId at = space();
};

TEST_F(SandboxAudiences, AreKeptUntilTheyAreDeleted) {
  const auto made = audience();
  EXPECT_EQ(made.key, "big_spenders");
  EXPECT_EQ(made.status, "Preparing");
  EXPECT_THROW(audience(), ConflictError);
  client.audiences().update(at, made.id, {.name = "Whales"});
  EXPECT_EQ(client.audiences().get(at, made.id).name, "Whales");
  EXPECT_THROW(client.audiences().update(at, made.id, {.name = "Again"}), ConflictError);
  pass(3s);
  EXPECT_EQ(fetched(path(made.id)).at("audience").at("status").as_string(), "Live");
  EXPECT_EQ(fetched("/spaces/" + at.text() + "/audiences").at("audiences").size(), 1U);
  client.audiences().remove(at, made.id);
  EXPECT_THROW(client.audiences().get(at, made.id), NotFoundError);
  EXPECT_THROW(client.audiences().list_page(SpaceId("nope")), NotFoundError);
}

TEST_F(SandboxAudiences, ComputeForAWhileWhenARunIsForced) {
  const auto made = audience();
  client.jobs().wait_for_audience(at, made.id);
  client.audiences().force_run(at, made.id);
  EXPECT_EQ(client.audiences().get(at, made.id).status, "Computing");
  EXPECT_EQ(client.jobs().wait_for_audience(at, made.id).status, "Live");
  const auto users = audience("All", AudienceType::users);
  EXPECT_THROW(client.audiences().force_run(at, users.id), ApiError);
}

TEST_F(SandboxAudiences, ArePreviewedInTheBackground) {
  const auto begun = client.audiences().create_preview(
      at, {.definition = AudienceDefinition{.target_entity = "pet", .query = "entity('pet')"},
           .audience_type = AudienceType::linked});
  const std::string target = "/spaces/" + at.text() + "/audiences/previews/" + begun.id.text();
  EXPECT_FALSE(fetched(target).at("audiencePreview").contains("results"));
  const auto done = client.jobs().wait_for_audience_preview(at, begun.id);
  EXPECT_EQ(done.results->size(), 3U);
  EXPECT_EQ(done.size->type, AudienceSizeUnit::entities);
  fetched(target);
  const auto bad = client.audiences().create_preview(
      at,
      {.definition = AudienceDefinition{.query = "entity("}, .audience_type = AudienceType::users});
  EXPECT_THROW(client.jobs().wait_for_audience_preview(at, bad.id), JobFailedError);
}

TEST_F(SandboxAudiences, HaveSchedulesIfTheyAreLinked) {
  const auto made = audience();
  const auto added = client.audiences().add_schedule(
      at, made.id,
      {.strategy = AudienceScheduleStrategy::periodic,
       .config = AudienceScheduleConfig(AudiencePeriodicSchedule{.interval = "1h"})});
  EXPECT_EQ(added.next_execution->time_point(), noon_or_so + 1h);
  EXPECT_EQ(client.audiences().list_schedules(at, made.id).to_vector().size(), 1U);
  fetched(path(made.id) + "/schedules");
  fetched(path(made.id) + "/schedules/" + added.id.text());
  EXPECT_EQ(fetched(path(made.id) + "?include=schedules").at("audience").at("schedules").size(),
            1U);
  EXPECT_THROW(client.audiences().update_schedule(
                   at, made.id, added.id,
                   {.strategy = AudienceScheduleStrategy::periodic,
                    .config = AudienceScheduleConfig(AudiencePeriodicSchedule{.interval = "5m"})}),
               ValidationError);
  client.audiences().remove_schedule(at, made.id, added.id);
  EXPECT_THROW(client.audiences().get_schedule(at, made.id, added.id), NotFoundError);
}

TEST_F(SandboxAudiences, CanBeFoundByNameAndByReference) {
  const auto base = audience();
  audience("Berlin", AudienceType::users, "audience('big_spenders') and trait('city')");
  audience("Aachen", AudienceType::users, "audience('big_spenders')");
  const auto found = client.audiences().list_page(
      at, {.search = AudienceSearch{.type = AudienceSearchField::name, .query = "Berl"}});
  EXPECT_EQ(found.items.size(), 1U);
  const Json consumers =
      fetched(path(base.id) + "/audience-references?sort.field=NAME&sort.direction=ASC");
  ASSERT_EQ(consumers.at("audiences").size(), 2U);
  EXPECT_EQ(consumers.at("audiences").at(0).at("name").as_string(), "Aachen");
}

TEST_F(SandboxAudiences, ShareTheirSpaceWithComputedTraits) {
  const auto made = client.computed_traits().create(
      at,
      {.name = "Orders", .definition = {{.type = ComputedTraitType::users, .query = "count()"}}});
  EXPECT_EQ(made.status, "Backfilling");
  const std::string all = "/spaces/" + at.text() + "/computed-traits";
  EXPECT_EQ(fetched(all).at("computedTraits").size(), 1U);
  pass(3s);
  EXPECT_EQ(client.computed_traits().update(at, made.id, {.enabled = false}).status, "Disabled");
  fetched(all + "/" + made.id.text());
  client.computed_traits().remove(at, made.id);
  EXPECT_THROW(client.computed_traits().get(at, made.id), NotFoundError);
}

TEST_F(SandboxAudiences, AreConnectedToDestinationsAndActivated) {
  const auto made = audience();
  const Destination target = destination(source("website").id);
  const auto& activations = client.activations();
  const AddAudienceDestination wish{
      .destination = AudienceDestinationTarget{.id = target.id, .type = "destination"}};
  const auto connection = activations.add_destination(at, made.id, wish).id;
  EXPECT_THROW(activations.add_destination(at, made.id, wish), ConflictError);
  EXPECT_EQ(fetched(path(made.id) + "/destination-connections").at("connections").size(), 1U);
  EXPECT_THROW(activations.update_destination(at, made.id, target.id, {}), ApiError);
  const auto active = activations.add_activation(
      at, made.id, connection,
      {.perform_resync = true, .activation_type = "Audience Entered", .activation_name = "In"});
  EXPECT_EQ(active.perform_resync, true);
  pass(3s);
  EXPECT_EQ(activations.get(at, made.id, active.id).perform_resync, false);
  EXPECT_FALSE(activations.update(at, made.id, active.id, {.enabled = false}).enabled);
  fetched(path(made.id) + "/activations");
  fetched(path(made.id) + "/activations/" + active.id.text());
  EXPECT_THROW(activations.remove_destination(at, made.id, target.id), ConflictError);
  EXPECT_EQ(activations.remove(at, made.id, active.id), "SUCCESS");
  activations.remove_destination(at, made.id, target.id);
  EXPECT_TRUE(activations.list_destinations_page(at, made.id).items.empty());
  EXPECT_EQ(fetched("/spaces/" + at.text() +
                    "/audienceType/USERS/supported-destinations?slug=actions-webhook")
                .at("destinations")
                .size(),
            1U);
}

}  // namespace
}  // namespace segment::sandbox::test
