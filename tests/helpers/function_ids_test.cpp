#include "segment/helpers/function_ids.hpp"

#include <gtest/gtest.h>

#include <string>
#include <type_traits>

#include "segment/error.hpp"

namespace segment {
namespace {

TEST(FunctionIds, OfInsertFunctionsNameTheirClassWithoutThePrefix) {
  EXPECT_EQ(insert_function_class(FunctionId("ifnd_65c2")), InsertFunctionClassId("65c2"));
  EXPECT_EQ(insert_function_class(FunctionId("ifns_ifnd_1")), InsertFunctionClassId("ifnd_1"));
}

TEST(FunctionIds, OfOtherKindsHaveNoClass) {
  for (const char* id : {"sfnc_1", "dfn_1", "sfn_1", "65c2", "ifnd_", "ifn", ""}) {
    try {
      static_cast<void>(insert_function_class(FunctionId(id)));
      ADD_FAILURE() << id;
    } catch (const InvalidArgumentError& error) {
      EXPECT_NE(std::string(error.what()).find("`ifnd_`"), std::string::npos) << error.what();
    }
  }
}

TEST(FunctionIds, OfSourceFunctionInstancesAreMadeFromTheSource) {
  EXPECT_EQ(source_function_instance(SourceId("rh5B")), SourceFunctionInstanceId("sfn_rh5B"));
  EXPECT_THROW(static_cast<void>(source_function_instance(SourceId())), InvalidArgumentError);
}

TEST(FunctionIds, OfDifferentKindsCannotBeConfused) {
  static_assert(!std::is_convertible_v<FunctionId, SourceFunctionInstanceId>);
  static_assert(!std::is_constructible_v<SourceFunctionInstanceId, FunctionId>);
  static_assert(!std::is_constructible_v<InsertFunctionClassId, FunctionId>);
  static_assert(!std::is_constructible_v<SourceFunctionInstanceId, SourceId>);
}

}  // namespace
}  // namespace segment
