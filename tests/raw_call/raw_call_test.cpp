#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "segment/segment.hpp"
#include "segment/testing/fake_transport.hpp"
#include "segment/testing/manual_clock.hpp"

namespace {

using segment::Json;
using segment::http::Method;
using segment::testing::FakeTransport;

class RawCall : public ::testing::Test {
 protected:
  std::shared_ptr<FakeTransport> transport_ = std::make_shared<FakeTransport>();
  segment::Client client_{{.token = segment::Token("sgp_secret"),
                           .transport = transport_,
                           .clock = std::make_shared<segment::testing::ManualClock>()}};
};

TEST_F(RawCall, ReturnsWhatStandsUnderData) {
  transport_->add(200, R"({"data":{"moon":{"phase":3}}})");
  const Json data = client_.call(Method::get, "/moons/m1", {{"pagination.count", "5"}});
  EXPECT_EQ(data.at("moon").at("phase").as_integer(), 3);
  const auto request = transport_->last_request();
  EXPECT_EQ(request.url, "https://api.segmentapis.com/moons/m1?pagination.count=5");
  EXPECT_EQ(*request.headers.find("Authorization"), "Bearer sgp_secret");
  EXPECT_EQ(*request.headers.find("Accept"), "application/json");
  EXPECT_FALSE(request.body);
}

TEST_F(RawCall, SendsItsBodyAndAsksForTheVersionThatTheCallerNames) {
  transport_->add(200, R"({"data":{}})");
  client_.call(Method::post, "/moons", {}, Json::object({{"name", "Io"}}),
               {.version = segment::ApiVersion::beta});
  const auto request = transport_->last_request();
  EXPECT_EQ(*request.body, R"({"name":"Io"})");
  EXPECT_EQ(*request.headers.find("Content-Type"), "application/vnd.segment.v1beta+json");
}

TEST_F(RawCall, IsNullWhereTheAnswerIsEmpty) {
  transport_->add(204, "");
  EXPECT_TRUE(client_.call(Method::delete_, "/moons/m1").is_null());
}

TEST_F(RawCall, GoesThroughTheSameErrorsAndRetries) {
  transport_->add(503, "busy").add(404, R"({"errors":[{"message":"no moon"}]})");
  EXPECT_THROW(client_.call(Method::get, "/moons/m1"), segment::NotFoundError);
  EXPECT_EQ(transport_->requests().size(), 2U);

  transport_->add(503, "busy");
  EXPECT_THROW(client_.call(Method::post, "/moons"), segment::ServerError);
  EXPECT_EQ(transport_->requests().size(), 3U) << "a POST was sent again";
}

TEST_F(RawCall, KeepsThePathOutOfItsMessages) {
  transport_->add(404, "");
  try {
    client_.call(Method::get, "/keys/very-secret");
    FAIL();
  } catch (const segment::Error& error) {
    EXPECT_EQ(std::string(error.what()).find("very-secret"), std::string::npos);
  }
}

TEST_F(RawCall, RefusesAPathThatCouldLeadElsewhere) {
  for (const char* path : {"", "moons", "//../x", "/moons/..", "/moons/./x", "/moons?x=1", "/a b",
                           "/moons#x", "/\xC3\xA9", "/a\\b", "/a\r\nHost: evil"}) {
    EXPECT_THROW(client_.call(Method::get, path), segment::InvalidArgumentError) << path;
  }
  EXPECT_TRUE(transport_->requests().empty());
}

TEST(MinimumStability, RefusesOperationsThatAreLessStable) {
  auto transport = std::make_shared<FakeTransport>();
  const segment::Client client({.token = segment::Token("t"),
                                .minimum_stability = segment::ApiVersion::v1,
                                .transport = transport});
  EXPECT_THROW(client.sources().create_write_key(segment::SourceId("s")),
               segment::InvalidArgumentError);
  EXPECT_THROW(client.labels().list({.version = segment::ApiVersion::beta}),
               segment::InvalidArgumentError);
  EXPECT_TRUE(transport->requests().empty());
  transport->add(200, R"({"data":{"labels":[]}})");
  EXPECT_TRUE(client.labels().list().empty());
}

TEST(Operations, TellTheirFactsAsConstants) {
  namespace operations = segment::operations;
  static_assert(operations::sources::create_write_key.stability() == segment::ApiVersion::alpha);
  static_assert(operations::labels::create.rate_limit.requests == 60);
  static_assert(operations::labels::create.rate_limit.per == segment::RatePeriod::minute);
  static_assert(!operations::sources::create.may_be_resent);
  static_assert(operations::sources::remove.may_be_resent);
  EXPECT_EQ(operations::sources::get.path, "/sources/{sourceId}");
  EXPECT_EQ(operations::sources::create.audit_events.front(), "Source Created");
  EXPECT_EQ(operations::tracking_plans::create.required_feature, "Protocols");
  EXPECT_EQ(operations::all().size(), 201U);
}

}  // namespace
