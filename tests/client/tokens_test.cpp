// What can be found out about a token.
#include <gtest/gtest.h>

#include <stop_token>

#include "segment/async.hpp"
#include "segment/nothrow_client.hpp"
#include "support/by_each_front.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using http::Outcome;
using http::Response;
using std::string;

class VerifyingAToken : public ::testing::TestWithParam<By> {
 protected:
  FakeClient fake;

  TokenStatus verify(const CallOptions& options = {}) {
    return made_by(GetParam(), fake.client,
                   [&](const auto& client) { return client.tokens().verify(options); });
  }
};

INSTANTIATE_TEST_SUITE_P(OfEachFront, VerifyingAToken, ::testing::ValuesIn(every_front));

TEST_P(VerifyingAToken, ReturnsItsWorkspaceIfItIsValid) {
  fake.transport->add(200, string(a_workspace));
  const TokenStatus status = verify();
  EXPECT_TRUE(status.valid);
  ASSERT_TRUE(status.workspace.has_value());
  EXPECT_EQ(status.workspace->slug, "acme");
  EXPECT_EQ(fake.target(), "/");
  EXPECT_EQ(fake.transport->last_request().method, http::Method::get);
}

TEST_P(VerifyingAToken, IsNotAnErrorIfItIsInvalid) {
  fake.transport->add(401, R"({"errors":[{"type":"unauthorized"}]})");
  const TokenStatus status = verify();
  EXPECT_FALSE(status.valid);
  EXPECT_EQ(status.workspace, std::nullopt);
  EXPECT_EQ(fake.sent(), 1U);
}

TEST_P(VerifyingAToken, ThrowsIfTheResponseIsInconclusive) {
  fake.transport->add(403, "").add(500, "").add(refused()).add(200, "<html>");
  const auto ask = [&] { (void)verify({.max_attempts = 1}); };
  thrown<PermissionDeniedError>(ask);
  thrown<ServerError>(ask);
  thrown<TransportError>(ask);
  thrown<DecodeError>(ask);
}

TEST(TheActivityOfAPeriod, IsReadFromTheAuditTrail) {
  FakeClient fake;
  fake.transport
      ->add(200, R"({"data":{"events":[{"id":"e1","timestamp":"2026-01-02T03:04:05Z",)"
                 R"("type":"Source Created","actor":"u"}],)"
                 R"("pagination":{"current":"a","next":"b"}}})")
      .add(200, R"({"data":{"events":[{"id":"e2"}],"pagination":{"current":"b"}}})");
  std::vector<string> ids;
  for (const AuditEvent& event : fake.client.tokens().activity(Timestamp("2026-01-01T00:00:00Z"),
                                                               Timestamp("2026-02-01T00:00:00Z"))) {
    ids.push_back(event.id.text() + " " + event.type);
  }
  EXPECT_EQ(ids, (std::vector<string>{"e1 Source Created", "e2 "}));
  EXPECT_EQ(fake.target(),
            "/audit-events?startTime=2026-01-01T00%3A00%3A00Z&endTime=2026-02-01T00%3A00%3A00Z"
            "&pagination.count=1000&pagination.cursor=b");
}

TEST(TheActivityOfAPeriod, MayBeRequestedWithoutBounds) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"events":[],"pagination":{"current":"a"}}})");
  auto events = fake.client.tokens().activity({});
  EXPECT_EQ(events.begin(), events.end());
  EXPECT_EQ(fake.target(), "/audit-events?pagination.count=1000");
}

TEST(TheActivityOfAPeriod, IsReadByEachFront) {
  FakeClient fake;
  const std::string events = R"({"data":{"events":[{"id":"e1"}],"pagination":{"current":"a"}}})";
  fake.transport->add(200, events).add(200, events);
  const Timestamp from("2026-01-01T00:00:00Z");
  EXPECT_EQ(fake.client.async().tokens().activity(from).to_vector().get().at(0).id.text(), "e1");
  for (const Result<AuditEvent>& event : fake.client.nothrow().tokens().activity(from)) {
    EXPECT_EQ(event->id.text(), "e1");
  }
  EXPECT_EQ(fake.sent(), 2U);
}

// Which region ------------------------------------------------------------------------------------

class TheRegionOfAToken : public ::testing::TestWithParam<By> {
 protected:
  std::shared_ptr<FakeTransport> transport = std::make_shared<FakeTransport>();

  /// Detects the region, while both regions respond as given.
  std::optional<Region> ask(const Outcome& us, const Outcome& eu,
                            const CallOptions& options = {}) const {
    transport->respond_with([=](const http::Request& request) {
      return request.url == "https://eu1.api.segmentapis.com/" ? eu : us;
    });
    const Client client({.token = Token("asked-about"),
                         .region = Region::eu,
                         .base_url = "http://127.0.0.1:9",
                         .application = "detector/1",
                         .transport = transport,
                         .clock = std::make_shared<ManualClock>()});
    return made_by(GetParam(), client,
                   [&](const auto& front) { return front.tokens().detect_region(options); });
  }
};

INSTANTIATE_TEST_SUITE_P(OfEachFront, TheRegionOfAToken, ::testing::ValuesIn(every_front));

const Outcome accepts = Response{200, {}, string(a_workspace)};
const Outcome refuses = Response{401, {}, ""};

TEST_P(TheRegionOfAToken, IsTheOneThatAcceptsIt) {
  EXPECT_EQ(ask(accepts, refuses), Region::us);
  EXPECT_EQ(ask(refuses, accepts), Region::eu);
}

TEST_P(TheRegionOfAToken, IsUnknownIfNeitherAcceptsIt) {
  EXPECT_EQ(ask(refuses, refuses), std::nullopt);
}

TEST_P(TheRegionOfAToken, IsFoundEvenIfTheOtherIsUnreachable) {
  EXPECT_EQ(ask(refused(), accepts), Region::eu);
  EXPECT_EQ(ask(accepts, refused()), Region::us);
}

TEST_P(TheRegionOfAToken, IsNotGuessedIfOneIsUnreachable) {
  thrown<TransportError>([&] { (void)ask(refused(), refuses); });
  thrown<TransportError>([&] { (void)ask(refuses, refused()); });
  thrown<ServerError>([&] { (void)ask(Response{500, {}, ""}, refuses); });
}

TEST_P(TheRegionOfAToken, IsRequestedWithTheClientsTokenAtSegmentsAddressesOnly) {
  (void)ask(refuses, refuses, {.tag = "tenant 7"});
  const auto requests = transport->requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].url, "https://api.segmentapis.com/");
  EXPECT_EQ(requests[1].url, "https://eu1.api.segmentapis.com/");
  for (const auto& request : requests) {
    EXPECT_EQ(*request.headers.find("Authorization"), "Bearer asked-about");
    EXPECT_TRUE(request.headers.find("User-Agent")->starts_with("detector/1 "));
  }
}

TEST_P(TheRegionOfAToken, IsNotRequestedAfterAStopRequest) {
  std::stop_source stop;
  stop.request_stop();
  thrown<CancelledError>([&] { (void)ask(accepts, accepts, {.stop = stop.get_token()}); });
  EXPECT_TRUE(transport->requests().empty());
}

}  // namespace
}  // namespace segment::testing
