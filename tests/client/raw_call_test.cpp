// A call by verb and path, for operations without a method in the library.
#include <gtest/gtest.h>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;

TEST(ARawCall, SendsWhatItIsGivenAndReturnsTheData) {
  FakeClient fake;
  fake.transport->add(201, R"({"data":{"thing":{"id":7}}})");
  const Json data = fake.client.call(http::Method::post, "/things/a%2Fb", {{"dry run", "true"}},
                                     Json::object({{"name", "n"}}));
  EXPECT_EQ(data, Json::parse(R"({"thing":{"id":7}})"));
  EXPECT_EQ(fake.transport->last_request().method, http::Method::post);
  EXPECT_EQ(fake.target(), "/things/a%2Fb?dry%20run=true");
  EXPECT_EQ(fake.body(), R"({"name":"n"})");
  EXPECT_EQ(fake.header("Accept"), "application/json");
  EXPECT_EQ(fake.header("Content-Type"), "application/json");
  EXPECT_EQ(fake.header("Authorization"), "Bearer " + string(test_token));
}

TEST(ARawCall, RequestsTheVersionThatItIsGiven) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{}})");
  (void)fake.client.call(http::Method::get, "/things", {}, {}, {.version = ApiVersion::alpha});
  EXPECT_EQ(fake.header("Accept"), "application/vnd.segment.v1alpha+json");
  EXPECT_EQ(fake.body(), "(no body)");
}

TEST(ARawCall, UsesTheExtrasOfItsOptions) {
  FakeClient fake;
  fake.transport->respond_with([](const auto&) {
    return http::Response{200, {}, R"({"data":1})"};
  });
  const CallOptions extras = {.query = {{"b", "3"}, {"c", "4"}},
                              .body = Json::object({{"y", 3}, {"z", 4}})};
  EXPECT_EQ(fake.client.call(http::Method::put, "/things", {{"a", "1"}, {"b", "2"}},
                             Json::object({{"x", 1}, {"y", 2}}), extras),
            Json(1));
  EXPECT_EQ(fake.target(), "/things?a=1&b=3&c=4");
  EXPECT_EQ(fake.body(), R"({"x":1,"y":3,"z":4})");
  (void)fake.client.call(http::Method::put, "/things", {}, {}, extras);
  EXPECT_EQ(fake.body(), R"({"y":3,"z":4})");
  EXPECT_THROW((void)fake.client.call(http::Method::put, "/things", {}, Json::array({1}), extras),
               InvalidArgumentError);
}

TEST(ARawCall, IsRetriedIfThatIsSafe) {
  for (http::Method method : {http::Method::get, http::Method::put, http::Method::delete_}) {
    FakeClient fake;
    fake.transport->add(broken()).add(503, "").add(200, R"({"data":null})");
    EXPECT_NO_THROW((void)fake.client.call(method, "/things")) << http::to_string(method);
    EXPECT_EQ(fake.sent(), 3U);
  }
  for (http::Method method : {http::Method::post, http::Method::patch}) {
    FakeClient fake;
    fake.transport->add(broken());
    EXPECT_THROW((void)fake.client.call(method, "/things"), TransportError);
    EXPECT_EQ(fake.sent(), 1U);
  }
}

TEST(ARawCall, ReturnsNullForAnEmptyResponse) {
  FakeClient fake;
  fake.transport->add(204, "");
  EXPECT_TRUE(fake.client.call(http::Method::delete_, "/things/1").is_null());
}

TEST(ARawCall, FailsLikeEveryCallAndDoesNotQuoteItsPath) {
  FakeClient fake;
  fake.transport->add(404, R"({"errors":[{"message":"no such thing"}]})");
  const auto error = thrown<NotFoundError>(
      [&] { (void)fake.client.call(http::Method::get, "/things/a-write-key"); });
  EXPECT_TRUE(contains(error.what(), "no such thing")) << error.what();
  EXPECT_FALSE(contains(error.what(), "a-write-key")) << error.what();
}

TEST(ARawCall, AcceptsHarmlessEscapesAndDots) {
  for (const string path : {"/things/a%2Fb", "/things/100%25", "/things/a.b", "/things/...",
                            "/things/..a", "/things/a;b", "/things/%E2%80%A2"}) {
    FakeClient fake;
    fake.transport->add(200, R"({"data":{}})");
    (void)fake.client.call(http::Method::get, path);
    EXPECT_EQ(fake.target(), path);
  }
}

TEST(ARawCall, ReportsAPercentSignThatDoesNotStartAnEscape) {
  for (const string path : {"/a/%", "/a/%2", "/a/%zz", "/a/%4g"}) {
    FakeClient fake;
    const auto error =
        thrown<InvalidArgumentError>([&] { (void)fake.client.call(http::Method::get, path); });
    EXPECT_TRUE(contains(error.what(), "does not start an escape")) << error.what();
  }
}

TEST(ARawCall, RefusesEscapesThatAreEscapedTooOften) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{}})");
  string path = "/a/%";
  for (int i = 0; i < 8; ++i) path += "25";
  (void)fake.client.call(http::Method::get, path);
  for (int i = 0; i < 500'000; ++i) path += "25";
  EXPECT_THROW((void)fake.client.call(http::Method::get, path), InvalidArgumentError);
  EXPECT_EQ(fake.sent(), 1U);
}

class APathThatCouldLeadElsewhere : public ::testing::TestWithParam<string> {};

TEST_P(APathThatCouldLeadElsewhere, IsRefusedBeforeAnythingIsSent) {
  FakeClient fake;
  EXPECT_THROW((void)fake.client.call(http::Method::get, GetParam()), InvalidArgumentError);
  EXPECT_EQ(fake.sent(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Of, APathThatCouldLeadElsewhere,
                         ::testing::Values("", "things", "@evil.example/", ".evil.example/",
                                           ":8080/", "/a/../b", "/..", "/./a", "/a/.", "/a?b=c",
                                           "/a#b", "/a b", "/a\r\nX: y", "/a\\b", "/\xc3\xa4",
                                           "/sources/%2e%2e/x", "/a/%2E./b", "/a/.%2e", "/a/%2e",
                                           "/a/%252e%252e/b", "/a/x%2f..%2fb", "/a/x%5c..%5cb",
                                           "//h/x", "/a//b", "/a/", "/", "/a/..;/b", "/a/..;p=1/b",
                                           "/a/.;/b", "/a/%2e%2e%3b/b", "/a/%", "/a/%2", "/a/%zz",
                                           "/a/%0d%0aX:y", "/a/%00", string("/a\0b", 4)));

}  // namespace
}  // namespace segment::testing
