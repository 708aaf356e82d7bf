// What is logged about calls.

#include "segment/spdlog/log.hpp"

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <memory>
#include <sstream>
#include <string>

#include "../../support/fake_client.hpp"

namespace segment::testing {
namespace {

/// A client and the lines that are logged about its calls.
struct LoggedClient {
  LoggedClient() {
    logger->set_pattern("%l %v");
    logger->set_level(::spdlog::level::debug);
  }

  std::ostringstream lines{};
  std::shared_ptr<::spdlog::logger> logger = std::make_shared<::spdlog::logger>(
      "segment", std::make_shared<::spdlog::sinks::ostream_sink_st>(lines));
  FakeClient fake{{.on_event = spdlog::log_calls(logger)}};
};

TEST(CallLogs, HaveALineForEachStepWithItsLevel) {
  LoggedClient logged;
  logged.fake.transport->fail(operations::workspaces::get, 503)
      .fail(operations::workspaces::get, broken())
      .respond(operations::workspaces::get, Workspace{});
  (void)logged.fake.client.workspaces().get({.tag = "nightly"});
  const std::string lines = logged.lines.str();
  EXPECT_TRUE(contains(lines, "debug call 1 getWorkspace (nightly): call_started\n")) << lines;
  EXPECT_TRUE(contains(lines, "info call 1 getWorkspace attempt 1 (nightly): 503 in 0.0 ms, "))
      << lines;
  EXPECT_TRUE(
      contains(lines, "warning call 1 getWorkspace attempt 1 (nightly): retried in 500 ms\n"))
      << lines;
  EXPECT_TRUE(
      contains(lines, "warning call 1 getWorkspace attempt 2 (nightly): no response after "))
      << lines;
  EXPECT_TRUE(contains(lines, "debug call 1 getWorkspace attempt 3 (nightly): done in 1500.0 ms\n"))
      << lines;
}

TEST(CallLogs, SayWhyACallFailedWithoutItsSecrets) {
  LoggedClient logged;
  logged.fake.transport->fail(operations::sources::remove_write_key, 404, {},
                              {{"X-Request-Id", "r-7"}});
  EXPECT_THROW(logged.fake.client.sources().remove_write_key(SourceId{"s"},
                                                             WriteKey{std::string(test_write_key)}),
               NotFoundError);
  const std::string lines = logged.lines.str();
  EXPECT_TRUE(contains(lines,
                       "error call 1 removeWriteKeyFromSource attempt 1: failed after 0.0 ms: "
                       "not_found, status 404, request id r-7\n"))
      << lines;
  expect_no_secret(lines);
}

}  // namespace
}  // namespace segment::testing
