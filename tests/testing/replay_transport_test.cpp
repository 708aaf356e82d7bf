#include "segment/testing/recording.hpp"

#include <gtest/gtest.h>

#include "recordings.hpp"

namespace segment::testing {
namespace {

using namespace std::chrono_literals;

// Records a lookup, a list with a query, and a creation.
void record_three(Recorded& recorded) {
  recorded.fake->add(200, std::string(a_source))
      .add(200, one_label)
      .add(201, R"({"data":{"label":{"key":"team","value":"growth"}}})");
  (void)recorded.client.sources().get(SourceId("s1"));
  (void)recorded.client.labels().list({.query = {{"a", "1"}, {"b", "2"}}}).to_vector();
  (void)recorded.client.labels().create({.label = Label{.key = "team", .value = "growth"}});
}

TEST(StrictReplay, ReturnsEveryRecordedResponseInOrder) {
  Recorded recorded;
  record_three(recorded);
  const auto replay = recorded.replay();
  const Client client = replayed(replay);
  EXPECT_EQ(client.sources().get(SourceId("s1")).slug, "web");
  EXPECT_EQ(replay->unused(), (std::vector<std::string>{"GET /labels?a=1&b=2", "POST /labels"}));
  EXPECT_EQ(client.labels().list({.query = {{"b", "2"}, {"a", "1"}}}).to_vector().size(), 1U);
  EXPECT_EQ(client.labels().create({.label = Label{.key = "team", .value = "growth"}}).key, "team");
  EXPECT_TRUE(replay->unused().empty());
  EXPECT_TRUE(replay->mismatches().empty());
}

// Makes a call that is not the next one in the recording, and returns the message of its error.
template <class Call>
std::string mismatch(std::size_t after, Call&& call) {
  Recorded recorded;
  record_three(recorded);
  const auto replay = recorded.replay();
  FakeClient fakes({.token = Token("another-token"), .transport = replay});
  if (after > 0) (void)fakes.client.sources().get(SourceId("s1"));
  if (after > 1) (void)fakes.client.labels().list({.query = {{"a", "1"}, {"b", "2"}}}).to_vector();
  const auto error = thrown<ReplayMismatchError>([&] { call(fakes.client); });
  EXPECT_EQ(replay->mismatches(), std::vector<std::string>{error.what()});
  EXPECT_TRUE(fakes.clock->waits().empty()) << "it was retried";
  EXPECT_EQ(replay->unused().size(), 3 - after) << "a mismatch uses nothing up";
  return error.what();
}

TEST(StrictReplay, ADifferentRequestIsAnImmediateErrorThatSaysWhatDiffers) {
  const std::string path =
      mismatch(0, [](const Client& c) { (void)c.sources().get(SourceId("s2")); });
  EXPECT_TRUE(contains(path, "request 1 of 3 is recorded as GET /sources/s1, but GET /sources/s2"))
      << path;
  EXPECT_TRUE(contains(path, R"(at /path it has "/sources/s2" and not "/sources/s1")")) << path;

  const std::string method =
      mismatch(0, [](const Client& c) { c.sources().remove(SourceId("s1")); });
  EXPECT_TRUE(contains(method, R"(at /method it has "DELETE" and not "GET")")) << method;

  const std::string query = mismatch(1, [](const Client& c) {
    (void)c.labels().list({.query = {{"a", "1"}, {"b", "3"}}}).to_vector();
  });
  EXPECT_TRUE(contains(query, R"(at /query it has ["a=1","b=3"] and not ["a=1","b=2"])")) << query;

  const std::string no_query =
      mismatch(1, [](const Client& c) { (void)c.labels().list().to_vector(); });
  EXPECT_TRUE(contains(no_query, "at /query it has nothing and not")) << no_query;

  const std::string body = mismatch(2, [](const Client& c) {
    (void)c.labels().create({.label = Label{.key = "team", .value = "sales"}});
  });
  EXPECT_TRUE(contains(body, R"(at /body/label/value it has "sales" and not "growth")")) << body;

  const std::string more = mismatch(2, [](const Client& c) {
    (void)c.labels().create({.label = Label{.key = "team", .value = "growth", .description = "x"}});
  });
  EXPECT_TRUE(contains(more, R"(at /body/label/description it has "x" and not nothing)")) << more;
}

TEST(StrictReplay, SaysWhenTheRecordingIsUsedUp) {
  Recorded recorded;
  record_three(recorded);
  const Client client = replayed(recorded.replay());
  (void)client.sources().get(SourceId("s1"));
  (void)client.labels().list({.query = {{"a", "1"}, {"b", "2"}}}).to_vector();
  (void)client.labels().create({.label = Label{.key = "team", .value = "growth"}});
  const auto error = thrown<ReplayMismatchError>([&] { (void)client.labels().list().to_vector(); });
  EXPECT_TRUE(contains(error.what(),
                       "all 3 recorded requests were used, and then came GET "
                       "/labels"))
      << error.what();
}

TEST(StrictReplay, ABodyIsComparedAsAValue) {
  Recorded recorded;
  recorded.fake->add(200, "{}");
  http::Request request{.method = http::Method::post, .url = "https://a.test/x"};
  request.body = R"({"a":1,"b":[1,2]})";
  (void)recorded.recording->send(request);
  request.url = "https://another.test:8443/x";
  request.body = "{ \"b\" : [1, 2.0],\n \"a\" : 1 }";
  EXPECT_NO_THROW((void)recorded.replay()->send(request));
  request.body = R"({"a":1,"b":[2,1]})";
  EXPECT_THROW((void)recorded.replay()->send(request), ReplayMismatchError);
}

TEST(StrictReplay, AJsonTextInABodyIsComparedAsAValue) {
  Recorded recorded;
  recorded.fake->add(200, "{}");
  http::Request request{.method = http::Method::post, .url = "https://a.test/x"};
  request.body = R"({"rule":" { \"password\" : \"abc\", \"n\" : 1 }"})";
  (void)recorded.recording->send(request);
  EXPECT_NO_THROW((void)recorded.replay()->send(request));
  request.body = R"({"rule":" { \"password\" : \"abc\", \"n\" : 2 }"})";
  EXPECT_THROW((void)recorded.replay()->send(request), ReplayMismatchError);
}

TEST(StrictReplay, BothValuesOfARepeatedParameterMustMatch) {
  Recorded recorded;
  recorded.fake->add(200, one_label);
  (void)recorded.client.call(http::Method::get, "/x", {{"a", "1"}, {"a", "1"}});
  const Client client = replayed(recorded.replay());
  EXPECT_THROW((void)client.call(http::Method::get, "/x", {{"a", "1"}, {"a", "2"}}),
               ReplayMismatchError);
  EXPECT_NO_THROW((void)client.call(http::Method::get, "/x", {{"a", "1"}, {"a", "1"}}));
}

TEST(StrictReplay, FailuresAndRetriesAreReplayed) {
  Recorded recorded;
  recorded.fake->add(refused()).add(503, "{}", {{"Retry-After", "7"}}).add(200, one_label);
  EXPECT_EQ(recorded.client.labels().list().to_vector().size(), 1U);
  FakeClient fakes({.transport = recorded.replay()});
  EXPECT_EQ(fakes.client.labels().list().to_vector().size(), 1U);
  ASSERT_EQ(fakes.clock->waits().size(), 2U);
  EXPECT_EQ(fakes.clock->waits().back(), std::chrono::seconds(7));
}

TEST(StrictReplay, ACallEndsAsItDidWhenItWasRecorded) {
  Recorded recorded;
  recorded.fake
      ->add(429, "{}",
            {{"Date", "Sun, 06 Nov 1994 08:49:00 GMT"},
             {"Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"}})
      .add(http::Failure{http::FailureKind::tls, false, "not trusted", TlsReason::expired})
      .add(http::Response{.status = 404, .body = "{}", .retried_by_transport = true});
  const auto run = [](const Client& client) {
    const auto early = thrown<RateLimitError>(
        [&] { (void)client.labels().list({.max_attempts = 1}).to_vector(); });
    EXPECT_EQ(early.retry_after(), std::chrono::seconds(37));
    const auto tls = thrown<TlsError>([&] { (void)client.sources().get(SourceId("s1")); });
    EXPECT_EQ(tls.reason(), TlsReason::expired);
    const auto gone =
        thrown<NotFoundError>([&] { client.sources().remove(SourceId("s1"), {.timeout = 1h}); });
    EXPECT_TRUE(contains(gone.what(), "an earlier attempt of this call may have deleted it"))
        << gone.what();
  };
  run(recorded.client);
  run(replayed(recorded.replay()));
}

TEST(Replay, AcceptsTheRealSecretAnotherOneOrThePlaceholder) {
  Recorded recorded;
  const auto run = [](const Client& client, const std::string& password) {
    const Json body =
        Json::object({{"password", password}, {"again", Json::object({{"pwd", password}})}});
    const Json made = client.call(http::Method::post, "/x", {}, body);
    const std::string key = made.at("writeKey").as_string();
    (void)client.call(http::Method::put, "/x", {}, Json::object({{"old", made.at("password")}}));
    (void)client.call(http::Method::delete_, "/sources/s1/writekey/" + key);
  };
  recorded.fake->add(200, R"({"data":{"writeKey":"wk-1234567","password":"the real one"}})")
      .add(200, R"({"data":{}})")
      .add(200, R"({"data":{}})");
  run(recorded.client, "the real one");
  EXPECT_FALSE(contains(recorded.text(), "the real one"));
  EXPECT_NO_THROW(run(replayed(recorded.replay()), "the real one"));
  EXPECT_NO_THROW(run(replayed(recorded.replay()), "for tests"));
}

TEST(Replay, SecretsThatWereEqualMustStayEqual) {
  Recorded recorded;
  recorded.fake->add(200, R"({"data":{}})");
  const auto body = [](const char* one, const char* other) {
    return Json::object({{"password", one}, {"apiKey", other}});
  };
  (void)recorded.client.call(http::Method::post, "/x", {}, body("same-text", "same-text"));
  const Client client = replayed(recorded.replay());
  const auto error = thrown<ReplayMismatchError>(
      [&] { (void)client.call(http::Method::post, "/x", {}, body("text-one", "text-two")); });
  EXPECT_TRUE(contains(error.what(), "/body/apiKey")) << error.what();
  EXPECT_FALSE(contains(error.what(), "text-two")) << "no secret in a message: " << error.what();
  EXPECT_NO_THROW((void)client.call(http::Method::post, "/x", {}, body("two-text", "two-text")));
}

TEST(LenientReplay, MatchesRequestsInAnyOrderAndRepeatsTheLastResponse) {
  Recorded recorded;
  recorded.fake->add(200, one_label)
      .add(200, std::string(a_source))
      .add(200, R"({"data":{"labels":[]}})");
  (void)recorded.client.labels().list().to_vector();
  (void)recorded.client.sources().get(SourceId("s1"));
  (void)recorded.client.labels().list().to_vector();
  const auto replay = recorded.replay(ReplayMode::lenient);
  const Client client = replayed(replay);
  EXPECT_EQ(client.sources().get(SourceId("s1")).slug, "web");
  EXPECT_EQ(client.sources().get(SourceId("s1")).slug, "web");
  EXPECT_EQ(client.labels().list().to_vector().size(), 1U);
  EXPECT_EQ(replay->unused(), std::vector<std::string>{"GET /labels"});
  EXPECT_EQ(client.labels().list().to_vector().size(), 0U);
  EXPECT_EQ(client.labels().list().to_vector().size(), 0U);
  EXPECT_TRUE(replay->unused().empty());
}

TEST(LenientReplay, MatchesPathAndQueryButNotTheBody) {
  Recorded recorded;
  record_three(recorded);
  const Client client = replayed(recorded.replay(ReplayMode::lenient));
  EXPECT_EQ(client.labels().create({.label = Label{.key = "other", .value = "x"}}).key, "team");
  const auto error = thrown<ReplayMismatchError>([&] { (void)client.labels().list().to_vector(); });
  EXPECT_TRUE(contains(error.what(), "none of the 3 recorded requests is GET /labels"))
      << error.what();
}

TEST(Replay, AFileThatIsNotARecordingIsAConfigurationErrorThatNamesIt) {
  const Folder folder;
  const auto refused_text = [&](const std::string& text) {
    std::ofstream(folder.file()) << text;
    const auto error = thrown<ConfigurationError>([&] { ReplayTransport replay(folder.file()); });
    EXPECT_TRUE(contains(error.what(), folder.file())) << error.what();
    return std::string(error.what());
  };
  thrown<ConfigurationError>([&] { ReplayTransport replay(folder.file("none.json")); });
  (void)refused_text("no JSON");
  (void)refused_text("{}");
  EXPECT_TRUE(contains(refused_text(R"({"segmentRecording":2,"exchanges":[]})"), "form"));
  EXPECT_TRUE(contains(
      refused_text(
          R"({"segmentRecording":1,"exchanges":[{"request":{"method":"GET","path":"/"}}]})"),
      "exchange 1"));
}

TEST(Replay, RespectsTheLimitAndTheStopOfARequest) {
  Recorded recorded;
  recorded.fake->add(200, one_label);
  (void)recorded.client.labels().list().to_vector();
  http::Request request{.url = "https://a.test/labels"};
  request.limits.max_response_bytes = 5;
  EXPECT_EQ(std::get<http::Failure>(recorded.replay()->send(request)).kind,
            http::FailureKind::too_large);
  std::stop_source stop;
  stop.request_stop();
  request.stop = stop.get_token();
  EXPECT_EQ(std::get<http::Failure>(recorded.replay()->send(request)).kind,
            http::FailureKind::cancelled);
}

}  // namespace
}  // namespace segment::testing
