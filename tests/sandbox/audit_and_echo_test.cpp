#include <gtest/gtest.h>

#include "talk.hpp"

namespace segment::sandbox::test {
namespace {

using std::chrono::hours;

std::vector<std::string> types(const Client& client, const ListAuditEventsQuery& query = {}) {
  std::vector<std::string> all;
  for (const auto& event : client.audit_trail().list_events(query)) all.push_back(event.type);
  return all;
}

TEST(SandboxAuditTrail, ListsChangesNewestFirst) {
  const Sandbox sandbox(SandboxOptions{.seed = false});
  const Client client(sandbox.client_options());
  const Source made = client.sources().create(
      {.slug = "a", .enabled = true, .metadata_id = SourceMetadataId{"IqDTy1TpoU"}});
  client.sources().update(made.id, {.enabled = false});
  client.sources().update(made.id, {.enabled = false});
  client.sources().update(made.id, {.name = "A", .settings = Json::object({{"x", 1}})});
  client.sources().get(made.id);
  client.sources().remove(made.id);
  EXPECT_EQ(types(client),
            (std::vector<std::string>{"Source Deleted", "Source Settings Modified",
                                      "Source Modified", "Source Disabled", "Source Created"}));
}

TEST(SandboxAuditTrail, CanBeFilteredByTimeAndResource) {
  const auto clock = std::make_shared<testing::ManualClock>(
      std::chrono::system_clock::time_point(std::chrono::seconds(1'790'000'000)));
  const auto start = clock->system_now();
  const Sandbox sandbox(SandboxOptions{.seed = false, .clock = clock});
  const Client client(sandbox.client_options());
  client.labels().create({.label = Label{.key = "a", .value = "b"}});
  clock->advance(hours(2));
  const Source made = client.sources().create(
      {.slug = "a", .enabled = true, .metadata_id = SourceMetadataId{"IqDTy1TpoU"}});
  using Types = std::vector<std::string>;
  EXPECT_EQ(types(client, {.start_time = Timestamp(start + hours(1))}), Types{"Source Created"});
  EXPECT_EQ(types(client, {.end_time = Timestamp(start + hours(1))}), Types{"Label Created"});
  EXPECT_EQ(types(client, {.start_time = Timestamp(start + hours(2))}), Types{});
  EXPECT_EQ(types(client, {.resource_id = made.id.text()}), Types{"Source Created"});
  EXPECT_EQ(types(client, {.resource_type = "LABEL"}), Types{"Label Created"});
  EXPECT_THROW(types(client, {.start_time = Timestamp("yesterday")}), ValidationError);
}

TEST(SandboxEcho, ReturnsTheMessageWithoutTheToken) {
  const Sandbox sandbox;
  const Client client(sandbox.client_options());
  const auto result = client.testing().echo({.message = "Grüße & 1+1=2 %"});
  EXPECT_EQ(result.message, "Grüße & 1+1=2 %");
  EXPECT_EQ(result.method, EchoMethod::get);
  EXPECT_TRUE(result.headers.contains("user-agent"));
  EXPECT_FALSE(result.headers.contains("authorization"));
}

TEST(SandboxEcho, FailsAsRequested) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  const auto status = [&](const char* query) {
    return talk.get(std::string("/echo?message=x&") + query).status;
  };
  EXPECT_EQ(status("triggerError=true"), 400);
  EXPECT_EQ(status("triggerError=true&statusCode=409"), 409);
  EXPECT_EQ(status("triggerMultipleErrors=true"), 400);
  EXPECT_EQ(status("triggerUnexpectedError=true"), 500);
  EXPECT_EQ(status("triggerError=false&statusCode=202"), 202);
  EXPECT_EQ(status("statusCode=503"), 503);
  EXPECT_EQ(status("statusCode=99"), 422);
  EXPECT_EQ(fields(talk.get("/echo?message=x&triggerMultipleErrors=true")), "- - ");
  EXPECT_EQ(fields(talk.get("/echo")), "message ");
  EXPECT_EQ(fields(talk.get("/echo?message=x&triggerError=1")), "triggerError ");
}

TEST(SandboxEcho, WaitsButNotForever) {
  const auto clock = std::make_shared<testing::ManualClock>();
  const Sandbox sandbox(SandboxOptions{.clock = clock});
  Talk talk(sandbox);
  EXPECT_EQ(talk.get("/echo?message=x&delay=250").status, 200);
  EXPECT_EQ(talk.get("/echo?message=x&delay=99999999&triggerError=true").status, 400);
  EXPECT_EQ(clock->waits(),
            (std::vector{std::chrono::milliseconds(250), std::chrono::milliseconds(60'000)}));
}

}  // namespace
}  // namespace segment::sandbox::test
