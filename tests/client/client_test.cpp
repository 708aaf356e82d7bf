// A client is a value: its copies share one transport, and any thread may call.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;

TEST(AClient, SharesItsTransportWithItsCopies) {
  FakeClient fake;
  fake.transport->respond_with([](const auto&) {
    return http::Response{200, {}, string(a_workspace)};
  });
  const Client copy = fake.client;  // NOLINT: the copy is what is tested
  (void)copy.workspaces().get();
  (void)fake.client.workspaces().get();
  EXPECT_EQ(fake.sent(), 2U);
}

TEST(AClient, IsOutlivedByItsCopiesAndGroups) {
  auto transport = std::make_shared<FakeTransport>();
  transport->add(200, string(a_workspace)).add(200, string(a_workspace));
  std::optional<Client> first(std::in_place,
                              ClientOptions{.token = Token("t"), .transport = transport});
  const Client copy = *first;
  const Workspaces group = first->workspaces();
  first.reset();
  EXPECT_EQ(copy.workspaces().get().slug, "acme");
  EXPECT_EQ(group.get().slug, "acme");
}

TEST(AClient, ThatWasMovedFromStillWorks) {
  FakeClient fake;
  fake.transport->respond_with([](const auto&) {
    return http::Response{200, {}, string(a_workspace)};
  });
  Client first = fake.client;
  const Client second = std::move(first);
  Workspaces group = second.workspaces();
  const Workspaces other_group = std::move(group);
  EXPECT_EQ(first.workspaces().get().slug, "acme");
  EXPECT_EQ(second.workspaces().get().slug, "acme");
  EXPECT_EQ(group.get().slug, "acme");
  EXPECT_EQ(other_group.get().slug, "acme");
  EXPECT_TRUE(first.tokens().verify().valid);
}

TEST(AClient, CanBeAssignedLikeAnyValue) {
  FakeClient us;
  FakeClient eu({.region = Region::eu});
  eu.transport->add(200, string(a_workspace));
  us.client = eu.client;
  (void)us.client.workspaces().get();
  EXPECT_EQ(us.sent(), 0U);
  EXPECT_EQ(eu.sent(), 1U);
}

TEST(AClient, CanBeCreatedWithATokenAlone) { EXPECT_NO_THROW(Client({.token = Token("t")})); }

TEST(AClient, RefusesANegativeDuration) {
  const auto refused = [](const ClientOptions& options) -> std::string {
    try {
      const Client client(options);
    } catch (const ConfigurationError& error) {
      return error.what();
    }
    return "not refused";
  };
  ClientOptions options{.token = Token("of-the-tests")};
  options.timeouts.stall = std::chrono::seconds::max();
  EXPECT_EQ(refused(options), "not refused");
  options.timeouts.stall = std::chrono::seconds{-1};
  EXPECT_EQ(refused(options), "ClientOptions::timeouts.stall is negative; it must be 0 or more");
  options.timeouts.stall = {};
  options.retry.max_backoff = std::chrono::milliseconds{-1};
  EXPECT_EQ(refused(options), "ClientOptions::retry.max_backoff is negative; it must be 0 or more");
}

TEST(TwoClients, CanShareATransport) {
  auto transport = std::make_shared<FakeTransport>();
  transport->respond_with([](const auto&) { return http::Response{200, {}, string(a_workspace)}; });
  const Client one({.token = Token("one"), .transport = transport});
  const Client two({.token = Token("two"), .transport = transport});
  (void)one.workspaces().get();
  EXPECT_EQ(*transport->last_request().headers.find("Authorization"), "Bearer one");
  (void)two.workspaces().get();
  EXPECT_EQ(*transport->last_request().headers.find("Authorization"), "Bearer two");
}

// For ThreadSanitizer as much as for the counts.
TEST(ManyThreads, MayCallOneClientAtOnce) {
  constexpr int threads = 8;
  constexpr int calls = 50;
  std::atomic<int> provided = 0;
  FakeClient fake({.token_provider = [&] { return Token("t" + std::to_string(++provided)); },
                   .application = "threads/1",
                   .on_schema_mismatch = [](const SchemaMismatch&) {}});
  fake.transport->respond_with([](const http::Request& request) -> http::Outcome {
    if (request.method == http::Method::delete_) return http::Response{404, {}, "gone"};
    const bool first_page = request.url.find("cursor") == string::npos;
    return http::Response{200,
                          {},
                          R"({"data":{"sources":[{"id":"s"}],"pagination":{"current":"a")" +
                              string(first_page ? R"(,"next":"b")" : "") + "}}}"};
  });
  std::atomic<int> items = 0;
  std::atomic<int> errors = 0;
  {
    std::vector<std::jthread> running;
    for (int i = 0; i < threads; ++i) {
      running.emplace_back([&, client = fake.client] {
        for (int call = 0; call < calls; ++call) {
          for (const Source& source : client.sources().list()) items += source.id.text() == "s";
          try {
            client.sources().remove(SourceId("s"));
          } catch (const NotFoundError& error) {
            errors += error.body() == "gone";
          }
        }
      });
    }
  }
  EXPECT_EQ(items, threads * calls * 2);
  EXPECT_EQ(errors, threads * calls);
  EXPECT_EQ(fake.sent(), static_cast<std::size_t>(threads * calls * 3));
  EXPECT_EQ(provided, threads * calls * 3);
}

TEST(ManyThreads, MayDrawJitterAtOnce) {
  auto transport = std::make_shared<FakeTransport>();
  auto clock = std::make_shared<ManualClock>();
  transport->respond_with([](const auto&) { return broken(); });
  const Client client({.token = Token("t"), .transport = transport, .clock = clock});
  {
    std::vector<std::jthread> running;
    for (int i = 0; i < 4; ++i) {
      running.emplace_back([&] {
        EXPECT_THROW((void)client.workspaces().get({.timeout = std::chrono::milliseconds(0)}),
                     TransportError);
      });
    }
  }
  EXPECT_EQ(transport->requests().size(), 16U);
}

}  // namespace
}  // namespace segment::testing
