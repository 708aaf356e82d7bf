// The caller's stop token ends a call wherever it is.
#include <gtest/gtest.h>

#include <chrono>
#include <stop_token>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;
using namespace std::chrono_literals;

/// Requests a stop as soon as somebody waits.
class StoppingClock final : public Clock {
 public:
  explicit StoppingClock(std::stop_source& source) : source_(source) {}
  [[nodiscard]] std::chrono::steady_clock::time_point now() const override {
    return std::chrono::steady_clock::time_point(1h);
  }
  [[nodiscard]] std::chrono::system_clock::time_point system_now() const override { return {}; }
  bool wait_until(std::chrono::steady_clock::time_point, const std::stop_token& stop) override {
    source_.request_stop();
    return !stop.stop_requested();
  }

 private:
  std::stop_source& source_;
};

struct Stopped {
  std::stop_source source;
  FakeClient fake{{.clock = std::make_shared<StoppingClock>(source)}};
};

TEST(AStop, BeforeTheCallPreventsSending) {
  FakeClient fake;
  std::stop_source source;
  source.request_stop();
  const auto error = thrown<CancelledError>(
      [&] { fake.client.sources().remove(SourceId("s"), {.stop = source.get_token()}); });
  EXPECT_EQ(error.attempts(), 0);
  EXPECT_EQ(error.operation(), "deleteSource");
  EXPECT_FALSE(error.outcome_unknown());
  EXPECT_FALSE(error.retryable());
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(AStop, DuringAWaitEndsTheCall) {
  Stopped stopped;
  stopped.fake.transport->add(503, "").add(200, string(a_workspace));
  const auto error = thrown<CancelledError>(
      [&] { (void)stopped.fake.client.workspaces().get({.stop = stopped.source.get_token()}); });
  EXPECT_EQ(error.attempts(), 1);
  EXPECT_EQ(stopped.fake.sent(), 1U);
  EXPECT_FALSE(error.outcome_unknown()) << "a GET changes nothing";
}

TEST(AStop, DuringAWaitLeavesTheLastAttemptsOutcomeUnknown) {
  Stopped stopped;
  stopped.fake.transport->add(502, "");
  const auto error = thrown<CancelledError>([&] {
    stopped.fake.client.sources().remove(SourceId("s"), {.stop = stopped.source.get_token()});
  });
  EXPECT_TRUE(error.outcome_unknown());
  EXPECT_TRUE(contains(error.what(), "check before you call again")) << error.what();
}

TEST(AStop, DuringAWaitAfterA429LeavesNoDoubt) {
  Stopped stopped;
  stopped.fake.transport->add(429, "");
  const auto error = thrown<CancelledError>([&] {
    (void)stopped.fake.client.sources().create_write_key(SourceId("s"),
                                                         {.stop = stopped.source.get_token()});
  });
  EXPECT_FALSE(error.outcome_unknown());
}

TEST(AStop, DuringAnExchangeLeavesTheOutcomeUnknown) {
  FakeClient fake;
  std::stop_source source;
  fake.transport->respond_with([&](const http::Request& request) -> http::Outcome {
    source.request_stop();
    EXPECT_TRUE(request.stop.stop_requested()) << "the transport did not get the stop token";
    return http::Failure{http::FailureKind::cancelled, true, "stopped"};
  });
  const auto error = thrown<CancelledError>([&] {
    (void)fake.client.sources().create_write_key(SourceId("s"), {.stop = source.get_token()});
  });
  EXPECT_EQ(error.attempts(), 1);
  EXPECT_TRUE(error.outcome_unknown());
}

TEST(AStop, AfterTheResponseDoesNotDiscardIt) {
  FakeClient fake;
  std::stop_source source;
  fake.transport->respond_with([&](const http::Request&) -> http::Outcome {
    source.request_stop();
    return http::Response{200, {}, string(a_workspace)};
  });
  EXPECT_EQ(fake.client.workspaces().get({.stop = source.get_token()}).slug, "acme");
}

TEST(AStop, EndsAListBetweenTwoPages) {
  FakeClient fake;
  std::stop_source source;
  fake.transport->respond_with([](const auto&) {
    return http::Response{
        200, {}, R"({"data":{"sources":[{"id":"s"}],"pagination":{"current":"a","next":"b"}}})"};
  });
  auto list = fake.client.sources().list({}, {.stop = source.get_token()});
  auto item = list.begin();
  EXPECT_EQ(item->id, SourceId("s"));
  source.request_stop();
  thrown<CancelledError>([&] { ++item; });
  EXPECT_EQ(fake.sent(), 1U);
}

}  // namespace
}  // namespace segment::testing
