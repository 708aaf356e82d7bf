// A member of the wrong kind is an error that names it.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "json/typed/describe_members.hpp"
#include "reading.hpp"
#include "segment/api/types/audit_trail.hpp"
#include "segment/api/types/destinations.hpp"
#include "segment/api/types/sources.hpp"
#include "segment/error.hpp"

namespace segment {
namespace {

template <class T>
std::string pointer_of(std::string_view text) {
  try {
    static_cast<void>(from_json<T>(Json::parse(text)));
  } catch (const DecodeError& error) {
    const std::string place = error.pointer().empty() ? ": it is" : '"' + error.pointer() + '"';
    EXPECT_NE(std::string(error.what()).find(place), std::string::npos)
        << "the message alone should say where: " << error.what();
    return error.pointer();
  }
  ADD_FAILURE() << "it was read: " << text;
  return {};
}

TEST(WrongKind, NamesTheMember) {
  EXPECT_EQ(pointer_of<Source>(R"({"slug":5})"), "/slug");
  EXPECT_EQ(pointer_of<Source>(R"({"slug":true})"), "/slug");
  EXPECT_EQ(pointer_of<Source>(R"({"slug":["web"]})"), "/slug");
  EXPECT_EQ(pointer_of<Source>(R"({"slug":{}})"), "/slug");
  EXPECT_EQ(pointer_of<Source>(R"({"id":5})"), "/id");
  EXPECT_EQ(pointer_of<Source>(R"({"enabled":"true"})"), "/enabled");
  EXPECT_EQ(pointer_of<Source>(R"({"enabled":1})"), "/enabled");
  EXPECT_EQ(pointer_of<Source>(R"({"metadata":"m"})"), "/metadata");
  EXPECT_EQ(pointer_of<Source>(R"({"metadata":[]})"), "/metadata");
  EXPECT_EQ(pointer_of<Source>(R"({"labels":{}})"), "/labels");
  EXPECT_EQ(pointer_of<Source>(R"({"labels":"x"})"), "/labels");
  EXPECT_EQ(pointer_of<Source>(R"({"labels":3})"), "/labels");
  EXPECT_EQ(pointer_of<AuditEvent>(R"({"timestamp":1700000000})"), "/timestamp");
  EXPECT_EQ(pointer_of<AuditEvent>(R"({"actorEmail":[]})"), "/actorEmail");
}

TEST(WrongKind, NamesAMemberDeepInListsAndObjects) {
  EXPECT_EQ(pointer_of<Source>(R"({"labels":[{"key":"a","value":"b"},{"key":1}]})"),
            "/labels/1/key");
  EXPECT_EQ(pointer_of<Source>(R"({"labels":[{"key":"a"},"b"]})"), "/labels/1");
  EXPECT_EQ(pointer_of<Source>(R"({"metadata":{"options":[{},{},{"required":"yes"}]}})"),
            "/metadata/options/2/required");
  EXPECT_EQ(pointer_of<Source>(R"({"metadata":{"logos":{"mark":false}}})"), "/metadata/logos/mark");
  EXPECT_EQ(pointer_of<Source>(R"({"writeKeys":["a","b",3]})"), "/writeKeys/2");
}

TEST(WrongKind, CountsNullsAndUnknownMembersOnTheWay) {
  EXPECT_EQ(pointer_of<Source>(R"({"labels":[null,null,{"key":1}]})"), "/labels/2/key");
  EXPECT_EQ(pointer_of<Source>(R"({"new":[[1]],"metadata":{"new":{},"logos":{"x":{},"alt":1}}})"),
            "/metadata/logos/alt");
  EXPECT_EQ(pointer_of<Source>(R"({"labels":[{"key":"a"}],"writeKeys":[{}]})"), "/writeKeys/0");
}

TEST(WrongKind, EscapesNamesInThePointer) {
  using Map = std::map<std::string, std::int64_t>;
  EXPECT_EQ(pointer_of<Map>(R"({"a/b~c":"x"})"), "/a~1b~0c");
  EXPECT_EQ(pointer_of<Map>(R"({"~1":"x"})"), "/~01");
  EXPECT_EQ(pointer_of<Map>(R"({"":"x"})"), "/");
}

TEST(WrongKind, OfTheWholeDocumentHasAnEmptyPointer) {
  EXPECT_EQ(pointer_of<Source>("[]"), "");
  EXPECT_EQ(pointer_of<Source>("\"source\""), "");
  EXPECT_EQ(pointer_of<Source>("5"), "");
}

TEST(WrongKind, SaysWhatCameAndWhatWasExpected) {
  EXPECT_EQ(failure<Source>(R"({"slug":5})"), "/slug is a number where a string belongs");
  EXPECT_EQ(failure<Source>(R"({"slug":{}})"), "/slug is an object where a string belongs");
  EXPECT_EQ(failure<Source>(R"({"labels":true})"), "/labels is a boolean where an array belongs");
  EXPECT_EQ(failure<Source>(R"({"metadata":"m"})"),
            "/metadata is a string where a JSON object belongs");
  EXPECT_EQ(failure<Source>(R"({"settings":[]})"), "/settings is an array where an object belongs");
  EXPECT_EQ(failure<AuditEvent>("[]"), " is an array where a JSON object belongs");
}

TEST(WrongKind, NeverQuotesTheValueWhichMayBeASecret) {
  EXPECT_EQ(failure<Source>(R"({"enabled":"hush-hush"})").find("hush"), std::string::npos);
}

TEST(WrongKind, IsRefusedForAFreeFormObjectThatIsNotAnObject) {
  EXPECT_EQ(pointer_of<Destination>(R"({"settings":[1]})"), "/settings");
  EXPECT_EQ(pointer_of<Destination>(R"({"settings":"x"})"), "/settings");
  EXPECT_EQ(pointer_of<Destination>(R"({"settings":5})"), "/settings");
  EXPECT_EQ(pointer_of<Destination>(R"({"settings":5.5})"), "/settings");
  EXPECT_EQ(pointer_of<Destination>(R"({"settings":18446744073709551615})"), "/settings");
  EXPECT_EQ(pointer_of<Destination>(R"({"settings":false})"), "/settings");
  EXPECT_EQ(pointer_of<Source>(R"({"settings":false})"), "/settings");
  EXPECT_EQ(pointer_of<CreateDestination>(R"({"settings":false})"), "/settings");
}

TEST(WrongKind, IsNotAnErrorInMembersThatAreSkipped) {
  EXPECT_EQ(failure<Source>(R"({"new":{"slug":5,"labels":[{"key":1}]}})"), "");
}

}  // namespace
}  // namespace segment
