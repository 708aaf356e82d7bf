// What is loaded into warehouses, from sources and from spaces.

#include "timed.hpp"

namespace segment::sandbox::test {
namespace {

using namespace std::chrono_literals;

class SandboxSelectiveSync : public SeededSandbox {
 protected:
  std::string path() const { return "/warehouses/" + house.id.text(); }
  SelectiveSyncUpdateOutcome set(const std::string& collection, bool enabled) const {
    return client.selective_sync().update(
        house.id, {.sync_overrides = {
                       {{.source_id = from.id, .collection = collection, .enabled = enabled}}}});
  }

  Warehouse house = client.warehouses().list_page().items.front();
  Source from = source("website");
};

TEST_F(SandboxSelectiveSync, KeepsTheScheduleThatReplacesAnother) {
  EXPECT_FALSE(client.selective_sync().get_advanced_schedule(house.id).enabled);
  fetched(path() + "/advanced-sync-schedule");
  const auto set = client.selective_sync().replace_advanced_schedule(
      house.id, {.enabled = true,
                 .schedule = AdvancedSyncScheduleInput{
                     .times = {{{.hour_of_day = 3, .enabled = true}}}, .timezone = "UTC"}});
  EXPECT_EQ(client.selective_sync().get_advanced_schedule(house.id), set);
  fetched(path() + "/advanced-sync-schedule");
}

TEST_F(SandboxSelectiveSync, SwitchesCollectionsOffAndReportsWhetherAnythingChanged) {
  EXPECT_EQ(set("pages", false).status, SelectiveSyncUpdateStatus::updated);
  EXPECT_EQ(set("pages", false).status, SelectiveSyncUpdateStatus::unchanged);
  EXPECT_EQ(set("nothing", false).warnings.size(), 1U);
  for (const auto& item : client.selective_sync().list_selective_syncs(house.id, from.id)) {
    EXPECT_EQ(item.enabled, item.collection != "pages");
  }
  fetched(path() + "/connected-sources/" + from.id.text() + "/selective-syncs");
}

TEST_F(SandboxSelectiveSync, RejectsSourcesThatAreNotConnected) {
  const Source stranger = source("payments");
  EXPECT_THROW(client.selective_sync().list_source_syncs_page(house.id, stranger.id),
               NotFoundError);
  EXPECT_THROW(client.selective_sync().update(
                   house.id, {.sync_overrides = {{{.source_id = stranger.id, .enabled = false}}}}),
               ValidationError);
}

TEST_F(SandboxSelectiveSync, ReportsAnHourlySyncOfEachSource) {
  const Json all = fetched(path() + "/syncs");
  EXPECT_EQ(all.at("reports").size(), 48U);
  EXPECT_FALSE(all.at("reports").at(0).at("end").is_null());
  clock->advance(30min);
  const Json now = fetched(path() + "/connected-sources/" + from.id.text() + "/syncs");
  EXPECT_EQ(now.at("reports").size(), 24U);
  EXPECT_TRUE(now.at("reports").at(0).at("end").is_null());
}

TEST_F(SandboxSelectiveSync, LoadsASourceSoonAfterAChange) {
  set("tracks", false);
  const auto sync = client.jobs().wait_for_warehouse_sync(house.id, from.id, noon_or_so);
  EXPECT_EQ(sync.status, "SUCCESS");
  EXPECT_GT(sync.count, 0);
}

TEST_F(SandboxSelectiveSync, KeepsTheWarehousesOfASpaceAndTheirSelectiveSyncs) {
  const auto& sync = client.profiles_sync();
  const auto made = sync.create_warehouse(space(), {.metadata_id = house.metadata.id,
                                                    .name = "Profiles",
                                                    .settings = Json::object({{"password", "p"}})});
  EXPECT_EQ(made.schema_name, "shop-dev");
  EXPECT_EQ(made.settings.at("password").as_string(), "••••••••");
  const std::string all = "/spaces/" + space().text() + "/profiles-warehouses";
  EXPECT_EQ(fetched(all).at("profilesWarehouses").size(), 1U);
  EXPECT_EQ(sync.update_selective_sync(
                space(), made.id,
                {.sync_overrides = {{{.collection = "profile_merges", .enabled = false}}}}),
            SelectiveSyncUpdateStatus::updated);
  const Json items = fetched(all + "/" + made.id.text() + "/selective-syncs").at("items");
  EXPECT_FALSE(items.at(2).at("enabled").as_bool());
  EXPECT_FALSE(
      sync.update_warehouse(space(), made.id, {.enabled = false, .settings = Json::object()})
          .enabled);
  sync.remove_warehouse(space(), made.id);
  EXPECT_THROW(sync.remove_warehouse(space(), made.id), NotFoundError);
}

}  // namespace
}  // namespace segment::sandbox::test
