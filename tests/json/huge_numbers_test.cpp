// Numbers outside the range of a double, such as 1e400: they are an error only where a double or an
// integer is expected.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "json/numbers.hpp"
#include "json/typed/describe_members.hpp"
#include "reading.hpp"
#include "segment/api/types/destinations.hpp"
#include "segment/api/types/sources.hpp"
#include "segment/error.hpp"
#include "support/sanitizers.hpp"

namespace segment {
namespace {

const std::string four_hundred_digits(400, '9');

TEST(HugeNumbers, AreIgnoredInMembersThatNobodyReads) {
  const auto source = read<Source>(R"({"new":1e400,"id":"s","newer":[{"x":-1E+999},)" +
                                   four_hundred_digits + R"(],"slug":"web","newest":1.5e309})");
  EXPECT_EQ(source.id, SourceId("s"));
  EXPECT_EQ(source.slug, "web");
}

TEST(HugeNumbers, AreRefusedWithAPointerInMembersThatAreRead) {
  EXPECT_EQ(failure<DeliveryMetric>(R"({"new":1e400,"total":1e400})"),
            "/total is a number with a fraction or outside the range of 64 bits where an integer "
            "belongs");
  EXPECT_EQ(failure<std::vector<double>>("[0,1e308,-1e309]"),
            "/2 is a number outside the range of a double where a number belongs");
  EXPECT_EQ(failure<std::vector<double>>("[" + four_hundred_digits + "]"),
            "/0 is a number outside the range of a double where a number belongs");
  EXPECT_EQ(failure<Source>(R"({"slug":1e400})"), "/slug is a number where a string belongs");
}

TEST(HugeNumbers, KeepTheirTextInFreeFormJson) {
  const auto destination = read<Destination>(R"({"settings":{"a/b":[{},{"e":1e400}],"c":-2E999}})");
  EXPECT_EQ(to_json(destination).at("settings").dump(), R"({"a/b":[{},{"e":1e400}],"c":-2E999})");
  EXPECT_EQ(rewritten<ReverseEtlSchedule>(R"({"strategy":"x","config":{"odd":[1e400]}})"),
            R"({"strategy":"x","config":{"odd":[1e400]}})");
}

TEST(HugeNumbers, KeepTheirTextInParsedJson) {
  EXPECT_EQ(parsed(R"({"a":[1,-1e400]})").dump(), R"({"a":[1,-1e400]})");
}

TEST(HugeNumbers, AreOnlyThoseOutsideTheRangeOfADouble) {
  for (const char* text : {"1.7976931348623157e308", "-1.7976931348623157e308", "1e-400", "0e400",
                           "0.0e99999999999999999999", "0.00001e310", "5e-99999999999999999999",
                           "1e0000000000000000000000001"}) {
    EXPECT_EQ(failure<std::vector<double>>("[" + std::string(text) + "]"), "") << text;
    EXPECT_FALSE(detail::is_huge(text)) << text;
  }
  for (const char* text : {"1.7976931348623159e308", "1e309", "1E+309", "-2e308", "0.1e310",
                           "1e99999999999999999999", "1000e306"}) {
    EXPECT_TRUE(detail::is_huge(text)) << text;
    EXPECT_EQ(failure<Source>(R"({"new":)" + std::string(text) + "}"), "") << text;
  }
}

TEST(HugeNumbers, DoNotMakeInvalidJsonValid) {
  for (const char* text : {"1e999e5", "01e999", "-e999", "1.e999", ".5e999", "1e+", "+1e999",
                           "1e9-9", "--1e999", "1e999 1", "1e999,", "[1e999", "\"1e999"}) {
    EXPECT_NE(failure<Source>(R"({"new":)" + std::string(text) + "}"), "") << text;
  }
}

TEST(HugeNumbers, AreNotLookedForInStrings) {
  EXPECT_EQ(read<Source>(R"({"slug":"1e400 \"1e400","name":"\\","new":1e400})").slug,
            "1e400 \"1e400");
  EXPECT_EQ(parsed(R"(["\\",1,"1e400"])").dump(), R"(["\\",1,"1e400"])");
}

TEST(HugeNumbers, LeaveTheOtherNumbersInPlace) {
  using Map = std::map<std::string, Json>;
  const Source source = read<Source>(R"({"x":[1,2.5,1e400,18446744073709551615],"new":-1e400,
      "settings":{"a":1,"b":-2,"c":2.5,"d":18446744073709551615}})");
  EXPECT_EQ(source.settings->dump(), R"({"a":1,"b":-2,"c":2.5,"d":18446744073709551615})");
  EXPECT_EQ(read<Map>(R"({"a":1,"b":-1e400,"c":3})").at("b").dump(), "-1e400");
}

TEST(HugeNumbers, DoNotShiftThePositionInAnError) {
  EXPECT_EQ(failure<Source>(R"({"new":1e400,"slug":x})"),
            failure<Source>(R"({"new":1e300,"slug":x})"));
}

TEST(HugeNumbers, AreTakenOutInLinearTime) {
  std::string text = R"({"new":[0)";
  const int count = test::is_sanitized() ? 20'000 : 200'000;
  for (int i = 0; i < count; ++i) text += ",1e400";
  EXPECT_EQ(read<Source>(text + R"(],"slug":"web"})").slug, "web");
}

}  // namespace
}  // namespace segment
