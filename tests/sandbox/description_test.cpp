// The responses of the sandbox match the description.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "../../sandbox/src/engine/example.hpp"
#include "../../sandbox/src/engine/refusal.hpp"
#include "json/typed/validate.hpp"
#include "operations/operation_tables.hpp"
#include "operations/prepared_call.hpp"
#include "operations/router.hpp"
#include "segment/api/operations.hpp"
#include "segment/api/types/common.hpp"
#include "talk.hpp"

namespace segment::sandbox::test {
namespace {

constexpr detail::ValidateOptions complete{.unknown_members_are_problems = true};

std::string described(const std::vector<detail::Problem>& problems) {
  std::string text;
  for (const auto& problem : problems) text += problem.path + " " + problem.message + "\n";
  return text;
}

// The groups that a seeded workspace has data for.
bool is_seeded(std::string_view group) {
  constexpr std::array<std::string_view, 9> groups = {
      "audit_trail", "catalog",    "destinations",  "labels",    "sources",
      "testing",     "warehouses", "warehouses_v2", "workspaces"};
  return std::ranges::find(groups, group) != groups.end();
}

// The path with every placeholder replaced by an id from the seeded workspace.
std::string filled(std::string path, const Client& client) {
  const Destination destination = *client.destinations().list().begin();
  const auto subscription = *client.destinations().list_subscriptions(destination.id).begin();
  const Warehouse warehouse = *client.warehouses().list().begin();
  const std::pair<std::string, std::string> ids[] = {
      {"{sourceId}", destination.source_id.text()},
      {"{destinationId}", destination.id.text()},
      {"{id}", subscription.id.text()},
      {"{warehouseId}", warehouse.id.text()},
      {"{sourceMetadataId}", "IqDTy1TpoU"},
      {"{destinationMetadataId}", destination.metadata.id.text()},
      {"{warehouseMetadataId}", warehouse.metadata.id.text()},
  };
  for (const auto& [name, id] : ids) {
    const std::size_t at = path.find(name);
    if (at != std::string::npos) path.replace(at, name.size(), id);
  }
  if (path.ends_with("/delivery-metrics")) path += "?sourceId=" + destination.source_id.text();
  if (path == "/echo") path += "?message=x";
  return path;
}

// The version that the operation's constant is for.
http::Headers asking_for(const Operation& operation) {
  return {{"Accept", std::string(detail::media_type(operation.stability()))}};
}

TEST(SandboxDescription, HoldsForTheResponseToEveryGet) {
  const Sandbox sandbox;
  const Client client(sandbox.client_options());
  Talk talk(sandbox);
  int calls = 0;
  for (const auto* call : operations::all()) {
    if (call->method != http::Method::get || !is_seeded(call->group)) continue;
    const auto response = talk.get(filled(std::string(call->path), client), asking_for(*call));
    ASSERT_EQ(response.status, 200) << call->id << response.body;
    EXPECT_EQ(described(detail::validate(*call->data, data(response), complete)), "") << call->id;
    ++calls;
  }
  EXPECT_GE(calls, 20);
}

TEST(SandboxDescription, HoldsForTheExampleOfEveryType) {
  for (const auto* call : operations::all()) {
    for (const auto* type : {call->query, call->body, call->data}) {
      if (type == nullptr) continue;
      EXPECT_EQ(described(detail::validate(*type, example(*type), complete)), "") << call->id;
    }
  }
}

TEST(SandboxDescription, LetsExamplesFollowTheirRequest) {
  const Json made =
      example(detail::Describe<Label>::type, Json::parse(R"({"key": "a", "value": 1})"));
  EXPECT_EQ(made.at("key").as_string(), "a");
  EXPECT_TRUE(made.at("value").is_string());
}

TEST(SandboxDescription, LetsExamplesBeNullWhereTheirRequestIs) {
  const Json made = example(detail::Describe<Function>::type,
                            Json::parse(R"({"deployedAt": null, "displayName": null})"));
  EXPECT_TRUE(made.at("deployedAt").is_null());
  EXPECT_TRUE(made.at("displayName").is_string()) << "it is never null";
}

TEST(SandboxDescription, EndsExampleListsAfterOnePage) {
  const Json made = example(detail::Describe<Pagination>::type);
  EXPECT_FALSE(made.contains("next"));
}

TEST(SandboxRouter, PrefersALiteralToAParameter) {
  const detail::Router router(operations::all());
  const auto found = router.find("POST", "/warehouses/validation");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->call->id, "createValidationInWarehouse");
}

TEST(SandboxRouter, DecodesParametersAfterSplittingThePath) {
  const detail::Router router(operations::all());
  const auto found = router.find("DELETE", "/labels/a%2Fb/%C3%BC+%3F");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->parameters, (std::vector<std::string>{"a/b", "ü+?"}));
  EXPECT_FALSE(router.find("DELETE", "/labels/a%2/b"));
  EXPECT_FALSE(router.find("DELETE", "/labels//b"));
}

TEST(SandboxQuery, IsParsedIntoTheDescribedTypes) {
  const auto parsed = [](std::string_view query) {
    return detail::read_query(detail::Describe<PageRequest>::type, query).value().dump();
  };
  EXPECT_EQ(parsed("pagination.count=3"), R"({"pagination":{"count":3}})");
  EXPECT_EQ(parsed("pagination%5Bcount%5D=3&"), R"({"pagination":{"count":3}})");
  EXPECT_EQ(parsed("pagination.cursor=3"), R"({"pagination":{"cursor":"3"}})");
  EXPECT_EQ(parsed("pagination.count=3x"), R"({"pagination":{"count":"3x"}})");
  EXPECT_EQ(parsed("a+b=c%20d"), R"({"a b":"c d"})");
  EXPECT_EQ(parsed(""), "{}");
}

TEST(SandboxQuery, AcceptsListsInEveryCommonForm) {
  const auto& type = detail::Describe<AddSourceLabels>::type;
  const auto keys = [&](std::string_view query) {
    std::string all;
    const Json parsed = detail::read_query(type, query).value();
    for (const Json& label : parsed.at("labels").as_array()) {
      all += label.is_object() ? label.at("key").as_string() : label.as_string();
    }
    return all;
  };
  EXPECT_EQ(keys("labels.0.key=a&labels.1.key=b"), "ab");
  EXPECT_EQ(keys("labels[1][key]=b&labels[0][key]=a"), "ab");
  EXPECT_EQ(keys("labels.10.key=c&labels.9.key=b&labels.0.key=a"), "abc");
  EXPECT_EQ(keys("labels=a&labels=b&labels=c"), "abc");
  EXPECT_EQ(keys("labels[]=a&labels[]=b"), "ab");
  EXPECT_EQ(keys("labels=a"), "a");
}

}  // namespace
}  // namespace segment::sandbox::test
