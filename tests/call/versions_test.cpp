// Versions of one operation: which is requested, and which is refused before anything is sent.
#include <gtest/gtest.h>

#include <string>
#include <type_traits>

#include "segment/nothrow_client.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;

const WarehouseId the_warehouse{"w"};

TEST(AVersion, WithItsOwnTypesHasItsOwnMethod) {
  FakeClient fake;
  static_assert(std::is_same_v<decltype(fake.client.warehouses().get(the_warehouse)), Warehouse>);
  static_assert(
      std::is_same_v<decltype(fake.client.warehouses_v2().get(the_warehouse)), WarehouseV2>);
  fake.transport->add(200,
                      R"({"data":{"warehouse":{"id":"w","credentialId":"c","createdAt":null}}})");
  const WarehouseV2 changed =
      fake.client.warehouses_v2().update(the_warehouse, {.credential_id = CredentialId("c")});
  EXPECT_EQ(changed.credential_id, CredentialId("c"));
  EXPECT_TRUE(changed.created_at.is_null());
  EXPECT_EQ(fake.header("Accept"), "application/vnd.segment.v2+json");
  EXPECT_EQ(fake.header("Content-Type"), "application/vnd.segment.v2+json");
  EXPECT_EQ(fake.body(), R"({"credentialId":"c"})");
}

TEST(AVersion, IsV1ForAMethodThatExistedBeforeV2) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"warehouse":{"id":"w"}}})");
  (void)fake.client.warehouses().get(the_warehouse);
  EXPECT_EQ(fake.header("Accept"), "application/vnd.segment.v1+json");
}

TEST(AVersion, IsRefusedOnAnotherVersionsMethodNamingItsOwn) {
  FakeClient fake;
  const auto refused = [](const auto& call) {
    return string(thrown<InvalidArgumentError>(call).what());
  };
  const string of_v2 = refused(
      [&] { (void)fake.client.warehouses().get(the_warehouse, {.version = ApiVersion::v2}); });
  EXPECT_TRUE(contains(of_v2, "getWarehouse")) << of_v2;
  EXPECT_TRUE(contains(of_v2, "warehouses_v2().get()")) << of_v2;
  const string of_v1 = refused(
      [&] { (void)fake.client.warehouses_v2().get(the_warehouse, {.version = ApiVersion::v1}); });
  EXPECT_TRUE(contains(of_v1, "warehouses().get()")) << of_v1;
  const string of_alpha = refused([&] {
    (void)fake.client.sources().create(
        {.slug = "s", .enabled = true, .metadata_id = SourceMetadataId("m")},
        {.version = ApiVersion::alpha});
  });
  EXPECT_TRUE(contains(of_alpha, "sources_alpha().create()")) << of_alpha;
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(AVersion, IsRefusedByEveryFrontAlike) {
  FakeClient fake;
  const auto result = fake.client.nothrow().warehouses().list_page({}, {.version = ApiVersion::v2});
  ASSERT_NE(result.error_as<InvalidArgumentError>(), nullptr);
  EXPECT_TRUE(contains(result.error_as<InvalidArgumentError>()->what(), "warehouses_v2().list()"));
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(AVersion, CannotBeRequestedByAHeader) {
  FakeClient fake;
  for (const auto* name : {"Accept", "content-type"}) {
    const http::Header header{name, "application/vnd.segment.v2+json"};
    const auto error = thrown<InvalidArgumentError>(
        [&] { (void)fake.client.warehouses().get(the_warehouse, {.headers = {header}}); });
    EXPECT_TRUE(contains(error.what(), "CallOptions::version")) << error.what();
    thrown<ConfigurationError>([&] {
      FakeClient of_client({.headers = {header}});
      (void)of_client.client.warehouses().get(the_warehouse);
    });
  }
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(AVersion, TwoIsAsStableAsOne) {
  FakeClient fake({.minimum_stability = ApiVersion::v1});
  fake.transport->add(200, R"({"data":{"warehouse":{"id":"w"}}})");
  EXPECT_NO_THROW((void)fake.client.warehouses_v2().get(the_warehouse));
  EXPECT_THROW((void)fake.client.transformations_beta().get(TransformationId("t")),
               InvalidArgumentError);
  EXPECT_EQ(fake.sent(), 1U);
  static_assert(!is_less_stable(ApiVersion::v2, ApiVersion::v1));
  static_assert(!is_less_stable(ApiVersion::v1, ApiVersion::v2));
  static_assert(is_less_stable(ApiVersion::beta, ApiVersion::v2));
  static_assert(is_less_stable(ApiVersion::alpha, ApiVersion::beta));
}

}  // namespace
}  // namespace segment::testing
