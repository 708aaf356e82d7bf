// Counts and epoch times are 64-bit integers, however the server writes them.
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "json/typed/describe_members.hpp"
#include "reading.hpp"
#include "segment/api/types/catalog.hpp"
#include "segment/api/types/destinations.hpp"
#include "segment/error.hpp"

namespace segment {
namespace {

// The integer that this text is read as in a member of a response; nothing if it is refused.
std::optional<std::int64_t> integer(std::string_view text) {
  try {
    return read<DeliveryMetric>(R"({"total":)" + std::string(text) + "}").total;
  } catch (const detail::BadJson& bad) {
    EXPECT_EQ(bad.pointer, "/total");
    return std::nullopt;
  }
}

TEST(Integers, SpanTheFullRangeOf64Bits) {
  EXPECT_EQ(integer("0"), 0);
  EXPECT_EQ(integer("-0"), 0);
  EXPECT_EQ(integer("9223372036854775807"), INT64_MAX);
  EXPECT_EQ(integer("-9223372036854775808"), INT64_MIN);
  EXPECT_EQ(integer("4294967296"), 4294967296);
}

TEST(Integers, MayBeWrittenWithADecimalPointOrAnExponent) {
  EXPECT_EQ(integer("5.0"), 5);
  EXPECT_EQ(integer("5.000"), 5);
  EXPECT_EQ(integer("-7.0"), -7);
  EXPECT_EQ(integer("1e3"), 1000);
  EXPECT_EQ(integer("1E+3"), 1000);
  EXPECT_EQ(integer("1.5e1"), 15);
  EXPECT_EQ(integer("50e-1"), 5);
  EXPECT_EQ(integer("-0.0"), 0);
}

TEST(Integers, KeepEveryDigitWhereADoubleWouldNot) {
  EXPECT_EQ(integer("9007199254740993.0"), 9007199254740993);
  EXPECT_EQ(integer("9223372036854775807.0"), INT64_MAX);
  EXPECT_EQ(integer("-9223372036854775808.0"), INT64_MIN);
}

TEST(Integers, HaveNoFraction) {
  EXPECT_EQ(integer("5.5"), std::nullopt);
  EXPECT_EQ(integer("1e-1"), std::nullopt);
  EXPECT_EQ(integer("0.9999999999999999999999"), std::nullopt);
  EXPECT_EQ(integer("5.00000000000000000000001"), std::nullopt);
  EXPECT_EQ(integer("9007199254740993.5"), std::nullopt);
}

TEST(Integers, HaveNoMoreThan64Bits) {
  EXPECT_EQ(integer("9223372036854775808"), std::nullopt);
  EXPECT_EQ(integer("-9223372036854775809"), std::nullopt);
  EXPECT_EQ(integer("18446744073709551615"), std::nullopt);
  EXPECT_EQ(integer("18446744073709551616"), std::nullopt);
  EXPECT_EQ(integer("9223372036854775808.0"), std::nullopt);
  EXPECT_EQ(integer("1e19"), std::nullopt);
  EXPECT_EQ(integer("-1e300"), std::nullopt);
}

TEST(Integers, AreNeitherStringsNorBooleans) {
  EXPECT_EQ(integer("\"5\""), std::nullopt);
  EXPECT_EQ(integer("true"), std::nullopt);
  EXPECT_EQ(integer("[5]"), std::nullopt);
}

TEST(Integers, AreReadTheSameFromAJsonValue) {
  const auto total = [](Json value) {
    return from_json<DeliveryMetric>(Json::object({{"total", std::move(value)}})).total;
  };
  EXPECT_EQ(total(5), 5);
  EXPECT_EQ(total(5.0), 5);
  EXPECT_EQ(total(INT64_MIN), INT64_MIN);
  EXPECT_THROW(total(5.5), DecodeError);
  EXPECT_THROW(total(UINT64_MAX), DecodeError);
  EXPECT_THROW(total(1e19), DecodeError);
}

TEST(Doubles, AcceptAnyNumber) {
  EXPECT_EQ(read<double>("5"), 5.0);
  EXPECT_EQ(read<double>("0.25"), 0.25);
  EXPECT_EQ(read<double>("18446744073709551615"), 18446744073709551615.0);
  EXPECT_EQ(read<double>("1e300"), 1e300);
  EXPECT_EQ(failure<double>("\"5\""), " is a string where a number belongs");
}

}  // namespace
}  // namespace segment
