// What a call sends: method, URL and headers.
#include <gtest/gtest.h>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;

TEST(ARequest, GoesToTheUsAddressByDefault) {
  FakeClient fake;
  fake.transport->add(200, string(a_source));
  (void)fake.client.sources().get(SourceId("s1"));
  const http::Request request = fake.transport->last_request();
  EXPECT_EQ(request.url, "https://api.segmentapis.com/sources/s1");
  EXPECT_EQ(request.method, http::Method::get);
}

TEST(ARequest, GoesToTheEuAddressForTheEuRegion) {
  FakeClient fake({.region = Region::eu});
  fake.transport->add(200, string(a_source));
  (void)fake.client.sources().get(SourceId("s1"));
  EXPECT_EQ(fake.transport->last_request().url, "https://eu1.api.segmentapis.com/sources/s1");
}

TEST(ARequest, GoesToAGivenBaseUrlWhateverTheRegion) {
  FakeClient fake({.region = Region::eu, .base_url = "https://gateway.example:8443/segment/"});
  fake.transport->add(200, string(a_source));
  (void)fake.client.sources().get(SourceId("s1"));
  EXPECT_EQ(fake.transport->last_request().url, "https://gateway.example:8443/segment/sources/s1");
}

TEST(ARequest, ToTheRootOfTheApiEndsInASlash) {
  FakeClient fake;
  fake.transport->add(200, string(a_workspace));
  EXPECT_EQ(fake.client.workspaces().get().slug, "acme");
  EXPECT_EQ(fake.transport->last_request().url, "https://api.segmentapis.com/");
}

TEST(ARequest, WithoutABodyAsksForTheMostStableVersionAndHasNoContentType) {
  FakeClient fake;
  fake.transport->add(200, string(a_source));
  (void)fake.client.sources().get(SourceId("s1"));
  EXPECT_EQ(fake.header("Accept"), "application/vnd.segment.v1+json");
  EXPECT_EQ(fake.header("Content-Type"), "(no header)");
  EXPECT_EQ(fake.body(), "(no body)");
}

TEST(ARequest, WithABodyNamesTheVersionInContentTypeToo) {
  FakeClient fake;
  fake.transport->add(200, string(a_source));
  (void)fake.client.sources().update(SourceId("s1"), {.name = "n"});
  EXPECT_EQ(fake.transport->last_request().method, http::Method::patch);
  EXPECT_EQ(fake.header("Accept"), "application/vnd.segment.v1+json");
  EXPECT_EQ(fake.header("Content-Type"), "application/vnd.segment.v1+json");
}

TEST(ARequest, AsksForTheVersionThatTheCallNames) {
  FakeClient fake;
  fake.transport->respond_with([](const auto&) {
    return http::Response{200, {}, string(a_source)};
  });
  (void)fake.client.sources().update(SourceId("s1"), {}, {.version = ApiVersion::beta});
  EXPECT_EQ(fake.header("Accept"), "application/vnd.segment.v1beta+json");
  EXPECT_EQ(fake.header("Content-Type"), "application/vnd.segment.v1beta+json");
  (void)fake.client.sources().update(SourceId("s1"), {}, {.version = ApiVersion::alpha});
  EXPECT_EQ(fake.header("Accept"), "application/vnd.segment.v1alpha+json");
  EXPECT_EQ(fake.header("Content-Type"), "application/vnd.segment.v1alpha+json");
}

TEST(ARequest, ForAVersionThatTheOperationLacksIsNotSent) {
  FakeClient fake;
  const auto error = thrown<InvalidArgumentError>(
      [&] { (void)fake.client.testing().echo({.message = "hi"}, {.version = ApiVersion::beta}); });
  EXPECT_EQ(error.operation(), "echo");
  EXPECT_EQ(error.attempts(), 0);
  EXPECT_TRUE(contains(error.what(), "beta")) << error.what();
  EXPECT_TRUE(contains(error.what(), "v1, alpha")) << error.what();
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(ARequest, LessStableThanTheClientAllowsIsNotSent) {
  FakeClient fake({.minimum_stability = ApiVersion::v1});
  const auto error = thrown<InvalidArgumentError>(
      [&] { (void)fake.client.sources().get(SourceId("s1"), {.version = ApiVersion::alpha}); });
  EXPECT_TRUE(contains(error.what(), "alpha")) << error.what();
  EXPECT_EQ(fake.sent(), 0U);

  fake.transport->add(200, string(a_source));
  EXPECT_NO_THROW((void)fake.client.sources().get(SourceId("s1"), {.version = ApiVersion::v1}));
}

TEST(ARequest, CarriesTheLimitsOfTheClient) {
  FakeClient fake({.timeouts = {.connect = std::chrono::seconds(3),
                                .per_attempt = std::chrono::seconds(7),
                                .stall = std::chrono::seconds(5)},
                   .max_response_bytes = 1000});
  fake.transport->add(200, string(a_workspace));
  (void)fake.client.workspaces().get();
  const http::Limits limits = fake.transport->last_request().limits;
  EXPECT_EQ(limits.connect_timeout, std::chrono::seconds(3));
  EXPECT_EQ(limits.attempt_timeout, std::chrono::seconds(7));
  EXPECT_EQ(limits.stall_timeout, std::chrono::seconds(5));
  EXPECT_EQ(limits.max_response_bytes, 1000U);
}

TEST(ARequest, TellsTheTransportWhetherItIsIdempotent) {
  FakeClient fake;
  fake.transport->respond_with([](const auto&) {
    return http::Response{200, {}, string(a_source)};
  });
  (void)fake.client.sources().get(SourceId("s1"));
  EXPECT_TRUE(fake.transport->last_request().idempotent);
  (void)fake.client.sources().create_write_key(SourceId("s1"));
  EXPECT_FALSE(fake.transport->last_request().idempotent);
  (void)fake.client.sources().create_write_key(SourceId("s1"), {.idempotent = true});
  EXPECT_TRUE(fake.transport->last_request().idempotent);
}

// Every status that starts with a 2 is a success.
TEST(AResponse, WithAny2xxIsASuccess) {
  for (int status : {200, 201, 202, 203, 206, 299}) {
    FakeClient fake;
    fake.transport->add(status, string(a_workspace));
    EXPECT_EQ(fake.client.workspaces().get().name, "Acme") << status;
  }
}

}  // namespace
}  // namespace segment::testing
