#include <gtest/gtest.h>

#include <memory>

#include "segment/api/operations.hpp"
#include "segment/segment.hpp"
#include "segment/testing/fake_transport.hpp"

namespace {

using segment::testing::FakeTransport;

TEST(MinimumStability, RefusesOperationsThatAreLessStable) {
  auto transport = std::make_shared<FakeTransport>();
  const segment::Client client({.token = segment::Token("t"),
                                .minimum_stability = segment::ApiVersion::v1,
                                .transport = transport});
  EXPECT_THROW(client.sources().create_write_key(segment::SourceId("s")),
               segment::InvalidArgumentError);
  EXPECT_THROW((void)client.labels().list({.version = segment::ApiVersion::beta}).to_vector(),
               segment::InvalidArgumentError);
  EXPECT_TRUE(transport->requests().empty());
  transport->add(200, R"({"data":{"labels":[]}})");
  EXPECT_TRUE(client.labels().list().to_vector().empty());
}

TEST(Operations, HaveTheirFactsAsConstants) {
  namespace operations = segment::operations;
  EXPECT_EQ(operations::sources::create_write_key.stability(), segment::ApiVersion::alpha);
  EXPECT_EQ(operations::labels::create.rate_limit.requests, 60);
  EXPECT_EQ(operations::labels::create.rate_limit.per, segment::RatePeriod::minute);
  EXPECT_FALSE(operations::sources::create.idempotent);
  EXPECT_TRUE(operations::sources::remove.idempotent);
  EXPECT_EQ(operations::sources::get.path, "/sources/{sourceId}");
  EXPECT_EQ(operations::sources::create.audit_events.front(), "Source Created");
  EXPECT_EQ(operations::tracking_plans::create.required_feature, "Protocols");
  EXPECT_GT(operations::all().size(), 200U);
}

}  // namespace
