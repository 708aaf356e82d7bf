// A server that echoes the request, in whatever form: the resulting error contains no token.
#include <gtest/gtest.h>

#include "socket_client.hpp"

namespace segment::test {
namespace {

using testing::FakeClient;

const std::string token(test_token);

std::string body_after(const std::string& echo) {
  FakeClient fake;
  fake.transport->add(400, echo);
  return thrown<BadRequestError>([&] { (void)fake.client.sources().get(SourceId("s")); }).body();
}

/// The token with `form` applied to every letter.
template <class Form>
std::string written(Form form) {
  std::string text;
  for (const char letter : token) text += form(letter);
  return text;
}

std::string hex_of(char letter, bool upper) {
  const std::string_view digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(letter);
  return {digits[byte >> 4U], digits[byte & 0xFU]};
}

std::string slashes_escaped(std::string_view slash) {
  return written(
      [&](char letter) { return letter == '/' ? std::string(slash) : std::string(1, letter); });
}

std::string unicode_escapes(std::string_view backslashes, bool upper) {
  return written(
      [&](char letter) { return std::string(backslashes) + "u00" + hex_of(letter, upper); });
}

std::string percent_encoded(bool upper) {
  return written([&](char letter) {
    const bool is_plain = (letter >= 'a' && letter <= 'z') || letter == '_' || letter == '-';
    return is_plain ? std::string(1, letter) : "%" + hex_of(letter, upper);
  });
}

TEST(AnEchoedToken, IsRemovedFromTheBodyInEveryRecognisedForm) {
  for (const std::string& echo :
       {token, slashes_escaped("\\/"), slashes_escaped("\\\\/"), slashes_escaped("\\\\\\/"),
        slashes_escaped("\\u002f"), slashes_escaped("\\u002F"), unicode_escapes("\\", false),
        unicode_escapes("\\", true), unicode_escapes("\\\\", false), percent_encoded(true),
        percent_encoded(false), "\\u0073" + token.substr(1), "%73" + token.substr(1)}) {
    EXPECT_EQ(body_after(R"({"echo":"Bearer )" + echo + R"(","and":")" + echo + R"("})"),
              R"({"echo":"Bearer [token]","and":"[token]"})")
        << echo;
  }
}

TEST(AnEchoedToken, IsNotSeenWhereThereIsNone) {
  for (const std::string& text :
       {std::string("plain"), token.substr(0, token.size() - 1), std::string("\\u0073"),
        std::string("%7"), std::string("\\"), std::string("%"), std::string("\\u00"),
        std::string("sgp\\\\_%zz"), std::string("\\uZZZZ"), std::string("%+7")}) {
    EXPECT_EQ(body_after(text), text);
  }
}

TEST(AnEchoedToken, IsRemovedAcrossTheCutInEveryForm) {
  for (const std::string& echo : {token, slashes_escaped("\\/"), unicode_escapes("\\", false)}) {
    for (std::size_t before = 16'200; before < 16'400; before += 11) {
      const std::string body = body_after(std::string(before, '.') + echo + std::string(500, '.'));
      EXPECT_FALSE(contains(body, "sgp_") || contains(body, "\\u0073")) << before;
      EXPECT_LE(body.size(), 16'384U + 3U);
    }
  }
}

// The documentation of `ErrorFacts::body` says so.
TEST(AnEchoedToken, IsNotRecognisedInOtherEncodingsOrInPart) {
  const std::string part = token.substr(0, 12);
  EXPECT_TRUE(contains(body_after("no such token: " + part + "..."), part));
  EXPECT_TRUE(contains(body_after("c2dwX3RoZS1zZWNyZXQub2YvdGhlK3Rlc3Rz"), "c2dwX3Ro"));
}

TEST(AnEchoedToken, IsRemovedOverRealSocketsWithAStatusThatIsRetried) {
  LoopbackServer server;
  server.always(depending_on_request([](const Received& request) {
    const std::string header(request.headers.find("Authorization").value_or("no header"));
    return respond(503, R"({"you sent":")" + header + "\"}");
  }));
  const Client client = socket_client(server.url(""));
  const auto error = thrown<ServerError>([&] { (void)client.workspaces().get(); });
  EXPECT_EQ(error.body(), R"({"you sent":"Bearer [token]"})");
  EXPECT_EQ(error.attempts(), 4);
  expect_presentable(error);
}

}  // namespace
}  // namespace segment::test
