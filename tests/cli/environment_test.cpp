// Environment variables, as people paste them.

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "program.hpp"
#include "support/loopback_server.hpp"

namespace segment::test {
namespace {

class TheEnvironment : public ::testing::Test {
 protected:
  void SetUp() override { SEGMENT_NEEDS_PROGRAM(); }
};

// The proxy receives the host and rejects it: nothing leaves this machine.
TEST_F(TheEnvironment, MayNameTheRegionInAnyCaseWithWhitespaceAround) {
  for (const std::string region : {"eu", "EU", " Eu\n", "us", "US", "\tuS \r\n", " "}) {
    SCOPED_TRACE(region);
    LoopbackServer proxy;
    proxy.always(respond(403));
    const Ran ran = run({.arguments = {"call", "getWorkspace", "--attempts", "1"},
                         .environment = {{"SEGMENT_TOKEN", token},
                                         {"SEGMENT_REGION", region},
                                         {"https_proxy", proxy.url("")}}});
    EXPECT_EQ(ran.exit_code, 9) << ran.err;
    const bool european = region.find_first_of("eE") != std::string::npos;
    EXPECT_EQ(proxy.times_received("CONNECT eu1.api.segmentapis.com:443"), european ? 1 : 0);
    EXPECT_EQ(proxy.times_received("CONNECT api.segmentapis.com:443"), european ? 0 : 1);
  }
}

TEST_F(TheEnvironment, MayNameTheBaseUrlWithWhitespaceAround) {
  LoopbackServer server;
  server.always(respond(200, R"({"data":{"workspace":{"id":"w"}}})"));
  for (const std::string around : {"\n", " ", "\r\n", "\t"}) {
    const Ran ran = run_against(around + server.url("") + around, {"call", "getWorkspace"});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
  }
}

TEST_F(TheEnvironment, IsNamedInAdviceInsteadOfLibraryOptions) {
  LoopbackServer server;
  server.next(respond(401));
  const Ran ran = run_against(server.url(""), {"call", "getWorkspace"});
  EXPECT_NE(ran.err.find("belongs to the region in use (SEGMENT_REGION or the profile's region)"),
            std::string::npos)
      << ran.err;
}

TEST_F(TheEnvironment, IsMentionedInAdviceAfterTheServersMessage) {
  LoopbackServer server;
  server.next(respond(401, R"({"errors":[{"type":"unauthorized","message":"Not known."}]})"));
  const Ran ran = run_against(server.url(""), {"call", "getWorkspace"});
  EXPECT_NE(ran.err.find("Unauthorized: Not known; check that"), std::string::npos) << ran.err;
}

TEST_F(TheEnvironment, IsReportedByVariableNameIfInvalid) {
  const auto complaint = [](std::map<std::string, std::string> environment) {
    environment.emplace("SEGMENT_TOKEN", token);
    const Ran ran = run({.arguments = {"call", "getWorkspace"}, .environment = environment});
    EXPECT_EQ(ran.exit_code, 3);
    return ran.err;
  };
  EXPECT_TRUE(complaint({{"SEGMENT_BASE_URL", "https://a\nb"}})
                  .starts_with("error: SEGMENT_BASE_URL: the base URL contains"));
  EXPECT_TRUE(complaint({{"SEGMENT_REGION", "e u"}}).starts_with("error: SEGMENT_REGION is"));
  EXPECT_TRUE(complaint({{"SEGMENT_TOKEN", ""}})
                  .starts_with("error: the environment variable SEGMENT_TOKEN"));
}

}  // namespace
}  // namespace segment::test
