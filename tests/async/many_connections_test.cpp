// Connections used concurrently on the library's thread.
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <iterator>
#include <list>
#include <string>
#include <vector>

#include "asynchronous_client.hpp"
#include "segment/async.hpp"
#include "support/fake_client.hpp"
#include "support/gate.hpp"
#include "support/loopback_server.hpp"
#include "support/responses.hpp"

namespace segment::test {
namespace {

using testing::a_workspace;

// A connection that becomes idle is removed from the polled ones, and the last one takes its place.
// The second round uses connections that are open already, and has a single time limit: if libcurl
// has a timer it checks by itself, and would find a missed event.
TEST(ManyConnections, AreAllServedWhicheverBecomesIdleFirst) {
  std::list<Gate> gates(6);
  LoopbackServer server;
  for (Gate& gate : gates) server.next(after(gate, respond(200, std::string(a_workspace))));
  const Client client = client_of(
      server, {.timeouts = {.connect = std::chrono::seconds(0), .stall = std::chrono::seconds(0)}});
  auto gate = gates.begin();
  for (const std::size_t requested_before : {0U, 3U}) {
    std::vector<Task<Workspace>> tasks;
    for (std::size_t i = 1; i <= 3; ++i) {
      tasks.push_back(client.async().workspaces().get(
          {.attempt_timeout = std::chrono::seconds(30), .max_attempts = 1}));
      ASSERT_TRUE(server.wait_for_requests(requested_before + i));
    }
    for (const std::ptrdiff_t next : {0, 2, 1}) {
      std::next(gate, next)->open();
      EXPECT_EQ(tasks[static_cast<std::size_t>(next)].get().id.text(), "w1") << next;
    }
    std::advance(gate, 3);
  }
  EXPECT_EQ(server.connections(), 3);
}

}  // namespace
}  // namespace segment::test
