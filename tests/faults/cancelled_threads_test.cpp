// A thread of the program that is cancelled while it makes a call.
#include <gtest/gtest.h>
#include <pthread.h>

#include <atomic>

#include "socket_client.hpp"

namespace segment::test {
namespace {

struct Calling {
  const Client& client;
  std::atomic<bool> call_has_ended = false;
};

void* make_a_call(void* data) {
  auto& calling = *static_cast<Calling*>(data);
  calling.call_has_ended = calling.client.workspaces().get().id == WorkspaceId("w");
  pthread_testcancel();
  return nullptr;
}

TEST(ACancelledThread, FinishesItsCallFirst) {
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, respond(200, good_body())));
  const Client client = socket_client(server.url(""));
  Calling calling{.client = client};
  pthread_t thread{};
  ASSERT_EQ(pthread_create(&thread, nullptr, &make_a_call, &calling), 0);
  ASSERT_TRUE(server.wait_for_requests(1));
  EXPECT_EQ(pthread_cancel(thread), 0);
  gate.open();
  void* result = nullptr;
  EXPECT_EQ(pthread_join(thread, &result), 0);
  EXPECT_TRUE(calling.call_has_ended);
  EXPECT_EQ(result, PTHREAD_CANCELED) << "and ends after the call";
}

}  // namespace
}  // namespace segment::test
