// A path parameter is one segment of the path, whatever it contains.
#include <gtest/gtest.h>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;

string path_of(const string& id) {
  FakeClient fake;
  fake.transport->add(200, string(a_source));
  (void)fake.client.sources().get(SourceId(id));
  return fake.target();
}

TEST(APathParameter, IsSentAsOnePercentEncodedSegment) {
  EXPECT_EQ(path_of("aB9-._~"), "/sources/aB9-._~");
  EXPECT_EQ(path_of("a/b"), "/sources/a%2Fb");
  EXPECT_EQ(path_of("../x"), "/sources/..%2Fx");
  EXPECT_EQ(path_of("a?b=c"), "/sources/a%3Fb%3Dc");
  EXPECT_EQ(path_of("a#b"), "/sources/a%23b");
  EXPECT_EQ(path_of("100%"), "/sources/100%25");
  EXPECT_EQ(path_of("%2e%2e"), "/sources/%252e%252e");
  EXPECT_EQ(path_of("a b"), "/sources/a%20b");
  EXPECT_EQ(path_of("a\tb\r\n"), "/sources/a%09b%0D%0A");
  EXPECT_EQ(path_of(string("a\0b", 3)), "/sources/a%00b");
  EXPECT_EQ(path_of("+&;=@:!$'()*,"), "/sources/%2B%26%3B%3D%40%3A%21%24%27%28%29%2A%2C");
  EXPECT_EQ(path_of("\\\"<>{}|^`[]"), "/sources/%5C%22%3C%3E%7B%7D%7C%5E%60%5B%5D");
  EXPECT_EQ(path_of("\x7f"), "/sources/%7F");
  EXPECT_EQ(path_of("m\xc3\xbcller"), "/sources/m%C3%BCller");
  EXPECT_EQ(path_of("\xf0\x9f\x98\x80"), "/sources/%F0%9F%98%80");
}

TEST(APathParameter, WithHarmlessDotsIsAllowed) {
  EXPECT_EQ(path_of("..."), "/sources/...");
  EXPECT_EQ(path_of(".a"), "/sources/.a");
  EXPECT_EQ(path_of("a.."), "/sources/a..");
}

class APathParameterThatCannotBeSent : public ::testing::TestWithParam<string> {};

TEST_P(APathParameterThatCannotBeSent, IsRefusedBeforeAnythingIsSent) {
  FakeClient fake;
  const auto error =
      thrown<InvalidArgumentError>([&] { fake.client.labels().remove("k", GetParam()); });
  EXPECT_EQ(error.operation(), "deleteLabel");
  EXPECT_EQ(error.attempts(), 0);
  EXPECT_FALSE(error.retryable());
  EXPECT_TRUE(contains(error.what(), "path parameter value")) << error.what();
  EXPECT_EQ(fake.sent(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Of, APathParameterThatCannotBeSent,
                         ::testing::Values("", ".", "..", "\xff", "a\xc3", "\xc0\xae\xc0\xae",
                                           "\xed\xa0\x80", "\xf4\x90\x80\x80"));

TEST(APathParameterThatCannotBeSent, IsRefusedByAListToo) {
  FakeClient fake;
  EXPECT_THROW((void)fake.client.sources().list_connected_destinations(SourceId("..")),
               InvalidArgumentError);
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(APathParameterThatCannotBeSent, IsNeverQuotedInTheMessage) {
  FakeClient fake;
  const auto error = thrown<InvalidArgumentError>(
      [&] { fake.client.sources().remove_write_key(SourceId("s1"), WriteKey("hush-hush\xff")); });
  EXPECT_FALSE(contains(error.what(), "hush")) << error.what();
}

TEST(PathParameters, FillThePathInOrder) {
  FakeClient fake;
  fake.transport->add(200, string(a_success));
  fake.client.sources().remove_write_key(SourceId("a/b"), WriteKey("c d"));
  EXPECT_EQ(fake.target(), "/sources/a%2Fb/writekey/c%20d");
}

TEST(PathParameters, AreNeverQuotedInTheMessageOfAnError) {
  FakeClient fake;
  fake.transport->add(404, "").add(200, "nonsense").add(http::Failure{});
  for (int i = 0; i < 3; ++i) {
    try {
      fake.client.sources().remove_write_key(SourceId("s-filled-in"), WriteKey("w-filled-in"),
                                             {.max_attempts = 1});
      ADD_FAILURE() << "nothing was thrown";
    } catch (const Error& error) {
      EXPECT_FALSE(contains(error.what(), "filled-in")) << error.what();
      EXPECT_TRUE(contains(error.what(), "/sources/{sourceId}/writekey/{writeKey}"))
          << error.what();
    }
  }
}

}  // namespace
}  // namespace segment::testing
