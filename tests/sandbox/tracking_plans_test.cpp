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

  /// This many rules, as a request body.
  static std::string many(std::size_t count) {
    Json all = Json::array();
    for (std::size_t i = 0; i < count; ++i) {
      all.push_back(
          Json::object({{"type", "TRACK"}, {"key", "event " + std::to_string(i)}, {"version", 1}}));
    }
    return Json::object({{"rules", std::move(all)}}).dump();
  }
  http::Response put(const TrackingPlan& to, const std::string& body) {
    return std::get<http::Response>(
        talk.send(http::Method::put, "/tracking-plans/" + to.id.text() + "/rules", {}, body));
  }
  static std::string message(const http::Response& response) {
    return Json::parse(response.body).at("errors").at(0).at("message").as_string();
  }
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

TEST_F(SandboxTrackingPlans, ReplaceTheirRulesAsAWhole) {
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

TEST_F(SandboxTrackingPlans, UpdateRulesByTypeKeyAndVersionAndAddTheRest) {
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

TEST_F(SandboxTrackingPlans, AcceptAtMostTwoHundredRulesPerRequest) {
  const TrackingPlan made = plan();
  const std::string path = "/tracking-plans/" + made.id.text() + "/rules";
  EXPECT_EQ(put(made, many(200)).status, 200);
  for (const auto& refused : {put(made, many(201)), talk.patch(path, many(201))}) {
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(fields(refused), "rules ");
    EXPECT_EQ(message(refused), "\"rules\" must contain less than or equal to 200 items");
  }
  EXPECT_EQ(rules(made).size(), 200U);
}

TEST_F(SandboxTrackingPlans, CannotReplaceTheirRulesIfTheyHoldTooMany) {
  const TrackingPlan made = plan();
  const std::string path = "/tracking-plans/" + made.id.text() + "/rules";
  ASSERT_EQ(put(made, many(200)).status, 200);
  ASSERT_EQ(talk.patch(path, R"({"rules": [{"type": "TRACK", "key": "x", "version": 1}]})").status,
            200);
  const auto refused = put(made, many(1));
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(message(refused).find("200"), std::string::npos);
  EXPECT_NE(message(refused).find("DELETE and PATCH"), std::string::npos);
  EXPECT_EQ(rules(made).size(), 201U);
  client.tracking_plans().remove_rules(
      made.id, {.rules = {{{.type = TrackingPlanRuleType::track, .key = "x", .version = 1}}}});
  EXPECT_EQ(put(made, many(1)).status, 200);
}

TEST_F(SandboxTrackingPlans, AcceptMoreRulesIfConfigured) {
  const Sandbox large(SandboxOptions{.max_rules = 2000});
  const Client other(large.client_options());
  const auto made = other.tracking_plans().create({.name = "x", .type = TrackingPlanType::live});
  Talk words(large);
  const auto answer =
      words.send(http::Method::put, "/tracking-plans/" + made.id.text() + "/rules", {}, many(201));
  EXPECT_EQ(std::get<http::Response>(answer).status, 200);
}

TEST_F(SandboxTrackingPlans, AcceptOnlyValidSchemas) {
  const TrackingPlan made = plan();
  const auto refused = [&](const std::string& schema) {
    const auto answer =
        put(made, R"({"rules": [{"type": "TRACK", "key": "a", "version": 1, "jsonSchema": )" +
                      schema + "}]}");
    return answer.status == 200 ? std::string() : fields(answer);
  };
  const std::string schema = "rules.0.jsonSchema";
  EXPECT_EQ(refused(R"("an object")"), schema + " ");
  EXPECT_EQ(refused(R"([])"), schema + " ");
  EXPECT_EQ(refused(R"({"type": "text"})"), schema + ".type ");
  EXPECT_EQ(refused(R"({"type": ["string", "nul"]})"), schema + ".type ");
  EXPECT_EQ(refused(R"({"type": []})"), schema + ".type ");
  EXPECT_EQ(refused(R"({"properties": []})"), schema + ".properties ");
  EXPECT_EQ(refused(R"({"properties": {"traits": {"properties": {"n": {"type": "float"}}}}})"),
            schema + ".properties.traits.properties.n.type ");
  EXPECT_EQ(refused(R"({"items": {"type": "x"}})"), schema + ".items.type ");
  EXPECT_EQ(refused(R"({"anyOf": [{"type": "string"}, {"type": 1}]})"), schema + ".anyOf.1.type ");
  EXPECT_EQ(refused(R"({"$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
                        "properties": {"type": {"type": ["string", "null"], "pattern": "x"},
                                       "all": {"type": "array", "items": [{"type": "integer"}]}},
                        "additionalProperties": false, "required": ["type"],
                        "labels": {"type": "made up"}})"),
            "");
  EXPECT_EQ(refused("null"), "");
}

TEST_F(SandboxTrackingPlans, AllowASourceInOnlyOnePlanAtATime) {
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

TEST_F(SandboxTrackingPlans, ConnectOnlyExistingSources) {
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
