// Settings are returned with their secrets masked by bullets, which must not be written back.
#include <gtest/gtest.h>

#include "segment/async.hpp"
#include "segment/helpers/secrets.hpp"
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

TEST(AMaskedSecret, IsDistinguishedFromATextWithBullets) {
  EXPECT_TRUE(is_masked_secret("••••1234"));
  EXPECT_TRUE(is_masked_secret("sk_••••••2b"));
  EXPECT_FALSE(is_masked_secret("made-up"));
  EXPECT_FALSE(is_masked_secret("• fast"));
  EXPECT_FALSE(is_masked_secret("one • two"));
}

TEST(ASecret, IsRecognisedByItsNameHoweverItIsWritten) {
  for (const char* name : {"apiKey", "API-Key", "client_secret", "Authorization", "accessKey",
                           "secretAccessKey", "signing_key", "jwt", "refreshToken", "pass", "pwd",
                           "passcode", "sshKey", "storageKey", "connectionString", "credentials"}) {
    EXPECT_TRUE(is_secret_name(name)) << name;
  }
  for (const char* name : {"", "name", "key", "tokenType", "credentialId", "tokenIds", "passenger",
                           "publicKey", "primaryKey", "spinner", "author", "compass"}) {
    EXPECT_FALSE(is_secret_name(name)) << name;
  }
}

TEST(ASecret, IsRecognisedInAPairAndByTheFormOfAKey) {
  EXPECT_TRUE(is_secret_pair(Json::parse(R"({"name":"apiKey","value":"x"})")));
  EXPECT_TRUE(is_secret_pair(Json::parse(R"({"key":"Authorization","value":"x"})")));
  EXPECT_TRUE(is_secret_pair(Json::parse(R"({"name":"x","sensitive":true,"value":"x"})")));
  EXPECT_FALSE(is_secret_pair(Json::parse(R"({"name":"region","sensitive":false,"value":"x"})")));
  EXPECT_FALSE(is_secret_pair(Json("apiKey")));
  EXPECT_TRUE(looks_like_key("eyJhbGciOi.eyJzdWIiOi.c2lnbmF0"));
  EXPECT_TRUE(looks_like_key("-----BEGIN RSA PRIVATE KEY-----\nMIIE"));
  EXPECT_TRUE(looks_like_key("ghp_0123456789abcdef"));
  EXPECT_FALSE(looks_like_key("ghp_ is how they begin"));
}

TEST(AMaskedSecret, IsNotWrittenBackByACallByPathEither) {
  FakeClient fake;
  thrown<InvalidArgumentError>([&] {
    (void)fake.client.call(http::Method::patch, "/destinations/d", {},
                           Json::object({{"settings", masked}}));
  });
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(AMaskedSecret, IsLeftOutIfTheCallerChoosesSo) {
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

TEST(AMaskedSecret, IsSentIfTheCallerChoosesSo) {
  FakeClient fake({.masked_secrets = MaskedSecrets::send});
  fake.transport->add(200, R"({"data":{"destination":{"id":"d"}}})");
  write_back(fake.client, masked);
  EXPECT_TRUE(contains(fake.body(), "••••1234"));
}

TEST(AMaskedSecret, IsSentIfTheCallItselfChoosesSo) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"destination":{"id":"d"}}})");
  (void)fake.client.destinations().update(DestinationId("d"), {.settings = masked},
                                          {.masked_secrets = MaskedSecrets::send});
  EXPECT_TRUE(contains(fake.body(), "••••1234"));
}

TEST(AMaskedSecret, IsRecognisedInEveryFormThatTheApiUses) {
  for (const string text :
       {"•", "•1a2b", "1a2b•", "••", "••••••1a2b", "1a••••••2b", "1a2b••••", "• • • •", " •••• ",
        "•••• 1234", "•••• •••• •••• 1234", "sk_live_••••••2b", "github_pat_•••"}) {
    FakeClient fake;
    thrown<InvalidArgumentError>([&] {
      write_back(fake.client, Json::object({{"apiKey", text}}));
    });
    EXPECT_EQ(fake.sent(), 0U) << text;
  }
}

TEST(AMaskedSecret, ShowsAtMostTwelveCharacters) {
  for (const string shown : {"123456789012", "1234567890123"}) {
    for (const string& text : {shown + "••••", "••••" + shown}) {
      FakeClient fake;
      fake.transport->add(200, R"({"data":{"destination":{"id":"d"}}})");
      const auto write = [&] { write_back(fake.client, Json::object({{"apiKey", text}})); };
      if (shown.size() <= 12) {
        thrown<InvalidArgumentError>(write);
      } else {
        EXPECT_NO_THROW(write()) << text;
      }
    }
  }
}

TEST(AText, ThatMerelyContainsBulletsIsNotAMask) {
  for (const string text :
       {"one • two", "one •• two", "• fast", "• fast\n• cheap", "•fast•cheap", "a•b",
        "return '••••' + tail;", "mask='••••'", "Shows •••• in the place of the password", ""}) {
    FakeClient fake;
    fake.transport->add(200, R"({"data":{"destination":{"id":"d"}}})");
    write_back(fake.client, Json::object({{"text", text}}));
    EXPECT_EQ(fake.body(), Json::object({{"settings", Json::object({{"text", text}})}}).dump())
        << text;
  }
}

TEST(AMaskedSecret, IsLookedForInSettingsOnly) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{}})");
  const Json body = Json::parse(R"({"name":"••••","connection":{"label":"••"}})");
  (void)fake.client.call(http::Method::patch, "/destinations/d", {}, body);
  EXPECT_EQ(fake.body(), body.dump());
}

TEST(AMaskedSecret, IsFoundInSettingsOfAnyName) {
  for (const char* name : {"settings", "connectionSettings", "encryptedSettings"}) {
    FakeClient fake;
    const Json body = Json::parse(R"({"x":{")" + string(name) + R"(":{"deep":{"key":"••1a"}}}})");
    const auto error = thrown<InvalidArgumentError>(
        [&] { (void)fake.client.call(http::Method::patch, "/destinations/d", {}, body); });
    EXPECT_TRUE(contains(error.what(), string("/x/") + name + "/deep/key")) << error.what();
    EXPECT_EQ(fake.sent(), 0U);
  }
}

TEST(AMaskedSecret, IsNotWrittenBackByAnAsynchronousCallEither) {
  FakeClient fake;
  thrown<InvalidArgumentError>([&] {
    (void)fake.client.async().destinations().update(DestinationId("d"), {.settings = masked}).get();
  });
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(AMaskedSecret, InExtraBodyMembersIsNotWrittenBackEither) {
  FakeClient fake;
  thrown<InvalidArgumentError>([&] {
    (void)fake.client.destinations().update(DestinationId("d"), {.name = "n"},
                                            {.body = Json::object({{"settings", masked}})});
  });
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(AMaskedSecret, CannotHideInABodyThatIsNestedTooDeeply) {
  FakeClient fake;
  Json deep = "\xe2\x80\xa2\xe2\x80\xa2";
  for (int i = 0; i < 255; ++i) deep = Json::object({{"a", deep}});
  const auto error = thrown<InvalidArgumentError>(
      [&] { (void)fake.client.destinations().update(DestinationId("d"), {.settings = deep}); });
  EXPECT_EQ(error.operation(), "updateDestination");
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(AMaskedSecret, IsNotSentByAListEither) {
  FakeClient fake;
  thrown<InvalidArgumentError>([&] {
    auto list = fake.client.sources().list({}, {.body = Json::object({{"settings", masked}})});
    (void)list.begin();
  });
  EXPECT_EQ(fake.sent(), 0U);
}

}  // namespace
}  // namespace segment::testing
