#include <gtest/gtest.h>

#include "recordings.hpp"

namespace segment::testing {
namespace {

const std::string source_with_key =
    R"({"data":{"source":{"id":"s1","slug":"web","enabled":true,"workspaceId":"w1",)"
    R"("writeKeys":["wk-aaaaaaaa","wk-bbbbbbbb"],"metadata":{"id":"m1"},"labels":[]}}})";

// What is left of the JSON body of a response.
Json kept(const std::string& body, Redaction redaction = {}) {
  Recorded recorded(std::move(redaction));
  recorded.fake->add(200, R"({"data":)" + body + "}");
  (void)recorded.client.call(http::Method::get, "/anything");
  return recorded.exchange(0).at("response").at("body").at("data");
}

TEST(RecordedSecrets, AuthorizationAndCookiesAreNeverWrittenEvenIfAskedFor) {
  Recorded recorded({}, {"Authorization", "Set-Cookie", "Cookie", "Date"});
  recorded.fake->add(200, R"({"data":{"labels":[]}})",
                     {{"Set-Cookie", "session=abc123"}, {"Date", "today"}, {"Server", "x"}});
  // A call's options refuse cookies; a policy of the user's own could add one.
  (void)recorded.recording->send(
      {.url = "https://api.segmentapis.com/labels",
       .headers = {{"Authorization", "Bearer abc123"}, {"Cookie", "session=abc123"}}});
  const std::string text = recorded.text();
  for (std::string_view gone : {"uthorization", "Bearer", "ookie", "abc123", "Server"}) {
    EXPECT_FALSE(contains(text, gone)) << gone << " in " << text;
  }
  EXPECT_TRUE(contains(text, test_token) == false && contains(text, R"("Date": "today")")) << text;
}

TEST(RecordedSecrets, TheTokenIsRedactedWhereverItAppearsAndHoweverItIsEncoded) {
  Recorded recorded;
  // The token has a slash and a plus, which JSON and URLs may escape.
  recorded.fake->add(
      200,
      R"({"data":{"echo":"sgp_the-secret.of\/the+tests!","sgp_the-secret.of/the+tests":1,)"
      R"("url":"see https://x.test/?t=sgp_the-secret.of%2Fthe%2Btests now",)"
      R"("lower":"sgp_the-secret.of%2fthe%2btests","inner":"{\"a\":\"sgp_the-secret.of\\/the+tests\"}"}})");
  recorded.fake->add(400, "no JSON, but sgp_the-secret.of\\/the+tests",
                     {{"X-Request-Id", std::string(test_token)}});
  recorded.fake->add(http::Failure{http::FailureKind::tls, false, "of " + std::string(test_token)});
  (void)recorded.client.call(http::Method::get, "/x/" + std::string(test_token));
  for (int i = 0; i < 2; ++i) {
    EXPECT_THROW((void)recorded.client.call(http::Method::get, "/y"), Error);
  }
  const std::string text = recorded.text();
  EXPECT_FALSE(contains(text, "sgp_the")) << text;
  EXPECT_FALSE(contains(text, "tests")) << text;
  EXPECT_EQ(recorded.exchange(0).at("request").at("path"), Json("/x/~secret-1~"));
  const Json data = recorded.exchange(0).at("response").at("body").at("data");
  EXPECT_EQ(data.at("echo"), Json("~secret-1~!"));
  EXPECT_EQ(data.at("url"), Json("see https://x.test/?t=~secret-1~ now"));
  EXPECT_EQ(data.at("inner"), Json(R"({"a":"~secret-1~"})"));
}

TEST(RecordedSecrets, MembersWithTellingNamesLoseTheirValues) {
  const Json data = kept(
      R"({"password":"a1","clientSecret":"b2","API-Key":"c3","access_key":"d4","PrivateKey":"e5",)"
      R"("refreshToken":"f6","WRITE_KEY":"g7","pin":1234,"secrets":{"one":"h8","two":["i9",{"x":10}]},)"
      R"("credentials":["j0"],"name":"kept","tokenType":"kept","credentialId":"kept","empty":{"password":""},)"
      R"("hasPassword":true})");
  const std::string text = data.dump();
  for (std::string_view gone :
       {"a1", "b2", "c3", "d4", "e5", "f6", "g7", "1234", "h8", "i9", "j0", "10"}) {
    EXPECT_FALSE(contains(text, "\"" + std::string(gone) + "\"")) << gone << " in " << text;
  }
  EXPECT_TRUE(data.at("pin").is_string()) << text;
  for (std::string_view name : {"name", "tokenType", "credentialId"}) {
    EXPECT_EQ(data.at(name), Json("kept"));
  }
  EXPECT_EQ(data.at("empty").at("password"), Json("")) << "an empty value is not a secret";
  EXPECT_EQ(data.at("hasPassword"), Json(true));
}

TEST(RecordedSecrets, NameValuePairsAreTreatedLikeMembers) {
  const Json data = kept(R"([{"name":"apiKey","value":"one"},{"key":"region","value":"kept"},)"
                         R"({"name":"x","sensitive":true,"value":"two"}])");
  EXPECT_EQ(data.at(0).at("value"), Json("~secret-2~"));
  EXPECT_EQ(data.at(1).at("value"), Json("kept"));
  EXPECT_EQ(data.at(2).at("value"), Json("~secret-3~"));
}

TEST(RecordedSecrets, SettingsThatLookLikeKeysAreRedacted) {
  const std::string members =
      R"({"a":"9f86d081884c7d659a2feaa0c55ad015","b":"us-west-2","c":"A name of several words 12",)"
      R"("d":"https://example.com/path12345678"})";
  const Json data = kept(R"({"settings":)" + members + R"(,"metadata":)" + members + "}");
  EXPECT_EQ(data.at("settings").at("a"), Json("~secret-2~"));
  EXPECT_EQ(data.at("settings").at("b"), Json("us-west-2"));
  EXPECT_EQ(data.at("settings").at("c"), Json("A name of several words 12"));
  EXPECT_EQ(data.at("settings").at("d"), Json("https://example.com/path12345678"));
  EXPECT_EQ(data.at("metadata").at("a"), Json("~secret-2~")) << "a known secret is one everywhere";
}

TEST(RecordedSecrets, OnlyTheSecretsOfACredentialAreRedacted) {
  Recorded recorded;
  recorded.fake->add(200,
                     R"({"data":{"credential":{"id":"2Yb8sJd0KqXw41LmPz","name":"Snow","settings":)"
                     R"({"type":"Snowflake","username":"loader","password":"hunter22"}}}})");
  (void)recorded.client.credentials().get(CredentialId("2Yb8sJd0KqXw41LmPz"));
  EXPECT_EQ(recorded.exchange(0).at("request").at("path"), Json("/credentials/2Yb8sJd0KqXw41LmPz"));
  EXPECT_EQ(recorded.exchange(0).at("response").at("body").at("data").dump(),
            R"({"credential":{"id":"2Yb8sJd0KqXw41LmPz","name":"Snow","settings":)"
            R"({"type":"Snowflake","username":"loader","password":"~secret-2~"}}})");
}

TEST(RecordedSecrets, WellKnownKeyFormatsAreRedactedAnywhere) {
  const Json data = kept(
      R"(["-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END","eyJhbGciOi.eyJzdWIiOi.c2lnbmF0",)"
      R"("AKIAIOSFODNN7EXAMPLE","postgres://ann:hunter2@db.test/x","https://s3.test/l?X-Amz-Signature=abc&a=1#top"])");
  EXPECT_EQ(data.dump(),
            R"(["~secret-2~","~secret-3~","~secret-4~","postgres://ann:~secret-5~@db.test/x",)"
            R"("https://s3.test/l?X-Amz-Signature=~secret-6~&a=1#top"])");
}

TEST(RecordedSecrets, AreRedactedInAFragment) {
  const Json data = kept(R"(["https://a.test/cb?x=1#access_token=abc&state=kept",)"
                         R"("https://a.test#/cb?access_token=ab/cd","https://a.test/#top=1?x"])");
  EXPECT_EQ(data.dump(),
            R"(["https://a.test/cb?x=1#access_token=~secret-2~&state=kept",)"
            R"("https://a.test#/cb?access_token=~secret-3~","https://a.test/#top=1?x"])");
}

TEST(RecordedSecrets, AreRedactedInAJsonTextBehindWhiteSpace) {
  const Json data = kept(R"(["\n {\"password\":\"abc\"}"," [ 1 ]"])");
  EXPECT_EQ(data.dump(), R"(["{\"password\":\"~secret-2~\"}"," [ 1 ]"])");
}

TEST(RecordedSecrets, OfWhichOneBeginsLikeAnotherAreToldApart) {
  const Json data = kept(R"({"secrets":["key-1","key-10","key-100","key-12/","kez-99","key-1000"],)"
                         R"("note":"key-100 key-1000 key-10 key-10002 key-12%2f key-13 kez-99"})");
  EXPECT_EQ(data.at("note"),
            Json("~secret-4~ ~secret-7~ ~secret-3~ ~secret-7~2 ~secret-5~ key-13 ~secret-6~"));
}

TEST(RecordedSecrets, AWriteKeyHasOnePlaceholderInBodiesAndPathsAndBeforeItIsKnown) {
  Recorded recorded;
  recorded.fake->add(200, R"({"data":{"note":"uses wk-bbbbbbbb so far"}})");
  recorded.fake->add(200, source_with_key);
  recorded.fake->add(200, std::string(a_success));
  (void)recorded.client.call(http::Method::get, "/note");
  const Source source = recorded.client.sources().get(SourceId("s1"));
  recorded.client.sources().remove_write_key(source.id, source.write_keys.at(1));
  const std::string text = recorded.text();
  EXPECT_FALSE(contains(text, "wk-")) << text;
  EXPECT_EQ(recorded.exchange(1).at("response").at("body").at("data").at("source").at("writeKeys"),
            Json::array({"~secret-2~", "~secret-3~"}));
  EXPECT_EQ(recorded.exchange(2).at("request").at("path"), Json("/sources/s1/writekey/~secret-3~"));
  EXPECT_EQ(recorded.exchange(0).at("response").at("body").at("data").at("note"),
            Json("uses ~secret-3~ so far"));
}

TEST(RecordedSecrets, SecretsInAQueryAreRedacted) {
  Recorded recorded;
  recorded.fake->add(200, R"({"data":{}})");
  (void)recorded.client.call(http::Method::get, "/x",
                             {{"filter.apiKey.0", "a/b c"}, {"name", "web"}});
  EXPECT_EQ(recorded.exchange(0).at("request").at("query"),
            Json::array({"filter.apiKey.0=~secret-2~", "name=web"}));
}

TEST(RecordedSecrets, TheCallerCanNameMore) {
  const Json data = kept(R"({"deploy_hook":"one","ssn":"078-05-1120","plain":"kept"})",
                         {.secret_names = {"deployHook"},
                          .is_secret = [](std::string_view name, std::string_view text) {
                            return name == "ssn" && text.size() == 11;
                          }});
  EXPECT_EQ(data.dump(), R"({"deploy_hook":"~secret-2~","ssn":"~secret-3~","plain":"kept"})");
}

TEST(RecordedSecrets, ANameWithoutLettersMatchesNothing) {
  const Json data = kept(R"(["kept",{"name":"kept"}])", {.secret_names = {"", "--"}});
  EXPECT_EQ(data.dump(), R"(["kept",{"name":"kept"}])");
}

TEST(RecordedSecrets, ATextThatOnlyStartsLikeAWebTokenIsKept) {
  const Json data = kept(R"(["eyJustALongWordOfLetters","eyJ.is-no-web-token"])");
  EXPECT_EQ(data.dump(), R"(["eyJustALongWordOfLetters","eyJ.is-no-web-token"])");
}

TEST(RecordedSecrets, ASettingOfLettersNeedsTwoDigitsToLookLikeAKey) {
  const Json data = kept(R"({"settings":{"a":"abcdefghijklmn12","b":"abcdefghijklmno1"}})");
  EXPECT_EQ(data.dump(), R"({"settings":{"a":"~secret-2~","b":"abcdefghijklmno1"}})");
}

}  // namespace
}  // namespace segment::testing
