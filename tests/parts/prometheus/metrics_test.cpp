// What a scrape shows about calls.

#include "segment/prometheus/metrics.hpp"

#include <gtest/gtest.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <memory>
#include <string>

#include "../../support/fake_client.hpp"

namespace segment::testing {
namespace {

/// A client whose calls are counted, and what is counted as Prometheus scrapes it.
class CallMetrics : public ::testing::Test {
 protected:
  FakeClient& client() {
    if (!made) {
      ClientOptions options;
      options.on_event = prometheus::observe_calls(registry);
      made = std::make_unique<FakeClient>(std::move(options));
    }
    return *made;
  }

  // What an exposer would respond with. There is none here: its server takes two seconds to stop.
  std::string scrape() { return ::prometheus::TextSerializer().Serialize(registry->Collect()); }

  /// The value of a line as Prometheus reads it; empty if there is none.
  std::string value(const std::string& metric) {
    const std::string text = "\n" + scrape();
    const auto at = text.find("\n" + metric + " ");
    if (at == std::string::npos) return {};
    const auto begin = at + metric.size() + 2;
    return text.substr(begin, text.find('\n', begin) - begin);
  }

  std::shared_ptr<::prometheus::Registry> registry = std::make_shared<::prometheus::Registry>();
  std::unique_ptr<FakeClient> made;
};

TEST_F(CallMetrics, CountCallsAttemptsWaitsAndErrors) {
  client()
      .transport->fail(operations::workspaces::get, 503)
      .respond(operations::workspaces::get, Workspace{})
      .fail(operations::sources::get, 404);
  (void)client().client.workspaces().get();
  EXPECT_THROW((void)client().client.sources().get(SourceId{"s"}), NotFoundError);
  EXPECT_EQ(value(R"(segment_calls_total{operation="getWorkspace",result="ok"})"), "1");
  EXPECT_EQ(value(R"(segment_calls_total{operation="getSource",result="not_found"})"), "1");
  EXPECT_EQ(value(R"(segment_attempts_total{operation="getWorkspace",result="503"})"), "1");
  EXPECT_EQ(value(R"(segment_attempts_total{operation="getWorkspace",result="200"})"), "1");
  EXPECT_EQ(value(R"(segment_waits_total{operation="getWorkspace",reason="retry"})"), "1");
  EXPECT_EQ(value(R"(segment_wait_seconds_total{operation="getWorkspace",reason="retry"})"), "0.5");
  EXPECT_EQ(value(R"(segment_errors_total{kind="not_found"})"), "1");
  EXPECT_EQ(value(R"(segment_call_duration_seconds_count{operation="getWorkspace"})"), "1");
  EXPECT_EQ(value(R"(segment_attempt_duration_seconds_count{operation="getWorkspace"})"), "2");
}

TEST_F(CallMetrics, ShowWhatIsInFlight) {
  std::string seen;
  client().transport->respond_with([&](const http::Request&) -> http::Outcome {
    seen = value("segment_calls_in_progress") + " " + value("segment_connections_busy") + " " +
           value("segment_calls_queued");
    return http::Response{.status = 200, .body = std::string(a_workspace)};
  });
  (void)client().client.workspaces().get();
  EXPECT_EQ(seen, "1 1 0");
  EXPECT_EQ(value("segment_calls_in_progress"), "0");
  EXPECT_EQ(value("segment_connections_busy"), "0");
  EXPECT_EQ(value("segment_calls_queued"), "0");
}

TEST_F(CallMetrics, StayRightIfATransportThrows) {
  struct NoServer : std::exception {};
  client().transport->respond_with([](const http::Request&) -> http::Outcome { throw NoServer(); });
  EXPECT_THROW((void)client().client.sources().create_write_key(SourceId{"s"}), TransportError);
  EXPECT_EQ(value("segment_connections_busy"), "0");
  EXPECT_EQ(value("segment_calls_in_progress"), "0");
}

TEST_F(CallMetrics, HoldNoSecretAndNoFilledInPath) {
  client().transport->fail(operations::sources::remove_write_key, 404);
  EXPECT_THROW(client().client.sources().remove_write_key(SourceId{"s"},
                                                          WriteKey{std::string(test_write_key)}),
               NotFoundError);
  expect_no_secret(scrape());
}

TEST_F(CallMetrics, OfTwoClientsAreAddedUp) {
  ClientOptions options;
  options.on_event = prometheus::observe_calls(registry);
  FakeClient other(std::move(options));
  for (FakeClient* one : {&client(), &other}) {
    one->transport->respond(operations::workspaces::get, Workspace{});
    (void)one->client.workspaces().get();
  }
  EXPECT_EQ(value(R"(segment_calls_total{operation="getWorkspace",result="ok"})"), "2");
}

}  // namespace
}  // namespace segment::testing
