#include "timed.hpp"

namespace segment::sandbox::test {
namespace {

class SandboxTransformations : public TimedSandbox {
 protected:
  CreateTransformation body(const SourceId& from) const {
    return {.name = "One name",
            .source_id = from,
            .enabled = true,
            .condition = "event='Order placed'",
            .property_renames = {{{.old_name = "sku", .new_name = "product"}}}};
  }
};

TEST_F(SandboxTransformations, AreKeptUntilTheyAreDeleted) {
  const Transformation made = client.transformations().create(body(source().id));
  EXPECT_EQ(made.property_renames->front().new_name, "product");
  const Transformation changed =
      client.transformations().update(made.id, {.enabled = false, .drop = true});
  EXPECT_FALSE(changed.enabled);
  EXPECT_EQ(changed.drop, true);
  EXPECT_EQ(changed.condition, "event='Order placed'");
  EXPECT_EQ(client.transformations().get(made.id), changed);
  EXPECT_EQ(all(client.transformations().list()).size(), 1U);
  client.transformations().remove(made.id);
  EXPECT_TRUE(all(client.transformations().list()).empty());
}

TEST_F(SandboxTransformations, AreReportedAsForbiddenIfMissing) {
  const TransformationId none{"none"};
  EXPECT_THROW(client.transformations().get(none), PermissionDeniedError);
  EXPECT_THROW(client.transformations().update(none, {.enabled = true}), PermissionDeniedError);
  EXPECT_THROW(client.transformations().remove(none), PermissionDeniedError);
}

TEST_F(SandboxTransformations, ReferToExistingResourcesAndObserveTheirLimits) {
  const auto refused = [&](const CreateTransformation& wrong) {
    return refused_field([&] { client.transformations().create(wrong); });
  };
  EXPECT_EQ(refused(body(SourceId{"none"})), "sourceId");
  CreateTransformation wrong = body(source().id);
  wrong.destination_metadata_id = DestinationMetadataId{"none"};
  EXPECT_EQ(refused(wrong), "destinationMetadataId");
  wrong.destination_metadata_id.reset();
  wrong.property_value_transformations = {
      {{.property_paths = std::vector<std::string>(11, "x"), .property_value = "y"}}};
  EXPECT_EQ(refused(wrong), "propertyValueTransformations");
  wrong.property_value_transformations.reset();
  wrong.fql_defined_properties =
      std::vector<FqlDefinedProperty>(2, FqlDefinedProperty{.fql = "a", .property_name = "b"});
  EXPECT_EQ(refused(wrong), "fqlDefinedProperties");
}

}  // namespace
}  // namespace segment::sandbox::test
