// Settings come back with their secrets masked by bullets: what was read must not be written back.
#include <gtest/gtest.h>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;

const Json masked =
    Json::parse(R"({"apiKey":"••••1234","url":"https://x.example","n":{"k":"••"}})");

void write_back(const Client& client, Json settings) {
  (void)client.destinations().update(DestinationId("d"), {.settings = std::move(settings)});
}

TEST(AMaskedSecret, IsNotWrittenBack) {
  FakeClient fake;
  const auto error = thrown<InvalidArgumentError>([&] { write_back(fake.client, masked); });
  EXPECT_TRUE(contains(error.what(), "/settings/apiKey")) << error.what();
  EXPECT_TRUE(contains(error.what(), "masked")) << error.what();
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(AMaskedSecret, IsNotWrittenBackByACallByPathEither) {
  FakeClient fake;
  thrown<InvalidArgumentError>([&] {
    (void)fake.client.call(http::Method::patch, "/destinations/d", {}, Json{{"settings", masked}});
  });
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(AMaskedSecret, IsLeftOutWhereTheCallerChoseSo) {
  FakeClient fake({.masked_secrets = MaskedSecrets::strip});
  fake.transport->add(200, R"({"data":{"destination":{"id":"d"}}})");
  write_back(fake.client, masked);
  EXPECT_EQ(fake.body(), R"({"settings":{"url":"https://x.example","n":{}}})");
}

TEST(AMaskedSecret, InAListCannotBeLeftOut) {
  FakeClient fake({.masked_secrets = MaskedSecrets::strip});
  const auto error = thrown<InvalidArgumentError>(
      [&] { write_back(fake.client, Json::parse(R"({"keys":["a","•••"]})")); });
  EXPECT_TRUE(contains(error.what(), "/settings/keys/1")) << error.what();
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(AMaskedSecret, IsSentWhereTheCallerChoseSo) {
  FakeClient fake({.masked_secrets = MaskedSecrets::send});
  fake.transport->add(200, R"({"data":{"destination":{"id":"d"}}})");
  write_back(fake.client, masked);
  EXPECT_TRUE(contains(fake.body(), "••••1234"));
}

TEST(AMaskedSecret, IsSentByACallThatChoseSoItself) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"destination":{"id":"d"}}})");
  (void)fake.client.destinations().update(DestinationId("d"), {.settings = masked},
                                          {.masked_secrets = MaskedSecrets::send});
  EXPECT_TRUE(contains(fake.body(), "••••1234"));
}

TEST(AText, ThatMasksSomethingItselfIsNoMask) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"destination":{"id":"d"}}})");
  write_back(fake.client, Json::parse(R"({"code":"return '••••' + tail;"})"));
  EXPECT_EQ(fake.sent(), 1U);
}

TEST(ABullet, AloneIsNoMask) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"destination":{"id":"d"}}})");
  write_back(fake.client, Json::parse(R"({"title":"one • two"})"));
  EXPECT_EQ(fake.body(), R"({"settings":{"title":"one • two"}})");
}

}  // namespace
}  // namespace segment::testing
