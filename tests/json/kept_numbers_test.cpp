// A number that neither 64 bits nor a double can hold without loss keeps its text.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "both_readers.hpp"
#include "json/numbers.hpp"
#include "reading.hpp"
#include "segment/api/types/destinations.hpp"
#include "segment/error.hpp"
#include "segment/nlohmann.hpp"

namespace segment {
namespace {

const char* const too_much_for_a_double[] = {"123456789012345678901234567890",
                                             "-18446744073709551616",
                                             "9007199254740993.0",
                                             "1e-400",
                                             "-1e-400",
                                             "1e400",
                                             "-1E+400",
                                             "1.00000000000000000000000001",
                                             "0.1000000000000000055511",
                                             "9223372036854775807.0",
                                             "1e99999999999999999999",
                                             "1e-99999999999999999999",
                                             "3.14159265358979323846264338327950288"};

TEST(ANumberThatDoesNotFit, IsWrittenBackAsItCame) {
  for (const char* text : too_much_for_a_double) {
    EXPECT_EQ(parsed(text).dump(), text);
    const std::string settings = R"({"settings":{"a":[)" + std::string(text) + R"(,"x"]}})";
    EXPECT_EQ(to_json(read<Destination>(settings)).at("settings").dump(),
              R"({"a":[)" + std::string(text) + R"(,"x"]})");
    EXPECT_EQ(from_json<Destination>(parsed(settings)).settings.dump(),
              R"({"a":[)" + std::string(text) + R"(,"x"]})");
  }
}

TEST(ANumberThatDoesNotFit, IsKeptWhereverItAppearsInTheText) {
  for (const char* text :
       {"0.1000000000000000055511", "9007199254740993.0", "1e-400", "0.12345678901234567"}) {
    for (std::size_t before = 0; before < 40; ++before) {
      const std::string json =
          "[\"" + std::string(before, '7') + "\",0.5,1e3,0.0," + std::string(text) + ",2.5]";
      EXPECT_EQ(parsed(json).as_array()[4].dump(), text) << json;
    }
  }
}

TEST(AWholeNumberWithAnExponent, IsTheSameIntegerToEveryReader) {
  for (const char* text :
       {"999999999999e6", "900719925475e6", "1e15", "1e18", "5e-1", "90071992547409.9e1"}) {
    expect_readers_agree("[0.5," + std::string(text) + "]");
  }
}

TEST(ANumberThatFits, IsWrittenInItsShortestForm) {
  const std::pair<const char*, const char*> forms[] = {
      {"5.0", "5"},
      {"1e3", "1000"},
      {"0.1", "0.1"},
      {"1E-7", "1e-07"},
      {"2.50000000000000000000000", "2.5"},
      {"0e400", "0"},
      {"1e22", "1e+22"},
      {"-0.0", "-0.0"},
      {"1.7976931348623157e308", "1.7976931348623157e+308"}};
  for (const auto& [text, written] : forms) {
    const Json json = parsed(text);
    EXPECT_EQ(Json::parse(json.dump()), json) << text;
    EXPECT_EQ(json.dump(), written) << text;
  }
}

TEST(ANumberThatDoesNotFit, IsANumber) {
  for (const char* text : too_much_for_a_double) {
    const Json json = parsed(text);
    EXPECT_EQ(json.kind(), "number") << text;
    EXPECT_TRUE(json.is_number()) << text;
    EXPECT_FALSE(json.is_string()) << text;
  }
  EXPECT_EQ(parsed("123456789012345678901234567890").as_number(), 123456789012345678901234567890.0);
  EXPECT_EQ(parsed("1e-400").as_number(), 0);
  EXPECT_EQ(parsed("1e400").as_number(), HUGE_VAL);
  EXPECT_EQ(parsed("-1e400").as_number(), -HUGE_VAL);
}

TEST(ANumberThatDoesNotFit, IsAnIntegerIfItIsWholeAndFitsIn64Bits) {
  EXPECT_EQ(parsed("9007199254740993.0").as_integer(), 9007199254740993);
  EXPECT_EQ(parsed("9223372036854775807.0").as_integer(), INT64_MAX);
  EXPECT_EQ(parsed("900719925474099.30e1").as_integer(), 9007199254740993);
  EXPECT_FALSE(parsed("9223372036854775808.5").is_integer());
  EXPECT_THROW(static_cast<void>(parsed("1e400").as_integer()), InvalidArgumentError);
  EXPECT_THROW(static_cast<void>(parsed("1e-400").as_integer()), InvalidArgumentError);
}

TEST(ANumberThatDoesNotFit, ComparesByItsValue) {
  EXPECT_EQ(parsed("9007199254740993.0"), Json(9007199254740993));
  EXPECT_EQ(Json(9007199254740993), parsed("9007199254740993.0"));
  EXPECT_NE(parsed("9007199254740993.0"), Json(9007199254740992.0));
  EXPECT_EQ(parsed("1e400"), parsed("10E399"));
  EXPECT_NE(parsed("1e400"), parsed("-1e400"));
  EXPECT_NE(parsed("1e400"), parsed("1e401"));
  EXPECT_EQ(parsed("1e99999999999999999999"), parsed("1e99999999999999999999"));
  EXPECT_NE(parsed("1e99999999999999999999"), parsed("1e99999999999999999998"));
  EXPECT_NE(parsed("1e-400"), Json(0));
}

TEST(ANumberThatDoesNotFit, IsPassedToAVisitorAsText) {
  std::string text;
  parsed("1e400").visit([&](const auto& value) {
    if constexpr (std::is_same_v<std::decay_t<decltype(value)>, Json::NumberText>) {
      text = value.text();
    }
  });
  EXPECT_EQ(text, "1e400");
}

TEST(ANumberThatDoesNotFit, IsTheNearestDoubleInNlohmannIfThereIsOne) {
  EXPECT_EQ(to_nlohmann(parsed("9007199254740993.0")).get<double>(), 9007199254740992.0);
  EXPECT_THROW(static_cast<void>(to_nlohmann(parsed("[1e400]"))), InvalidArgumentError);
}

TEST(ADecimal, FollowsTheJsonGrammar) {
  for (const char* text : {"", "-", "+1", "01", "1.", ".5", "1e", "1e+", "1 ", "0x1", "1.5.5"}) {
    EXPECT_FALSE(detail::Decimal::read(text)) << text;
  }
  EXPECT_EQ(detail::Decimal::read("100"), detail::Decimal::read("1e2"));
  EXPECT_EQ(detail::Decimal::read("0.010"), detail::Decimal::read("10e-3"));
  EXPECT_EQ(detail::Decimal::read("0e7"), detail::Decimal::read("0.00"));
  EXPECT_EQ(detail::Decimal::read("-12.5")->nearest(), -12.5);
}

}  // namespace
}  // namespace segment
