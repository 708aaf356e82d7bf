// What an error's text and body may contain: never the token, no forged lines, nothing endless.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "segment/json_call.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;

const string secret_token(test_token);

/// All the text in an error.
string everything(const Error& error) {
  const ErrorFacts& facts = error.facts();
  string text = string(error.what()) + "\n" + facts.body + "\n" + facts.request_id + "\n" +
                facts.pointer + "\n";
  for (const auto& item : facts.items) {
    text += item.type + "\n" + item.message + "\n" + item.field + "\n" + item.data.dump() + "\n";
  }
  return text;
}

/// Makes a call fail, and expects no trace of the token in the error.
void expect_no_token(const http::Outcome& outcome) {
  FakeClient fake;
  fake.transport->respond_with([&](const auto&) { return outcome; });
  try {
    fake.client.sources().remove(SourceId("s1"), {.max_attempts = 2});
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_FALSE(contains(everything(error), secret_token)) << everything(error);
  }
}

string escaped_token() {
  constexpr std::string_view hex = "0123456789abcdef";
  string text;
  for (char c : secret_token) {
    text += "\\u00";
    text += hex[static_cast<unsigned char>(c) >> 4U];
    text += hex[static_cast<unsigned char>(c) & 0xFU];
  }
  return text;
}

TEST(TheToken, NeverAppearsInAnErrorEvenIfTheServerEchoesIt) {
  const string twice = secret_token + " and " + secret_token;
  expect_no_token(http::Response{401, {}, twice});
  expect_no_token(http::Response{401, {}, "Bearer " + secret_token});
  expect_no_token(http::Response{503, {{"X-Request-Id", twice}}, ""});
  expect_no_token(http::Response{422,
                                 {},
                                 R"({"errors":[{"type":")" + secret_token + R"(","message":")" +
                                     twice + R"(","field":")" + secret_token + R"(","data":{")" +
                                     secret_token + R"(":[")" + twice + R"("]}}]})"});
}

// JSON can escape the same text in other ways, and reading it restores the token.
TEST(TheToken, NeverAppearsInAnErrorEvenIfTheServerEchoesItEscaped) {
  const string escaped = escaped_token();
  expect_no_token(http::Response{422,
                                 {},
                                 R"({"errors":[{"type":")" + escaped + R"(","message":")" +
                                     escaped + R"(","field":")" + escaped + R"(","data":{")" +
                                     escaped + R"(":[")" + escaped + R"("]}}]})"});
  expect_no_token(
      http::Response{422, {}, R"({"errors":[{"message":"sgp_the-secret.of\/the+tests"}]})"});
}

TEST(TheToken, NeverAppearsInAnErrorEvenIfMarkupSplitsIt) {
  for (std::size_t at = 0; at < secret_token.size(); ++at) {
    expect_no_token(http::Response{400,
                                   {},
                                   "<p>" + secret_token.substr(0, at) + "<!-- x -->" +
                                       secret_token.substr(at) + "</p>" + secret_token});
    expect_no_token(
        http::Response{400, {}, R"({"message":")" + secret_token + R"(","x":[")" + secret_token});
  }
}

TEST(TheToken, NeverAppearsInTheErrorForAnUnreadableResponse) {
  expect_no_token(http::Response{200, {{"X-Request-Id", secret_token}}, "<html>" + secret_token});
  expect_no_token(http::Response{200, {}, R"({"data":{"status":")" + secret_token + R"("}})"});
  expect_no_token(http::Response{200, {}, R"({"data":{"status":")" + escaped_token() + R"("}})"});
  expect_no_token(http::Response{200,
                                 {{"Request-Id", secret_token}},
                                 R"({"data":{"status":[],"headers":{"Authorization":"Bearer )" +
                                     secret_token + R"("},"message":3}})"});
}

// Where a response cannot be read is said by its members' names, which are the server's.
TEST(TheToken, NeverAppearsInTheErrorForAResponseThatTakesTooMuchMemoryAsJson) {
  string zeros = "0";
  for (int i = 0; i < 100'000; ++i) zeros += ",0";
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"workspace":{"id":"a"},"echo\n2026 ERROR )" + secret_token +
                               "\":[" + zeros + "]}}");
  const JsonCall call(operations::workspaces::get, Json::object());
  const auto error = thrown<DecodeError>([&] { (void)call.run(fake.client); });
  EXPECT_FALSE(contains(everything(error), secret_token)) << error.what();
  EXPECT_FALSE(contains(error.what(), "\n")) << error.what();
  EXPECT_TRUE(contains(error.what(), "memory")) << error.what();
}

TEST(TheToken, NeverAppearsInAReportedSchemaMismatch) {
  std::vector<string> pointers;
  FakeClient fake({.on_schema_mismatch = [&](const SchemaMismatch& mismatch) {
    pointers.emplace_back(mismatch.pointer);
  }});
  fake.transport->add(200, R"({"data":{"workspace":{"id":"a","slug":"b","name":"c",")" +
                               secret_token + R"(\n":1}}})");
  (void)fake.client.workspaces().get();
  EXPECT_EQ(pointers, std::vector<string>{"/data/workspace/[token] "});
}

// The provider may have replaced the token since the response came.
TEST(TheToken, NeverAppearsInTheErrorOfACallWhoseTimeRanOutWhileItWasReplaced) {
  auto clock = std::make_shared<ManualClock>();
  std::vector<string> tokens{secret_token, "sgp_another-one"};
  auto transport = std::make_shared<FakeTransport>();
  transport->add(503, "echo of " + secret_token);
  const Client client({.token_provider =
                           [&] {
                             const Token token(tokens.front());
                             if (tokens.size() > 1) {
                               tokens.erase(tokens.begin());
                             } else {
                               clock->advance(std::chrono::hours(1));
                             }
                             return token;
                           },
                       .transport = transport,
                       .clock = clock});
  const auto error = thrown<ServerError>([&] { (void)client.workspaces().get(); });
  EXPECT_EQ(transport->requests().size(), 1U);
  EXPECT_FALSE(contains(everything(error), secret_token)) << everything(error);
}

TEST(TheToken, NeverAppearsInTheErrorOfAJob) {
  FakeClient fake;
  fake.transport->add(
      200, R"({"data":{"regulation":{"id":"r","overallStatus":")" + secret_token + R"("}}})");
  const auto error = thrown<TimeoutError>([&] {
    (void)fake.client.jobs().wait_for_regulation(RegulationId("r"),
                                                 {.timeout = std::chrono::milliseconds(1)});
  });
  EXPECT_FALSE(contains(error.what(), secret_token)) << error.what();
}

TEST(TheToken, NeverAppearsInTheErrorOfATransport) {
  expect_no_token(http::Failure{http::FailureKind::broken, true, "could not send " + secret_token});
  expect_no_token(http::Failure{http::FailureKind::tls, false, secret_token});

  FakeClient fake;
  fake.transport->respond_with([](const http::Request& request) -> http::Outcome {
    throw std::runtime_error("sending failed: " + string(*request.headers.find("Authorization")));
  });
  const auto error = thrown<TransportError>([&] { (void)fake.client.workspaces().get(); });
  EXPECT_FALSE(contains(everything(error), secret_token)) << everything(error);
  EXPECT_TRUE(contains(error.what(), "sending failed")) << error.what();
}

// A line break in a server's text could forge whole lines of a log, and an escape sequence could
// overwrite them.
TEST(ServerText, CannotForgeLogLines) {
  FakeClient fake;
  fake.transport->add(422,
                      R"({"errors":[{"field":"a\r\nb","message":"x\n2026-01-01 INFO all is well)"
                      R"(\u001b[2K\u0000\u007f\u0085\u009b1A\u2028\u2029y"}]})",
                      {{"X-Request-Id", "r\n2026-01-01 INFO\x1b[2K"}});
  const auto error =
      thrown<ValidationError>([&] { (void)fake.client.sources().get(SourceId("s1")); });
  const string text = error.what();
  for (char c : text) EXPECT_FALSE(static_cast<unsigned char>(c) < 0x20U || c == '\x7f') << text;
  EXPECT_FALSE(contains(text, "\xc2\x85")) << "a next-line character";
  EXPECT_FALSE(contains(text, "\xc2\x9b")) << "a control sequence introducer";
  EXPECT_FALSE(contains(text, "\xe2\x80\xa8")) << "a line separator";
  EXPECT_FALSE(contains(text, "\xe2\x80\xa9")) << "a paragraph separator";
  EXPECT_TRUE(contains(text, "all is well")) << text;
  EXPECT_EQ(error.items()[0].field, "a\r\nb") << "as data it is kept as it came";
}

TEST(ServerText, KeepsLettersOfEveryScript) {
  FakeClient fake;
  fake.transport->add(422, R"({"errors":[{"message":"\u00e4\u4e2d\u20ac\ud83d\ude00"}]})");
  const auto error =
      thrown<ValidationError>([&] { (void)fake.client.sources().get(SourceId("s1")); });
  EXPECT_TRUE(contains(error.what(), "\xc3\xa4\xe4\xb8\xad\xe2\x82\xac\xf0\x9f\x98\x80"))
      << error.what();
}

TEST(ServerText, DoesNotMakeTheMessageTooLong) {
  FakeClient fake;
  fake.transport->add(422, R"({"errors":[{"message":")" + string(1'000'000, 'x') + R"("}]})",
                      {{"X-Request-Id", string(100'000, 'r')}});
  const auto error =
      thrown<ValidationError>([&] { (void)fake.client.sources().get(SourceId("s1")); });
  EXPECT_LT(string(error.what()).size(), 4000U);
}

TEST(TheMessage, DoesNotSuggestARetryIfTheOutcomeIsUnknown) {
  FakeClient fake;
  fake.transport->add(broken()).add(broken());
  const auto change = thrown<TransportError>(
      [&] { fake.client.sources().remove(SourceId("s1"), {.max_attempts = 1}); });
  EXPECT_FALSE(contains(change.what(), "try again")) << change.what();
  EXPECT_TRUE(contains(change.what(), "check before you call again")) << change.what();
  const auto look =
      thrown<TransportError>([&] { (void)fake.client.workspaces().get({.max_attempts = 1}); });
  EXPECT_TRUE(contains(look.what(), "try again later")) << look.what();
}

// As used in the tests of other programs.
TEST(AShortToken, LeavesErrorTextsIntact) {
  auto transport = std::make_shared<FakeTransport>();
  const Client client({.token = Token("t"), .transport = transport});
  transport->fail(operations::sources::get, 404);
  const auto error = thrown<NotFoundError>([&] { (void)client.sources().get(SourceId("s1")); });
  EXPECT_EQ(error.items().at(0).message, "The fake transport fails this call.");
  EXPECT_TRUE(contains(error.what(), "The fake transport fails this call")) << error.what();
}

TEST(ATokenOfSixCharacters, IsReplacedInErrors) {
  auto transport = std::make_shared<FakeTransport>();
  const Client client({.token = Token("secret"), .transport = transport});
  transport->fail(operations::sources::get, 404, {{.message = "no secrets here"}});
  const auto error = thrown<NotFoundError>([&] { (void)client.sources().get(SourceId("s1")); });
  EXPECT_EQ(error.items().at(0).message, "no [token]s here");
}

TEST(TheMessage, OfACallThatEndsBeforeItsFirstAttemptSaysThatItWasNotSent) {
  FakeClient fake;
  std::stop_source stop;
  stop.request_stop();
  const auto stopped = thrown<CancelledError>(
      [&] { (void)fake.client.workspaces().get({.stop = stop.get_token()}); });
  const auto late = thrown<TimeoutError>([&] {
    (void)fake.client.workspaces().get(
        {.deadline = fake.clock->now() - std::chrono::milliseconds(1)});
  });
  EXPECT_TRUE(contains(stopped.what(), ") was not sent: the caller requested a stop"))
      << stopped.what();
  EXPECT_TRUE(contains(late.what(), ") was not sent: the call's time limit expired"))
      << late.what();
  EXPECT_EQ(stopped.attempts() + late.attempts(), 0);
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(TheBodyOfAnError, IsCutAt16KiBBetweenTwoCharacters) {
  FakeClient fake;
  string body = "x";
  while (body.size() < 40'000) body += "\xe2\x82\xac";  // three bytes: 16384 falls within one
  fake.transport->add(500, body);
  const auto error = thrown<ServerError>(
      [&] { (void)fake.client.sources().get(SourceId("s1"), {.max_attempts = 1}); });
  EXPECT_LE(error.body().size(), 16'384U + 3U);
  EXPECT_GE(error.body().size(), 16'380U);
  EXPECT_TRUE(error.body().starts_with("x\xe2\x82\xac"));
  EXPECT_TRUE(error.body().ends_with("\xe2\x82\xac..."));
}

// Cutting before replacing would leave half a token at the end.
TEST(TheBodyOfAnError, HoldsNoPartOfTheTokenAtTheCut) {
  for (std::size_t before = 16'360; before < 16'390; ++before) {
    FakeClient fake;
    fake.transport->add(500, string(before, 'x') + secret_token + string(100, 'y'));
    const auto error = thrown<ServerError>(
        [&] { (void)fake.client.sources().get(SourceId("s1"), {.max_attempts = 1}); });
    EXPECT_FALSE(contains(error.body(), "sgp_")) << before;
  }
}

}  // namespace
}  // namespace segment::testing
