// Calls of any operation with JSON, and the schemas of their inputs.
#include "segment/json_call.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "segment/api/operations.hpp"
#include "segment/schema.hpp"
#include "segment/strict_reading.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

Json input(std::string_view text) { return Json::parse(text); }

TEST(AJsonCall, SendsItsInputAndReturnsTheData) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"source":{"id":"s","newMember":7}}})");
  const JsonCall call(operations::sources::update,
                      input(R"({"path":{"sourceId":"a b"},"body":{"name":"n"}})"));
  EXPECT_EQ(call.run(fake.client).data, input(R"({"source":{"id":"s","newMember":7}})"));
  EXPECT_EQ(fake.target(), "/sources/a%20b");
  EXPECT_EQ(fake.body(), R"({"name":"n"})");
}

TEST(AJsonCall, MayBeRunAgainAndByAnotherClient) {
  FakeClient one;
  FakeClient other;
  const JsonCall call(operations::workspaces::get, Json::object());
  for (FakeClient* fake : {&one, &other, &one}) {
    fake->transport->add(200, R"({"data":{"workspace":{"id":"w"}}})");
    EXPECT_EQ(call.run(fake->client).data.at("workspace").at("id"), Json("w"));
  }
  EXPECT_EQ(one.sent(), 2U);
}

TEST(AJsonCall, ReportsEveryMistakeInItsInputBeforeThereIsAClient) {
  try {
    const JsonCall call(operations::sources::update,
                        input(R"({"path":{"source":"s"},"query":{"a":1},"body":{"nam":"n"}})"));
    FAIL();
  } catch (const InvalidJsonError& error) {
    std::vector<std::string> pointers;
    for (const auto& finding : error.findings()) pointers.push_back(finding.pointer);
    EXPECT_EQ(pointers,
              (std::vector<std::string>{"/path/sourceId", "/path/source", "/query", "/body/nam"}));
    EXPECT_EQ(error.findings().back().suggestion, "name");
  }
  for (const auto* text :
       {"[]", R"({"paths":{}})", R"({"body":[]})", R"({"path":{"sourceId":1}})"}) {
    EXPECT_THROW(JsonCall(operations::sources::get, input(text)), InvalidJsonError) << text;
  }
  EXPECT_THROW(JsonCall(operations::sources::get, input(R"({"path":{"sourceId":".."}})")),
               InvalidArgumentError);
}

TEST(AJsonCall, FollowsTheRulesOfItsClient) {
  const Json masked = input(
      R"({"path":{"destinationId":"d"},"body":{"settings":{"apiKey":"\u2022\u2022\u2022\u20221a2b"}}})");
  const JsonCall call(operations::destinations::update, masked);
  FakeClient refusing;
  EXPECT_THROW((void)call.run(refusing.client), InvalidArgumentError);
  EXPECT_EQ(refusing.sent(), 0U);
  FakeClient stripping({.masked_secrets = MaskedSecrets::strip});
  stripping.transport->add(200, R"({"data":{"destination":{"id":"d"}}})");
  (void)call.run(stripping.client);
  EXPECT_EQ(stripping.body(), R"({"settings":{}})");
  EXPECT_THROW(
      JsonCall(operations::destinations::update, masked, {.masked_secrets = MaskedSecrets::refuse}),
      InvalidArgumentError)
      << "an option of the call itself is checked immediately";
}

TEST(AJsonCall, VisitsEveryPageOfItsList) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"sources":[{"id":"a"}],"pagination":{"next":"n"}}})")
      .add(200, R"({"data":{"sources":[{"id":"b"}],"pagination":{}}})");
  std::vector<std::string> ids;
  std::vector<bool> has_next;
  const JsonCall call(operations::sources::list, Json::object());
  call.for_each_page(
      fake.client,
      [&](const JsonResult& page) {
        ids.push_back(page.data.at("sources").at(0).at("id").as_string());
        has_next.push_back(page.next_cursor.has_value());
      },
      JsonCall::PageSize::largest);
  EXPECT_EQ(ids, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(has_next, (std::vector<bool>{true, false}));
  EXPECT_EQ(fake.target(), "/sources?pagination.count=1000&pagination.cursor=n");
}

TEST(AJsonCall, PassesTheResponseToTheObserverOfItsOptionsToo) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"workspace":{"id":"w"}}})");
  int seen = 0;
  const JsonCall call(
      operations::workspaces::get, Json::object(),
      {.on_response = [&](const http::Response& response) { seen = response.status; }});
  (void)call.run(fake.client);
  EXPECT_EQ(seen, 200);
}

TEST(AJsonCall, RefusesAResponseThatWouldTakeTooMuchMemory) {
  FakeClient fake({.max_response_bytes = 64U << 10U});
  std::string unknown = "[{}";
  while (unknown.size() < (60U << 10U)) unknown += ",{}";
  fake.transport->add(200, R"({"data":{"workspace":{"id":"w","new":)" + unknown + "]}}}");
  const JsonCall call(operations::workspaces::get, Json::object(), {.tag = "tenant"});
  try {
    static_cast<void>(call.run(fake.client));
    FAIL();
  } catch (const DecodeError& error) {
    EXPECT_NE(std::string(error.what()).find("memory"), std::string::npos) << error.what();
    EXPECT_EQ(error.tag(), "tenant");
  }
}

TEST(ASchema, DescribesWhatAnOperationTakesAndReturns) {
  const auto body = body_schema(operations::sources::create);
  ASSERT_TRUE(body);
  EXPECT_EQ(body->name(), "CreateSource");
  const auto slug = body->member("slug");
  ASSERT_TRUE(slug);
  EXPECT_TRUE(slug->required);
  EXPECT_EQ(slug->schema.kind(), Schema::Kind::text);
  EXPECT_EQ(body->member("settings")->schema.kind(), Schema::Kind::free_object);
  EXPECT_FALSE(body->member("nope"));
  EXPECT_FALSE(body_schema(operations::sources::get));
  EXPECT_FALSE(query_schema(operations::sources::get));
  const auto list = list_in_result(operations::sources::list);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->name, "sources");
  EXPECT_EQ(list->schema.element()->name(), "Source");
  EXPECT_FALSE(list_in_result(operations::sources::get));
  EXPECT_EQ(max_page_size(operations::sources::list), 1000);
  EXPECT_FALSE(max_page_size(operations::sources::get));
  EXPECT_EQ(path_parameters(operations::activations::get),
            (std::vector<std::string_view>{"spaceId", "audienceId", "id"}));
}

TEST(ASchema, ChecksAnInput) {
  const auto body = body_schema(operations::sources::create);
  EXPECT_TRUE(body->problems(input(R"({"slug":"s","enabled":true,"metadataId":"m"})")).empty());
  const auto wrong = body->problems(input(R"({"slug":1,"enabled":true,"metadataId":"m","nam":2})"));
  ASSERT_EQ(wrong.size(), 2U);
  EXPECT_EQ(wrong[0].pointer, "/slug");
  EXPECT_EQ(wrong[1].kind, JsonFinding::Kind::unknown_member);
}

TEST(ASchema, NamesSecretsAndKnownValues) {
  const auto source = list_in_result(operations::sources::list)->schema.element();
  EXPECT_TRUE(source->member("writeKeys")->schema.element()->is_secret());
  EXPECT_FALSE(source->member("id")->schema.is_secret());
  const auto type = body_schema(operations::tracking_plans::create)->member("type");
  ASSERT_TRUE(type);
  EXPECT_FALSE(type->schema.values().empty());
}

}  // namespace
}  // namespace segment::testing
