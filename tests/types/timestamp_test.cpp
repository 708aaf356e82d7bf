#include "segment/types/timestamp.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <sstream>
#include <string>
#include <type_traits>

namespace segment {
namespace {

using namespace std::chrono;

constexpr sys_days august_first{year{2026} / August / 1};

// Nanoseconds since 1970, so that a failure is printed as a number.
std::optional<std::int64_t> nanos(const std::string& text) {
  const auto point = Timestamp(text).time_point();
  if (!point) return std::nullopt;
  return point->time_since_epoch().count();
}

template <class Point>
std::optional<std::int64_t> at(Point point) {
  return duration_cast<nanoseconds>(point.time_since_epoch()).count();
}

TEST(Timestamp, KeepsItsTextAsItCame) {
  for (const char* text : {"2026-08-01T12:00:00Z", "2026-08-01 12:00:00+00:00", "soon", ""}) {
    EXPECT_EQ(Timestamp(std::string(text)).text(), text);
  }
}

TEST(Timestamp, MovesItsTextOutIfItIsATemporary) {
  std::string read;
  for (const char letter : Timestamp("2026-08-01T12:00:00.000000000Z").text()) read += letter;
  EXPECT_EQ(read, "2026-08-01T12:00:00.000000000Z");
  static_assert(!std::is_reference_v<decltype(Timestamp().text())>);
}

TEST(Timestamp, ReadsUtc) {
  EXPECT_EQ(nanos("2026-08-01T12:34:56Z"), at(august_first + 12h + 34min + 56s));
  EXPECT_EQ(nanos("2026-08-01t12:34:56z"), at(august_first + 12h + 34min + 56s));
  EXPECT_EQ(nanos("2026-08-01 12:34:56Z"), at(august_first + 12h + 34min + 56s));
}

TEST(Timestamp, ReadsFractionsToTheNanosecond) {
  EXPECT_EQ(nanos("2026-08-01T00:00:00.5Z"), at(august_first + 500ms));
  EXPECT_EQ(nanos("2026-08-01T00:00:00.123Z"), at(august_first + 123ms));
  EXPECT_EQ(nanos("2026-08-01T00:00:00.000000001Z"), at(august_first + 1ns));
  EXPECT_EQ(nanos("2026-08-01T00:00:00.9999999999999999999999Z"), at(august_first + 999999999ns));
}

TEST(Timestamp, ReadsOffsets) {
  EXPECT_EQ(nanos("2026-08-01T02:00:00+02:00"), at(august_first));
  EXPECT_EQ(nanos("2026-07-31T18:30:00-05:30"), at(august_first));
  EXPECT_EQ(nanos("2026-08-01T02:00:00+0200"), at(august_first));
  EXPECT_EQ(nanos("2026-08-01T00:00:00-00:00"), at(august_first));
}

TEST(Timestamp, ReadsAMissingOffsetAsUtcAndADateAloneAsMidnight) {
  EXPECT_EQ(nanos("2026-08-01T01:00:00"), at(august_first + 1h));
  EXPECT_EQ(nanos("2026-08-01"), at(august_first));
}

TEST(Timestamp, ReadsTimesBefore1970) {
  EXPECT_EQ(nanos("1969-12-31T23:59:59.999Z"), -1000000);
  EXPECT_EQ(nanos("1900-01-01T00:00:00Z"), at(sys_days{year{1900} / January / 1}));
}

TEST(Timestamp, KnowsLeapYears) {
  EXPECT_EQ(nanos("2024-02-29T00:00:00Z"), at(sys_days{year{2024} / February / 29}));
  EXPECT_EQ(nanos("2023-02-29T00:00:00Z"), std::nullopt);
  EXPECT_EQ(nanos("1900-02-29"), std::nullopt);
}

TEST(Timestamp, ReadsALeapSecondAsTheNextSecond) {
  EXPECT_EQ(nanos("2016-12-31T23:59:60Z"), at(sys_days{year{2017} / January / 1}));
}

TEST(Timestamp, ReadsOnlyTimesThatNanosecondsCanExpress) {
  EXPECT_EQ(nanos("2200-01-01T00:00:00Z"), at(sys_days{year{2200} / January / 1}));
  EXPECT_EQ(nanos("9999-12-31T23:59:59Z"), std::nullopt);
  EXPECT_EQ(nanos("0001-01-01T00:00:00Z"), std::nullopt);
  EXPECT_EQ(nanos("2262-04-12T00:00:00-23:59"), std::nullopt);
  EXPECT_EQ(nanos("1677-09-20T00:00:00+23:59"), std::nullopt);
  EXPECT_EQ(nanos("2262-04-10T23:59:59-23:59"), std::nullopt);
  EXPECT_EQ(nanos("1677-09-22T00:00:00+23:59"), std::nullopt);
}

TEST(Timestamp, OfTheYearOneMeansNever) {
  for (const char* text : {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z", "0001-01-01",
                           "0001-01-01 00:00:00+00:00", "0001-01-01T02:00:00+02:00"}) {
    EXPECT_TRUE(Timestamp(std::string(text)).is_never()) << text;
    EXPECT_EQ(nanos(text), std::nullopt) << "nanoseconds do not reach so far: " << text;
  }
  for (const char* text :
       {"", "never", "0001-01-01T00:00:01Z", "0001-01-02T00:00:00Z", "0000-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z", "0001-01-01T00:00:00Y"}) {
    EXPECT_FALSE(Timestamp(std::string(text)).is_never()) << text;
  }
}

TEST(Timestamp, RefusesNonsense) {
  for (const char* text : {"",
                           "soon",
                           "2026",
                           "2026-08",
                           "2026-8-1",
                           "2026-13-01",
                           "2026-00-10",
                           "2026-08-32",
                           "26-08-01",
                           "2026-08-01T",
                           "2026-08-01T12",
                           "2026-08-01T12:",
                           "2026-08-01T25:00:00Z",
                           "2026-08-01T12:60:00Z",
                           "2026-08-01T12:00:61Z",
                           "2026-08-01T12:00:00.Z",
                           "2026-08-01T12:00:00+",
                           "2026-08-01T12:00:00+2",
                           "2026-08-01T12:00:00+24:00",
                           "2026-08-01T12:00:00+02:60",
                           "2026-08-01T12:00:00ZZ",
                           "2026-08-01T12:00:00Z ",
                           " 2026-08-01T12:00:00Z",
                           "2026-08-01X12:00:00Z",
                           "-026-08-01",
                           "1754000000"}) {
    EXPECT_EQ(nanos(text), std::nullopt) << text;
  }
}

TEST(Timestamp, IsWrittenInUtcWithMilliseconds) {
  const system_clock::time_point noon = august_first + 12h;
  EXPECT_EQ(Timestamp(noon).text(), "2026-08-01T12:00:00.000Z");
  EXPECT_EQ(Timestamp(noon + 7ms).text(), "2026-08-01T12:00:00.007Z");
  EXPECT_EQ(Timestamp(noon + 999999us).text(), "2026-08-01T12:00:00.999Z");
}

TEST(Timestamp, IsWrittenCorrectlyForTimesBefore1970) {
  EXPECT_EQ(Timestamp(system_clock::time_point(-1ms)).text(), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(Timestamp(system_clock::time_point(-1us)).text(), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(Timestamp(system_clock::time_point(0s)).text(), "1970-01-01T00:00:00.000Z");
}

TEST(Timestamp, ReadsBackWhatItWrote) {
  const system_clock::time_point point = august_first + 23h + 59min + 59s + 1ms;
  EXPECT_EQ(nanos(Timestamp(point).text()), at(point));
}

TEST(Timestamp, ComparesAndPrintsItsText) {
  EXPECT_EQ(Timestamp("a"), Timestamp("a"));
  EXPECT_NE(Timestamp("2026-08-01T00:00:00Z"), Timestamp("2026-08-01T00:00:00.0Z"));
  EXPECT_TRUE(Timestamp().empty());
  std::ostringstream out;
  out << Timestamp("2026-08-01");
  EXPECT_EQ(out.str(), "2026-08-01");
}

}  // namespace
}  // namespace segment
