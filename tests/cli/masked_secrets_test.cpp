// Settings that are read, with secrets masked by the API, and then written back.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "program.hpp"
#include "support/loopback_server.hpp"

namespace segment::test {
namespace {

constexpr auto a_destination = R"({"data":{"destination":{"id":"d","enabled":true,"name":"n",)"
                               R"("settings":{"apiKey":"••••••1a2b","region":"eu"}}}})";

class AMaskedSecretThatWasRead : public ::testing::Test {
 protected:
  void SetUp() override {
    SEGMENT_NEEDS_PROGRAM();
    server.always(respond(200, a_destination));
    const Ran ran = run_against(server.url(""), {"destinations", "get", "d", "--output", "json"});
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
    settings = Json::parse(ran.out).at("destination").at("settings");
  }

  // Both commands, with a valid environment.
  std::vector<Ran> write_back(const std::vector<std::string>& flags = {}) {
    const Json body = Json::object({{"settings", settings}});
    std::vector<std::string> update{"destinations", "update", "d", "--input", "-"};
    std::vector<std::string> call{"call", "updateDestination", "--input", "-"};
    update.insert(update.end(), flags.begin(), flags.end());
    call.insert(call.end(), flags.begin(), flags.end());
    const Json path = Json::object({{"destinationId", "d"}});
    return {
        run_against(server.url(""), update, Json::object({{"body", body}}).dump()),
        run_against(server.url(""), call, Json::object({{"path", path}, {"body", body}}).dump())};
  }

  LoopbackServer server;
  Json settings;
};

TEST_F(AMaskedSecretThatWasRead, IsRejectedByMemberNameBeforeAnythingIsSent) {
  for (const Ran& ran : write_back()) {
    EXPECT_EQ(ran.exit_code, 2);
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.err.find("/settings/apiKey"), std::string::npos) << ran.err;
    EXPECT_NE(ran.err.find("--masked-secrets strip"), std::string::npos) << ran.err;
    EXPECT_EQ(ran.err.find("masked_secrets"), std::string::npos) << ran.err;
    EXPECT_EQ(ran.err.find("1a2b"), std::string::npos) << ran.err;
  }
  EXPECT_EQ(server.requests().size(), 1U) << "only the read was to be sent";
}

TEST_F(AMaskedSecretThatWasRead, IsRejectedBeforeTheEnvironmentIsRead) {
  const Ran ran = run({.arguments = {"destinations", "update", "d", "--input", "-"},
                       .input = R"({"body": {"settings": {"apiKey": "••••"}}})"});
  EXPECT_EQ(ran.exit_code, 2) << ran.err;
}

TEST_F(AMaskedSecretThatWasRead, IsLeftOutOnRequest) {
  for (const Ran& ran : write_back({"--masked-secrets", "strip"})) {
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_EQ(Json::parse(server.requests().back().body),
              Json::parse(R"({"settings":{"region":"eu"}})"));
  }
  EXPECT_EQ(server.requests().size(), 3U);
}

TEST_F(AMaskedSecretThatWasRead, IsSentOnRequest) {
  for (const Ran& ran : write_back({"--masked-secrets", "send"})) {
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_EQ(Json::parse(server.requests().back().body), Json::object({{"settings", settings}}));
  }
  EXPECT_EQ(server.requests().size(), 3U);
}

TEST_F(AMaskedSecretThatWasRead, CannotBeHandledInAnyOtherWay) {
  for (const Ran& ran : write_back({"--masked-secrets", "keep"})) EXPECT_EQ(ran.exit_code, 2);
  const Ran none = run_against(server.url(""), {"sources", "list", "--masked-secrets", "send"});
  EXPECT_EQ(none.exit_code, 2) << "a list has no body";
}

}  // namespace
}  // namespace segment::test
