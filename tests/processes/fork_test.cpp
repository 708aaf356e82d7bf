// A process that forks: parent and child each make their own calls and get their own responses.
#include <gtest/gtest.h>

#include <optional>
#include <semaphore>
#include <stdexcept>
#include <string>
#include <vector>

#include "child.hpp"
#include "segment/async.hpp"
#include "support/fake_client.hpp"
#include "support/loopback_server.hpp"

namespace segment::test {
namespace {

using testing::a_workspace;

Client client_of(const LoopbackServer& server) {
  return Client({.token = Token("x"),
                 .base_url = server.url(""),
                 .curl = {.proxy = "none"},
                 .rate_limiter = RateLimiter::unlimited()});
}

/// Answers with the source that was asked for.
Step the_source_asked_for() {
  return depending_on_request([](const Received& request) {
    const std::string id = request.target.substr(request.target.rfind('/') + 1);
    return answer(200, R"({"data":{"source":{"id":")" + id + R"("}}})");
  });
}

/// Whether asynchronous calls bring what they asked for, many at a time.
bool gets_its_own(const Client& client, const std::string& name) {
  std::vector<Task<SourceDetails>> tasks;
  for (int i = 0; i < 100; ++i) {
    tasks.push_back(client.async().sources().get(SourceId(name + std::to_string(i)),
                                                 {.timeout = std::chrono::seconds(30)}));
  }
  bool all = true;
  for (int i = 0; i < 100; ++i) {
    all = tasks[static_cast<std::size_t>(i)].get().source.id.text() == name + std::to_string(i) &&
          all;
  }
  return all;
}

class AForkedProcess : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!can_fork()) GTEST_SKIP() << "ThreadSanitizer does not let a forked child make threads";
  }
};

TEST_F(AForkedProcess, GetsTheResponsesToItsOwnAsynchronousCallsAndSoDoesItsParent) {
  LoopbackServer server;
  server.always(the_source_asked_for());
  const Client client = client_of(server);
  ASSERT_TRUE(gets_its_own(client, "before-"));
  const pid_t child = in_forked_child([&] { return gets_its_own(client, "child-"); });
  EXPECT_TRUE(gets_its_own(client, "parent-"));
  EXPECT_EQ(end_of(child), 0);
}

TEST_F(AForkedProcess, MakesCallsWhileThoseOfItsParentAreUnderWay) {
  Gate gate;
  LoopbackServer server;
  server.next(after(gate, answer(200, std::string(a_workspace)))).always(the_source_asked_for());
  const Client client = client_of(server);
  auto of_parent = client.async().workspaces().get();
  ASSERT_TRUE(server.wait_for_requests(1));
  const pid_t child = in_forked_child([&] { return gets_its_own(client, "child-"); });
  EXPECT_EQ(end_of(child), 0);
  gate.open();
  EXPECT_EQ(of_parent.get().id.text(), "w1");
}

TEST_F(AForkedProcess,
       LetsGoOfTheClientWithoutWaitingForItsParentsCallsAndLeavesThemTheirConnection) {
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, answer(200, std::string(a_workspace))));
  std::optional<Client> client = client_of(server);
  auto of_parent = client->async().workspaces().get();
  ASSERT_TRUE(server.wait_for_requests(1));
  const pid_t child = in_forked_child([&] {
    client.reset();
    return true;
  });
  EXPECT_EQ(end_of(child), 0);
  gate.open();
  EXPECT_EQ(of_parent.get().id.text(), "w1");
  EXPECT_EQ(client->async().workspaces().get().get().id.text(), "w1");
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(AForkedProcess, RefusesToWaitForATaskOfItsParent) {
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, answer(200, std::string(a_workspace))));
  const Client client = client_of(server);
  auto of_parent = client.async().workspaces().get();
  ASSERT_TRUE(server.wait_for_requests(1));
  const pid_t child = in_forked_child([&] {
    try {
      (void)of_parent.get();
    } catch (const std::logic_error&) {
      return true;
    }
    return false;
  });
  EXPECT_EQ(end_of(child), 0);
  gate.open();
  EXPECT_EQ(of_parent.get().id.text(), "w1");
}

TEST_F(AForkedProcess, StopsNoCallOfItsParent) {
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, answer(200, std::string(a_workspace))));
  const Client client = client_of(server);
  std::stop_source stop;
  auto of_parent = client.async().workspaces().get({.stop = stop.get_token()});
  ASSERT_TRUE(server.wait_for_requests(1));
  const pid_t child = in_forked_child([&] {
    stop.request_stop();
    return client.shutdown(std::chrono::steady_clock::now() + std::chrono::seconds(30));
  });
  EXPECT_EQ(end_of(child), 0) << "nothing is under way in it";
  gate.open();
  EXPECT_EQ(of_parent.get().id.text(), "w1");
}

}  // namespace
}  // namespace segment::test
