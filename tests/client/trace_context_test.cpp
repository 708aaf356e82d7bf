// The trace context that a call's requests carry.

#include "segment/trace_context.hpp"

#include <gtest/gtest.h>

#include <future>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

#include "../support/fake_client.hpp"
#include "segment/async_client.hpp"

namespace segment::testing {
namespace {

const TraceContext a_span{.trace_id = "4bf92f3577b34da6a3ce929d0e0e4736",
                          .span_id = "00f067aa0ba902b7",
                          .sampled = true,
                          .state = "vendor=1"};

FakeClient traced(const SpanProvider& span_provider, CallObserver observer = {}) {
  ClientOptions options;
  options.on_event = std::move(observer);
  send_traceparent(options, span_provider);
  return FakeClient(std::move(options));
}

TEST(ATrace, IsSentWithEachAttempt) {
  FakeClient fake = traced([](const CallEvent&) { return a_span; });
  fake.transport->fail(operations::workspaces::get, 503)
      .respond(operations::workspaces::get, Workspace{});
  (void)fake.client.workspaces().get();
  for (const http::Request& request : fake.transport->requests()) {
    EXPECT_EQ(*request.headers.find("traceparent"),
              "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    EXPECT_EQ(*request.headers.find("tracestate"), "vendor=1");
  }
  EXPECT_EQ(fake.sent(), 2U);
}

TEST(ATrace, IsRequestedOncePerCallOnTheThreadThatStartsIt) {
  std::vector<std::thread::id> asked;
  std::vector<std::string> operations_seen;
  FakeClient fake = traced([&](const CallEvent& started) -> std::optional<TraceContext> {
    asked.push_back(std::this_thread::get_id());
    operations_seen.emplace_back(started.operation.id);
    return a_span;
  });
  fake.transport->respond(operations::workspaces::get, Workspace{});
  (void)fake.client.async().workspaces().get().get();
  EXPECT_EQ(asked, (std::vector{std::this_thread::get_id()}));
  EXPECT_EQ(operations_seen, (std::vector<std::string>{"getWorkspace"}));
  EXPECT_EQ(fake.header("traceparent"), *a_span.traceparent());
}

TEST(ATrace, IsNotSentIfThereIsNone) {
  int asked = 0;
  FakeClient fake = traced([&](const CallEvent&) -> std::optional<TraceContext> {
    if (++asked == 1) return std::nullopt;
    if (asked == 2) throw std::runtime_error("no tracer");
    return TraceContext{.trace_id = "00000000000000000000000000000000",
                        .span_id = "00f067aa0ba902b7"};
  });
  fake.transport->respond(operations::workspaces::get, Workspace{});
  for (int i = 0; i < 3; ++i) {
    (void)fake.client.workspaces().get();
    EXPECT_EQ(fake.header("traceparent"), "(no header)");
  }
  EXPECT_EQ(asked, 3);
}

TEST(ATrace, DoesNotTakeEventsFromTheObserver) {
  std::vector<CallEvent::Kind> kinds;
  FakeClient fake = traced([](const CallEvent&) { return a_span; },
                           [&](const CallEvent& event) { kinds.push_back(event.kind); });
  fake.transport->respond(operations::workspaces::get, Workspace{});
  (void)fake.client.workspaces().get();
  ASSERT_EQ(kinds.size(), 4U);
  EXPECT_EQ(kinds.front(), CallEvent::Kind::call_started);
  EXPECT_EQ(kinds.back(), CallEvent::Kind::call_ended);
}

TEST(ATrace, HasLowercaseIdsAndRejectsInvalidOnes) {
  TraceContext span = a_span;
  span.trace_id = "4BF92F3577B34DA6A3CE929D0E0E4736";
  span.sampled = false;
  EXPECT_EQ(span.traceparent(), "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00");
  span.span_id = "00f067aa0ba902b";
  EXPECT_EQ(span.traceparent(), std::nullopt);
  span.span_id = "00f067aa0ba902b7\r";
  EXPECT_EQ(span.traceparent(), std::nullopt);
}

}  // namespace
}  // namespace segment::testing
