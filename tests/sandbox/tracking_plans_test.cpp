#include "timed.hpp"

namespace segment::sandbox::test {
namespace {

class SandboxTrackingPlans : public TimedSandbox {
 protected:
  TrackingPlan plan(const std::string& name = "Web shop",
                    TrackingPlanType type = TrackingPlanType::live) const {
    return client.tracking_plans().create({.name = name, .type = type});
  }
  static TrackingPlanRuleInput track(const std::string& key, std::int64_t version = 1) {
    return {.type = TrackingPlanRuleType::track,
            .key = key,
            .json_schema = Json::object({{"type", "object"}}),
            .version = version};
  }
  std::vector<std::string> rules(const TrackingPlan& of) const {
    std::vector<std::string> keys;
    for (const auto& rule : client.tracking_plans().list_rules(of.id)) {
      keys.push_back(rule.key.value_or("") + " " + std::to_string(rule.version));
    }
    return keys;
  }
  using Keys = std::vector<std::string>;
};

TEST_F(SandboxTrackingPlans, AreKeptUntilTheyAreDeleted) {
  const TrackingPlan made = plan("Web shop (2)");
  EXPECT_EQ(made.slug, "web-shop-2");
  clock->advance(std::chrono::minutes(1));
  client.tracking_plans().update(made.id, {.description = "What the shop sends"});
  const TrackingPlan changed = client.tracking_plans().get(made.id);
  EXPECT_EQ(changed.name, "Web shop (2)");
  EXPECT_EQ(changed.description, "What the shop sends");
  EXPECT_EQ(changed.created_at, made.created_at);
  EXPECT_NE(changed.updated_at, made.updated_at);
  client.tracking_plans().remove(made.id);
  EXPECT_THROW(client.tracking_plans().get(made.id), NotFoundError);
  EXPECT_THROW(client.tracking_plans().list_rules_page(made.id), NotFoundError);
}

TEST_F(SandboxTrackingPlans, AreListedByKind) {
  plan();
  plan("Library", TrackingPlanType::rule_library);
  EXPECT_EQ(all(client.tracking_plans().list()).size(), 2U);
  const auto libraries =
      all(client.tracking_plans().list({.type = TrackingPlanType::rule_library}));
  ASSERT_EQ(libraries.size(), 1U);
  EXPECT_EQ(libraries[0].name, "Library");
}

TEST_F(SandboxTrackingPlans, HaveTheirRulesReplacedAsAWhole) {
  const TrackingPlan made = plan();
  EXPECT_TRUE(rules(made).empty());
  client.tracking_plans().replace_rules(made.id, {.rules = {{track("a"), track("a", 2)}}});
  EXPECT_EQ(rules(made), (Keys{"a 1", "a 2"}));
  client.tracking_plans().replace_rules(made.id, {.rules = {{track("b")}}});
  EXPECT_EQ(rules(made), Keys{"b 1"});
  EXPECT_EQ(refused_field([&] {
              client.tracking_plans().replace_rules(made.id, {.rules = {{track("c"), track("c")}}});
            }),
            "rules.1");
  EXPECT_EQ(rules(made), Keys{"b 1"});
}

TEST_F(SandboxTrackingPlans, ChangeRulesByTypeNameAndVersionAndAddTheRest) {
  const TrackingPlan made = plan();
  client.tracking_plans().replace_rules(made.id, {.rules = {{track("a"), track("a", 2)}}});
  clock->advance(std::chrono::minutes(1));
  const auto type = TrackingPlanRuleType::track;
  const Json schema = Json::object({{"required", Json::array({"x"})}});
  client.tracking_plans().update_rules(
      made.id, {.rules = {{{.type = type, .key = "a", .json_schema = schema, .version = 2},
                           {.new_key = "z", .type = type, .key = "a", .version = 1},
                           {.type = TrackingPlanRuleType::identify, .version = 1}}}});
  EXPECT_EQ(rules(made), (Keys{"z 1", "a 2", " 1"}));
  const auto kept = all(client.tracking_plans().list_rules(made.id));
  EXPECT_EQ(kept[0].json_schema, track("").json_schema);
  EXPECT_EQ(kept[1].json_schema, schema);
  EXPECT_NE(kept[1].created_at, kept[1].updated_at);
  EXPECT_EQ(kept[2].type, TrackingPlanRuleType::identify);
}

TEST_F(SandboxTrackingPlans, ChangeAllRulesOrNone) {
  const TrackingPlan made = plan();
  client.tracking_plans().replace_rules(made.id, {.rules = {{track("a"), track("b")}}});
  const auto type = TrackingPlanRuleType::track;
  EXPECT_EQ(refused_field([&] {
              client.tracking_plans().update_rules(
                  made.id, {.rules = {{{.type = type, .key = "new", .version = 1},
                                       {.new_key = "b", .type = type, .key = "a", .version = 1}}}});
            }),
            "rules.1.newKey");
  EXPECT_THROW(client.tracking_plans().remove_rules(
                   made.id, {.rules = {{{.type = type, .key = "a", .version = 1},
                                        {.type = type, .key = "a", .version = 7}}}}),
               NotFoundError);
  EXPECT_EQ(rules(made), (Keys{"a 1", "b 1"}));
  client.tracking_plans().remove_rules(made.id,
                                       {.rules = {{{.type = type, .key = "a", .version = 1}}}});
  EXPECT_EQ(rules(made), Keys{"b 1"});
}

TEST_F(SandboxTrackingPlans, HoldASourceAgainstOnePlanAtATime) {
  const TrackingPlan first = plan();
  const TrackingPlan second = plan("Second");
  const Source made = source();
  EXPECT_FALSE(client.sources().get(made.id).tracking_plan_id.has_value());
  client.tracking_plans().add_source(first.id, {.source_id = made.id});
  EXPECT_EQ(client.sources().get(made.id).tracking_plan_id.value(), first.id);
  EXPECT_THROW(client.tracking_plans().add_source(second.id, {.source_id = made.id}),
               ConflictError);
  EXPECT_EQ(all(client.tracking_plans().list_sources(first.id)).front().id, made.id);
  EXPECT_THROW(client.tracking_plans().remove_source(second.id, {.source_id = made.id}),
               NotFoundError);
  client.tracking_plans().remove_source(first.id, {.source_id = made.id});
  client.tracking_plans().add_source(second.id, {.source_id = made.id});
  EXPECT_TRUE(all(client.tracking_plans().list_sources(first.id)).empty());
  client.tracking_plans().remove(second.id);
  EXPECT_FALSE(client.sources().get(made.id).tracking_plan_id.has_value());
}

TEST_F(SandboxTrackingPlans, ConnectOnlyWhatThereIs) {
  const TrackingPlan made = plan();
  EXPECT_EQ(refused_field([&] {
              client.tracking_plans().add_source(made.id, {.source_id = SourceId{"none"}});
            }),
            "sourceId");
  EXPECT_THROW(
      client.tracking_plans().add_source(TrackingPlanId{"none"}, {.source_id = source().id}),
      NotFoundError);
}

}  // namespace
}  // namespace segment::sandbox::test
