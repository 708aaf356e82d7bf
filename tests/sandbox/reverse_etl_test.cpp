#include "timed.hpp"

namespace segment::sandbox::test {
namespace {

using namespace std::chrono_literals;

class SandboxReverseEtl : public SeededSandbox {
 protected:
  ReverseEtlModel model(const std::string& query = "SELECT id FROM users") const {
    return client.reverse_etl().create_model({.source_id = owner.id,
                                              .name = "Users",
                                              .description = "All of them",
                                              .enabled = true,
                                              .query = query,
                                              .query_identifier_column = "id"});
  }
  ReverseEtlSyncId start(const ReverseEtlModel& of) const {
    return client.reverse_etl()
        .create_manual_sync(
            {.source_id = of.source_id, .model_id = of.id, .subscription_id = subscription.id})
        .sync_id;
  }
  std::string status(const ReverseEtlModel& of, const ReverseEtlSyncId& sync) {
    return fetched("/reverse-etl-models/" + of.id.text() + "/syncs/" + sync.text())
        .at("reverseETLSyncStatus")
        .at("syncStatus")
        .as_string();
  }

  Source owner = source("website");
  DestinationSubscription subscription =
      client.destinations().list_subscriptions_page(destination(owner.id).id).items.front();
};

TEST_F(SandboxReverseEtl, KeepsAModelUntilItIsDeleted) {
  const ReverseEtlModel made = model();
  EXPECT_EQ(client.reverse_etl().get_model(made.id), made);
  EXPECT_FALSE(client.reverse_etl().update_model(made.id, {.enabled = false}).enabled);
  EXPECT_EQ(client.reverse_etl().list_models_page().items.back(),
            client.reverse_etl().get_model(made.id));
  fetched("/reverse-etl-models");
  client.reverse_etl().remove_model(made.id);
  EXPECT_THROW(client.reverse_etl().get_model(made.id), NotFoundError);
}

TEST_F(SandboxReverseEtl, RunsASyncInTwoPhases) {
  const ReverseEtlModel of = model();
  const auto sync = start(of);
  EXPECT_EQ(status(of, sync), "IN_PROGRESS");
  pass(1s);
  const auto half = client.reverse_etl().get_sync_status(of.id, sync);
  EXPECT_TRUE(half.extract_phase.has_value());
  EXPECT_FALSE(half.load_phase.has_value());
  pass(2s);
  EXPECT_EQ(status(of, sync), "SUCCESS");
  const auto whole = client.reverse_etl().get_sync_status(of.id, sync);
  EXPECT_EQ(whole.extract_phase->extract_count, whole.load_phase->deliver_success_count);
  EXPECT_EQ(whole.duration, "3s");
}

TEST_F(SandboxReverseEtl, CanBeWaitedFor) {
  const ReverseEtlModel of = model();
  EXPECT_EQ(client.jobs().wait_for_reverse_etl_sync(of.id, start(of)).sync_status, "SUCCESS");
  const ReverseEtlModel bad = model("DROP TABLE users");
  EXPECT_THROW(client.jobs().wait_for_reverse_etl_sync(bad.id, start(bad)), JobFailedError);
}

TEST_F(SandboxReverseEtl, CancelsASyncOnceAndOnlyWhileItRuns) {
  const ReverseEtlModel of = model();
  const auto sync = start(of);
  EXPECT_EQ(client.reverse_etl().cancel_sync(of.id, sync, {}).status, "CANCELLING");
  EXPECT_EQ(client.reverse_etl().cancel_sync(of.id, sync, {}).error_code, "SyncAlreadyCanceled");
  pass(1s);
  EXPECT_EQ(status(of, sync), "CANCELLED");
  const auto other = start(of);
  pass(3s);
  EXPECT_EQ(client.reverse_etl().cancel_sync(of.id, other, {}).error_code,
            "SyncFinishedCannotCancel");
}

TEST_F(SandboxReverseEtl, ListsTheSyncsOfASubscriptionNewestFirst) {
  const ReverseEtlModel of = model();
  ReverseEtlSyncId last;
  for (int i = 0; i < 12; ++i) last = start(of);
  const Json page = fetched("/reverse-etl-models/" + of.id.text() + "/subscriptionId/" +
                            subscription.id.text() + "/syncs");
  ASSERT_EQ(page.at("syncStatuses").size(), 10U);
  EXPECT_EQ(page.at("syncStatuses").at(0).at("syncId").as_string(), last.text());
  int all = 0;
  for ([[maybe_unused]] const auto& each :
       client.reverse_etl().list_sync_statuses(of.id, subscription.id, {.count = 5})) {
    ++all;
  }
  EXPECT_EQ(all, 12);
}

TEST_F(SandboxReverseEtl, SyncsOnlyAnEnabledModelToAnExistingSubscription) {
  const ReverseEtlModel of = model();
  EXPECT_EQ(fields(talk.post("/reverse-etl-syncs", R"({"sourceId": ")" + owner.id.text() +
                                                       R"(", "modelId": ")" + of.id.text() +
                                                       R"(", "subscriptionId": "nobody"})")),
            "subscriptionId ");
  client.reverse_etl().update_model(of.id, {.enabled = false});
  EXPECT_THROW(start(of), ValidationError);
}

}  // namespace
}  // namespace segment::sandbox::test
