#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>

#include "talk.hpp"

namespace segment::sandbox::test {
namespace {

TEST(SandboxServer, StopsAtOnceDespiteAConnectionThatIsKeptAlive) {
  auto sandbox = std::make_unique<Sandbox>();
  const Client client = quick_client(*sandbox, 1);
  client.workspaces().get();
  const auto begin = std::chrono::steady_clock::now();
  sandbox.reset();
  // An idle connection is kept for two minutes.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::minutes(1));
  EXPECT_THROW(client.workspaces().get(), TransportError);
}

TEST(SandboxServer, StartsAndStopsManyTimes) {
  for (int i = 0; i < 50; ++i) {
    const Sandbox sandbox;
    EXPECT_NE(sandbox.port(), 0);
  }
}

TEST(SandboxServer, DoesNotShareItsPort) {
  const Sandbox first;
  EXPECT_THROW(Sandbox(SandboxOptions{.port = first.port()}), std::runtime_error);
}

TEST(SandboxServer, HasAWorkspaceOfItsOwn) {
  const Sandbox first;
  const Sandbox second;
  Client(first.client_options()).labels().create({.label = Label{.key = "a", .value = "b"}});
  EXPECT_EQ(Client(second.client_options()).labels().list().to_vector().size(), 2U);
}

TEST(SandboxServer, ServesManyCallsOnOneConnection) {
  const Sandbox sandbox;
  const Client client(sandbox.client_options());
  for (int i = 0; i < 300; ++i) EXPECT_EQ(client.labels().list().to_vector().size(), 2U);
}

TEST(SandboxServer, KnowsATokenWithPercentSigns) {
  for (const char* token : {"a%41b", "100%", "%zz%41", "%25"}) {
    const Sandbox sandbox(SandboxOptions{.token = token});
    Talk talk(sandbox);
    EXPECT_EQ(talk.get("/labels").status, 200) << token;
    EXPECT_EQ(talk.get("/labels", {{"Authorization", "Bearer other"}}).status, 401) << token;
  }
}

TEST(SandboxServer, RespondsToInvalidHttpInTheApisFormat) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  const auto response = talk.get("/" + std::string(20000, 'a'));
  EXPECT_EQ(response.status, 414);
  EXPECT_EQ(fields(response), "- ");
}

}  // namespace
}  // namespace segment::sandbox::test
