// Where the token may be sent.
#include <gtest/gtest.h>

#include <string>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

std::string url_behind(const std::string& base_url) {
  FakeClient fake({.base_url = base_url});
  fake.transport->add(200, R"({"data":{"labels":[]}})");
  (void)fake.client.labels().list().to_vector();
  return fake.transport->last_request().url;
}

class AnAcceptableBaseUrl : public ::testing::TestWithParam<const char*> {};

TEST_P(AnAcceptableBaseUrl, IsUsed) {
  const std::string base_url = GetParam();
  EXPECT_EQ(url_behind(base_url), base_url + "/labels");
  EXPECT_EQ(url_behind(base_url + "/"), base_url + "/labels");
}

INSTANTIATE_TEST_SUITE_P(
    Of, AnAcceptableBaseUrl,
    ::testing::Values("https://api.segmentapis.com", "https://gateway.example:8443",
                      "https://gateway.example/segment/api", "HTTPS://Gateway.Example",
                      "https://10.0.0.7", "https://[2001:db8::1]:8443", "http://127.0.0.1",
                      "http://127.0.0.1:8080", "http://127.8.9.10", "http://localhost:9",
                      "http://LOCALHOST", "http://[::1]", "http://[::1]:8080", "https://host:65535",
                      "https://host:1"));

class AnUnacceptableBaseUrl : public ::testing::TestWithParam<const char*> {};

TEST_P(AnUnacceptableBaseUrl, IsRefusedBeforeAnythingIsSent) {
  const auto error = thrown<ConfigurationError>([] { FakeClient fake({.base_url = GetParam()}); });
  EXPECT_TRUE(contains(error.what(), "base URL")) << error.what();
  EXPECT_EQ(error.attempts(), 0);
}

INSTANTIATE_TEST_SUITE_P(
    PlainHttpToAnotherMachine, AnUnacceptableBaseUrl,
    ::testing::Values("http://api.segmentapis.com", "http://10.0.0.7", "http://0.0.0.0",
                      "http://127.evil.example", "http://127.0.0.1.evil.example",
                      "http://localhost.evil.example", "http://notlocalhost", "http://127.0.0.256",
                      "http://127.1", "http://127.0.0.1.", "http://[::1].evil.example",
                      "http://[::2]", "http://2130706433", "HTTP://api.segmentapis.com"));

INSTANTIATE_TEST_SUITE_P(
    Malformed, AnUnacceptableBaseUrl,
    ::testing::Values("api.segmentapis.com", "ftp://api.segmentapis.com", "https://", "https:///x",
                      "https://:443", "https://host:", "https://host:port", "https://host:123456",
                      "https://host:65536", "https://host:0", "https://host:-1", "https://host:+1",
                      "https://[::1", "https://host?x=1", "https://host#part", "https://ho st",
                      " https://host", "https://host\r\nX: y", "https://host\\evil", "/", "https"));

// What looks like the host is the user name, and the real host is another.
INSTANTIATE_TEST_SUITE_P(WithAUser, AnUnacceptableBaseUrl,
                         ::testing::Values("https://user@host", "https://user:password@host",
                                           "http://127.0.0.1@evil.example",
                                           "http://localhost:80@evil.example"));

TEST(ABaseUrl, ThatIsRefusedIsNotQuoted) {
  const auto error = thrown<ConfigurationError>(
      [] { FakeClient fake({.base_url = "https://user:password@host"}); });
  EXPECT_FALSE(contains(error.what(), "password")) << error.what();
}

}  // namespace
}  // namespace segment::testing
