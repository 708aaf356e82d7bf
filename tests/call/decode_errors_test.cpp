// A successful response that cannot be read is an error that says where, never a half-filled value.
#include <gtest/gtest.h>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;

DecodeError error_of(int status, const string& body) {
  FakeClient fake;
  fake.transport->add(status, body, {{"X-Request-Id", "req-2"}});
  return thrown<DecodeError>([&] { (void)fake.client.sources().get(SourceId("s1")); });
}

TEST(AnUnreadableResponse, NamesTheMemberOfTheWrongKind) {
  struct {
    const char* body;
    const char* pointer;
  } const cases[] = {
      {R"({"data":{"source":{"enabled":"yes"}}})", "/data/source/enabled"},
      {R"({"data":{"source":{"id":7}}})", "/data/source/id"},
      {R"({"data":{"source":{"labels":{}}}})", "/data/source/labels"},
      {R"({"data":{"source":{"labels":[{"key":"a","value":"b"},{"key":[]}]}}})",
       "/data/source/labels/1/key"},
      {R"({"data":{"source":{"metadata":{"options":[{"required":1}]}}}})",
       "/data/source/metadata/options/0/required"},
      {R"({"data":{"source":[]}})", "/data/source"},
      {R"({"data":[]})", "/data"},
      {R"({"data":"text"})", "/data"},
      {R"([])", ""},
      {R"("text")", ""},
  };
  for (const auto& [body, pointer] : cases) {
    SCOPED_TRACE(body);
    const auto error = error_of(200, body);
    EXPECT_EQ(error.pointer(), pointer) << error.what();
    EXPECT_EQ(error.status(), 200);
    EXPECT_EQ(error.request_id(), "req-2");
    EXPECT_EQ(error.operation(), "getSource");
    EXPECT_EQ(error.attempts(), 1);
    EXPECT_EQ(error.body(), body);
    EXPECT_FALSE(error.retryable());
    EXPECT_TRUE(contains(error.what(), "GET /sources/{sourceId}")) << error.what();
    EXPECT_TRUE(contains(error.what(), pointer)) << error.what();
  }
}

TEST(AnUnreadableResponse, IsOneWithoutData) {
  for (const char* body : {"{}", R"({"data":null})", R"({"dat":{"source":{}}})", "null",
                           R"({"errors":[{"message":"m"}]})"}) {
    SCOPED_TRACE(body);
    const auto error = error_of(200, body);
    EXPECT_EQ(error.body(), body);
  }
  EXPECT_TRUE(contains(error_of(200, "{}").what(), "has no data"));
}

TEST(AnUnreadableResponse, IsOneThatIsNotJson) {
  const auto html = error_of(200, "<html>Welcome to the hotel's network</html>");
  EXPECT_TRUE(contains(html.what(), "is not JSON")) << html.what();
  EXPECT_FALSE(contains(html.what(), "hotel")) << "a body is not quoted: " << html.what();
  for (const char* body : {R"({"data":{"source":{"id":"s1")", R"({"data":{}} x)", "{'data':{}}",
                           "\xff\xfe", "{\"data\":{\"source\":{\"id\":\xff}}}"}) {
    SCOPED_TRACE(body);
    EXPECT_TRUE(contains(error_of(200, body).what(), "is not JSON"));
  }
}

TEST(AnUnreadableResponse, IsAnEmptyOneIfDataIsExpected) {
  for (int status : {200, 204}) {
    const auto error = error_of(status, "");
    EXPECT_EQ(error.status(), status);
    EXPECT_TRUE(contains(error.what(), "empty")) << error.what();
  }
}

TEST(AnUnreadableResponse, IsOneNestedTooDeeply) {
  string deep = R"({"data":{"source":{"settings":)";
  for (int i = 0; i < 100'000; ++i) deep += R"({"a":)";
  EXPECT_NO_THROW((void)error_of(200, deep));
  EXPECT_NO_THROW((void)error_of(200, string(1'000'000, '[')));
}

TEST(AnUnreadableResponse, IsOneThatIsTooLarge) {
  FakeClient fake({.max_response_bytes = 100});
  fake.transport->respond_with([](const auto&) {
    return http::Response{
        200, {}, R"({"data":{"workspace":{"name":")" + string(200, 'x') + "\"}}}"};
  });
  const auto error = thrown<DecodeError>([&] { (void)fake.client.workspaces().get(); });
  EXPECT_TRUE(contains(error.what(), "max_response_bytes")) << error.what();
  EXPECT_EQ(fake.sent(), 1U) << "it would be just as large the next time";
}

// A few bytes of JSON each become hundreds in memory.
TEST(AnUnreadableResponse, IsOneThatWouldTakeFarMoreMemoryThanItsSize) {
  const auto error_of_list = [](const string& body) {
    FakeClient fake;
    fake.transport->add(200, body);
    return thrown<DecodeError>([&] { (void)fake.client.labels().list().to_vector(); });
  };
  string many = "{}";
  for (int i = 0; i < 200'000; ++i) many += ",{}";
  const auto error = error_of_list(R"({"data":{"labels":[)" + many + "]}}");
  EXPECT_TRUE(error.pointer().starts_with("/data/labels/")) << error.what();
  EXPECT_TRUE(contains(error.what(), "4 times its size")) << error.what();
  EXPECT_TRUE(contains(error.what(), "fewer items per page")) << error.what();

  FakeClient fake;
  string zeros = "0";
  for (int i = 0; i < 200'000; ++i) zeros += ",0";
  fake.transport->respond_with([&](const auto&) {
    return http::Response{200, {}, R"({"data":{"a":[)" + zeros + "]}}"};
  });
  const auto raw = thrown<DecodeError>([&] { (void)fake.client.call(http::Method::get, "/new"); });
  EXPECT_TRUE(raw.pointer().starts_with("/data/a/")) << raw.what();
}

TEST(AnUnreadableResponse, LeavesTheOutcomeOfAChangeUnknown) {
  EXPECT_FALSE(error_of(200, "<html>").outcome_unknown()) << "a GET changes nothing";
  FakeClient fake;
  fake.transport->add(201, "<html>");
  const auto error = thrown<DecodeError>([&] {
    (void)fake.client.sources().create(
        {.slug = "web", .enabled = true, .metadata_id = SourceMetadataId("m")});
  });
  EXPECT_TRUE(error.outcome_unknown());
  EXPECT_FALSE(error.retryable());
  EXPECT_EQ(fake.sent(), 1U);
}

// Lenient reading ---------------------------------------------------------------------------------

TEST(AResponse, IsReadDespiteMissingNullOrNewMembers) {
  FakeClient fake;
  fake.transport->add(200, R"({"new":1,"data":{"source":{"id":"s1","name":null,"labels":null,)"
                           R"("brandNew":{"a":[1,{}]}},"trackingPlanId":null,"other":[]}})");
  const SourceDetails details = fake.client.sources().get(SourceId("s1"));
  EXPECT_EQ(details.id, SourceId("s1"));
  EXPECT_EQ(details.name, std::nullopt);
  EXPECT_FALSE(details.enabled);
  EXPECT_TRUE(details.labels.empty());
  EXPECT_TRUE(details.tracking_plan_id.is_null());
}

// Operations that return nothing ------------------------------------------------------------------

TEST(AnOperationThatReturnsNothing, AcceptsAnEmptyResponse) {
  for (int status : {200, 202, 204}) {
    FakeClient fake;
    fake.transport->add(status, "");
    EXPECT_NO_THROW(fake.client.sources().remove(SourceId("s1"))) << status;
  }
}

TEST(AnOperationThatReturnsNothing, AcceptsABlankResponse) {
  for (const char* body : {" ", "\n", "\r\n", " \t\r\n "}) {
    FakeClient fake;
    fake.transport->add(200, body).add(200, body).add(200, body);
    EXPECT_NO_THROW(fake.client.sources().remove(SourceId("s1")));
    EXPECT_TRUE(fake.client.call(http::Method::post, "/new").is_null());
    const auto error =
        thrown<DecodeError>([&] { (void)fake.client.sources().get(SourceId("s1")); });
    EXPECT_TRUE(contains(error.what(), "is empty")) << error.what();
  }
}

TEST(AnOperationThatReturnsNothing, AcceptsSuccess) {
  FakeClient fake;
  fake.transport->add(200, string(a_success)).add(200, R"({"data":{"status":"SUCCESS","x":1}})");
  fake.transport->add(200, R"({"data":{"status":"Success"}})");
  EXPECT_NO_THROW(fake.client.sources().remove(SourceId("s1")));
  EXPECT_NO_THROW(fake.client.sources().remove(SourceId("s1")));
  EXPECT_NO_THROW(fake.client.sources().remove(SourceId("s1")));
}

TEST(AnOperationThatReturnsNothing, ThrowsOnAnyOtherStatus) {
  for (const char* status : {"FAILED", "SUCCESSFUL", "", "PENDING"}) {
    FakeClient fake;
    fake.transport->add(200, R"({"data":{"status":")" + string(status) + R"("}})");
    const auto error = thrown<ApiError>([&] { fake.client.sources().remove(SourceId("s1")); });
    EXPECT_EQ(error.status(), 200);
    EXPECT_TRUE(contains(error.what(), "\"" + string(status) + "\"")) << error.what();
    EXPECT_TRUE(contains(error.what(), "SUCCESS")) << error.what();
    EXPECT_FALSE(error.retryable());
    EXPECT_EQ(fake.sent(), 1U);
  }
}

TEST(AnOperationThatReturnsNothing, ThrowsOnAMalformedResponse) {
  for (const char* body : {"<html>", "{}", "[]", R"({"data":{"status":7}})"}) {
    FakeClient fake;
    fake.transport->add(200, body);
    const auto error = thrown<DecodeError>([&] { fake.client.sources().remove(SourceId("s1")); });
    EXPECT_TRUE(error.outcome_unknown()) << body;
  }
}

TEST(AStatusThatIsAValue, IsReturnedAsItCame) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"status":"NOT_CONNECTED"}})")
      .add(200, R"({"data":{"status":"HALF_CONNECTED"}})");
  const auto connect = [&] {
    return fake.client.warehouses().add_source_connection(WarehouseId("w"), SourceId("s"));
  };
  EXPECT_EQ(connect(), SourceConnectionStatus::not_connected);
  const SourceConnectionStatus odd = connect();
  EXPECT_FALSE(odd.is_known());
  EXPECT_EQ(odd.text(), "HALF_CONNECTED");
}

}  // namespace
}  // namespace segment::testing
