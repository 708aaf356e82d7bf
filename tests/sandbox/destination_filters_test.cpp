#include "timed.hpp"

namespace segment::sandbox::test {
namespace {

using ActionType = DestinationFilterActionType;

class SandboxFilters : public TimedSandbox {
 protected:
  DestinationFilter filter(const Destination& of) const {
    return client.destination_filters().create(of.id, {.source_id = of.source_id,
                                                       .condition = "all",
                                                       .actions = {{{.type = ActionType::drop}}},
                                                       .title = "Nothing",
                                                       .description = "For now",
                                                       .enabled = true});
  }
  Nullable<Json> left(const std::string& condition, DestinationFilterAction action) const {
    const auto preview = client.destination_filters().preview(
        {.filter = DestinationFilterRule{.condition = condition, .actions = {{std::move(action)}}},
         .payload = event});
    EXPECT_EQ(preview.input_payload, event);
    return preview.result;
  }
  bool is_dropped(const std::string& condition) const {
    return left(condition, {.type = ActionType::drop}).is_null();
  }

  const Json event = Json::parse(R"({"type": "track", "event": "Order placed",
      "properties": {"total": 12.5, "sku": "a-1", "test": false}, "context": {"ip": "1.2.3.4"}})");
};

TEST_F(SandboxFilters, BelongToTheirDestination) {
  const Source from = source();
  const Destination owner = destination(from);
  const Destination other = destination(from);
  const DestinationFilter made = filter(owner);
  EXPECT_EQ(all(client.destination_filters().list(owner.id)).size(), 1U);
  EXPECT_TRUE(all(client.destination_filters().list(other.id)).empty());
  EXPECT_THROW(client.destination_filters().get(other.id, made.id), NotFoundError);
  clock->advance(std::chrono::minutes(1));
  const auto changed = client.destination_filters().update(owner.id, made.id,
                                                           {.description = null, .enabled = false});
  EXPECT_FALSE(changed.description.has_value());
  EXPECT_FALSE(changed.enabled);
  EXPECT_EQ(changed.title, "Nothing");
  EXPECT_EQ(changed.created_at, made.created_at);
  EXPECT_NE(changed.updated_at, made.updated_at);
  client.destination_filters().remove(owner.id, made.id);
  EXPECT_THROW(client.destination_filters().get(owner.id, made.id), NotFoundError);
}

TEST_F(SandboxFilters, NeedASourceConnectedToTheirDestination) {
  const Destination owner = destination(source());
  const CreateDestinationFilter body{.source_id = source("other").id,
                                     .condition = "all",
                                     .actions = {{{.type = ActionType::drop}}},
                                     .title = "x",
                                     .enabled = true};
  EXPECT_EQ(refused_field([&] { client.destination_filters().create(owner.id, body); }),
            "sourceId");
  EXPECT_THROW(client.destination_filters().create(DestinationId{"none"}, body), NotFoundError);
}

TEST_F(SandboxFilters, DropWhatMatchesTheirCondition) {
  EXPECT_TRUE(is_dropped("all"));
  EXPECT_TRUE(is_dropped("type = \"track\" and event = 'Order placed'"));
  EXPECT_TRUE(is_dropped("type='identify' or properties.total >= 12"));
  EXPECT_TRUE(is_dropped("!(type = 'identify') and properties.test = false"));
  EXPECT_TRUE(is_dropped("properties.nothing = null"));
  EXPECT_TRUE(is_dropped("contains(lowercase(event), 'order') and match(properties.sku, 'a-*')"));
  EXPECT_TRUE(is_dropped("length(event) = 12"));
  EXPECT_FALSE(is_dropped("type = 'identify'"));
  EXPECT_FALSE(is_dropped("type = 'track' and not event != 'Order'"));
  EXPECT_FALSE(is_dropped("properties.total"));
}

TEST_F(SandboxFilters, LeaveAloneWhatDoesNotMatchTheirCondition) {
  EXPECT_EQ(left("type = 'page'", {.type = ActionType::drop}).value(), event);
}

TEST_F(SandboxFilters, DropProperties) {
  const auto result = left("all", {.type = ActionType::drop_properties,
                                   .fields = Json::parse(R"({"properties": ["sku", "none"],
                                                            "context": {"fields": ["ip"]},
                                                            "nowhere": ["x"], "": ["event"]})")});
  EXPECT_EQ(result.value(), Json::parse(R"({"type": "track", "context": {},
                                           "properties": {"total": 12.5, "test": false}})"));
}

TEST_F(SandboxFilters, KeepOnlyAllowedProperties) {
  const auto result = left("all", {.type = ActionType::allow_properties,
                                   .fields = Json::parse(R"({"properties": ["sku"]})")});
  EXPECT_EQ(result->at("properties"), Json::parse(R"({"sku": "a-1"})"));
  EXPECT_EQ(result->at("context"), event.at("context"));
}

TEST_F(SandboxFilters, SampleByPercentage) {
  EXPECT_TRUE(left("all", {.type = ActionType::sample, .percent = 0}).is_null());
  EXPECT_EQ(left("all", {.type = ActionType::sample, .percent = 1}).value(), event);
  EXPECT_EQ(
      left("all", {.type = ActionType::sample, .percent = 1, .path = "properties.sku"}).value(),
      event);
}

TEST_F(SandboxFilters, RejectAnInvalidCondition) {
  for (const char* condition : {"", "type =", "type = 'x", "(type = 'x'", "explode(type)",
                                "type = 'x' type", "type = 'x')", "&", "contains("}) {
    EXPECT_EQ(refused_field([&] { is_dropped(condition); }), "filter.if") << condition;
  }
  EXPECT_EQ(refused_field([&] { is_dropped(std::string(1000, '(')); }), "filter.if");
}

}  // namespace
}  // namespace segment::sandbox::test
