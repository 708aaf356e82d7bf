// Connections that are used side by side on the library's thread.
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <iterator>
#include <list>
#include <string>
#include <vector>

#include "asynchronous_client.hpp"
#include "segment/async.hpp"
#include "support/answers.hpp"
#include "support/fake_client.hpp"
#include "support/gate.hpp"
#include "support/loopback_server.hpp"

namespace segment::test {
namespace {

using testing::a_workspace;

// A connection that comes to rest is taken out of what is polled, and the last one takes its place.
// The second round is on connections that stand, and without limits but one: libcurl looks by
// itself where it has a timer, and would find what was not heard.
TEST(ManyConnections, AreAllHeardWhicheverComesToRestFirst) {
  std::list<Gate> gates(6);
  LoopbackServer server;
  for (Gate& gate : gates) server.next(after(gate, answer(200, std::string(a_workspace))));
  const Client client = client_of(
      server, {.timeouts = {.connect = std::chrono::seconds(0), .stall = std::chrono::seconds(0)}});
  auto gate = gates.begin();
  for (const std::size_t asked_before : {0U, 3U}) {
    std::vector<Task<Workspace>> tasks;
    for (std::size_t i = 1; i <= 3; ++i) {
      tasks.push_back(client.async().workspaces().get(
          {.attempt_timeout = std::chrono::seconds(30), .max_attempts = 1}));
      ASSERT_TRUE(server.wait_for_requests(asked_before + i));
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
