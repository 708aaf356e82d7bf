// An application's own objects may break their contract: a transport that completes twice, a clock
// that throws. That ends no call twice, and does not end the program.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

#include "segment/async.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;
using namespace std::chrono_literals;

http::Response success() { return {200, {}, string(a_workspace)}; }

/// Completes each request by the given function, which may do so several times.
class CompletingTransport final : public http::Transport {
 public:
  using Complete = std::function<void(const http::OnOutcome&)>;
  explicit CompletingTransport(Complete complete) : complete_(std::move(complete)) {}

  [[nodiscard]] http::Outcome send(const http::Request&) override { return success(); }
  void start(const http::Request&, http::OnOutcome done) override {
    ++started;
    kept = done;
    complete_(done);
  }

  http::OnOutcome kept{};
  int started = 0;

 private:
  Complete complete_;
};

/// Counts how often a call over such a transport ended, by the events of the client.
struct CompletedCall {
  explicit CompletedCall(CompletingTransport::Complete complete)
      : transport(std::make_shared<CompletingTransport>(std::move(complete))),
        fake({.transport = transport, .on_event = [this](const CallEvent& event) {
                if (event.kind == CallEvent::Kind::call_ended) ++ended;
              }}) {}

  std::atomic<int> ended = 0;
  std::shared_ptr<CompletingTransport> transport;
  FakeClient fake;
};

TEST(ATransport, ThatCompletesTwiceEndsACallOnce) {
  CompletedCall call([](const http::OnOutcome& done) {
    done(success());
    done(http::Response{500, {}, ""});
  });
  EXPECT_EQ(call.fake.client.async().workspaces().get().get().id.text(), "w1");
  EXPECT_EQ(call.ended, 1);
  EXPECT_EQ(call.transport->started, 1);
}

TEST(ATransport, ThatCompletesAgainAfterTheCallDoesNoHarm) {
  CompletedCall call([](const http::OnOutcome& done) { done(success()); });
  (void)call.fake.client.async().workspaces().get().get();
  call.transport->kept(success());
  EXPECT_EQ(call.ended, 1);
}

/// Completes a request only when it is asked to stop: within the stop callback, which it destroys.
class CompletingOnStop final : public http::Transport {
 public:
  [[nodiscard]] http::Outcome send(const http::Request&) override { return success(); }
  void start(const http::Request& request, http::OnOutcome done) override {
    auto pending = std::make_shared<Pending>();
    pending->done = std::move(done);
    pending->on_stop.emplace(request.stop, [pending] {
      const auto kept = pending;
      const auto complete = std::move(kept->done);
      kept->on_stop.reset();
      complete(http::Failure{http::FailureKind::cancelled, true, "it was stopped"});
    });
  }

 private:
  struct Pending {
    http::OnOutcome done{};
    std::optional<std::stop_callback<std::function<void()>>> on_stop{};
  };
};

TEST(ATransport, MayCompleteInAStopCallbackOfTheCallOrOfTheClient) {
  for (const bool of_client : {false, true}) {
    std::stop_source stop;
    std::optional<FakeClient> fake;
    fake.emplace(ClientOptions{.stop = of_client ? stop.get_token() : std::stop_token(),
                               .transport = std::make_shared<CompletingOnStop>()});
    string text;
    fake->client.async()
        .workspaces()
        .get({.stop = of_client ? std::stop_token() : stop.get_token()})
        .then([&](const Result<Workspace>& result) { text = result.error_message(); });
    fake.reset();
    stop.request_stop();
    EXPECT_TRUE(contains(text, "cancelled") || contains(text, "stop")) << text;
  }
}

TEST(ATransport, ThatCompletesAnOldAttemptAgainDoesNotEndTheNewOne) {
  http::OnOutcome first;
  CompletedCall call([&](const http::OnOutcome& done) {
    if (!first) {
      first = done;
      done(http::Failure{http::FailureKind::broken, true, "the connection broke"});
    } else {
      first(http::Response{401, {}, ""});
      done(success());
    }
  });
  EXPECT_EQ(call.fake.client.async().workspaces().get().get().id.text(), "w1");
  EXPECT_EQ(call.transport->started, 2);
}

TEST(ATransport, ThatCompletesAndThenThrowsEndsACallOnce) {
  CompletedCall call([](const http::OnOutcome& done) {
    done(success());
    throw std::runtime_error("late");
  });
  EXPECT_EQ(call.fake.client.async().workspaces().get().get().id.text(), "w1");
  EXPECT_EQ(call.ended, 1);
}

TEST(ATransport, ThatCompletesAndThenThrowsAConfigurationErrorEndsACallOnce) {
  CompletedCall call([](const http::OnOutcome& done) {
    done(success());
    throw ConfigurationError("late");
  });
  EXPECT_EQ(call.fake.client.async().workspaces().get().get().id.text(), "w1");
  EXPECT_EQ(call.ended, 1);
}

TEST(ATransport, ThatCompletesOnTwoThreadsAtOnceEndsACallOnce) {
  CompletedCall call([](const http::OnOutcome& done) {
    std::thread other([&] { done(success()); });
    done(success());
    other.join();
  });
  for (int i = 0; i < 20; ++i) (void)call.fake.client.async().workspaces().get().get();
  EXPECT_EQ(call.ended, 20);
}

/// Throws after a number of calls of `now`, and whenever it has to wait.
class ThrowingClock final : public Clock {
 public:
  [[nodiscard]] std::chrono::steady_clock::time_point now() const override {
    if (--left_ < 0) throw std::runtime_error("the clock stopped");
    return std::chrono::steady_clock::now();
  }
  [[nodiscard]] std::chrono::system_clock::time_point system_now() const override { return {}; }
  bool wait_until(std::chrono::steady_clock::time_point, const std::stop_token&) override {
    throw std::runtime_error("the clock does not wait");
  }

  void throw_after(int asks) { left_ = asks; }

 private:
  mutable std::atomic<int> left_ = 1'000'000;
};

/// Fails once, so that the call has to wait before it succeeds.
struct ClockedClient {
  ClockedClient() : fake({.retry = {.max_attempts = 2, .initial_backoff = 1ms}, .clock = clock}) {
    fake.transport->respond_with([this](const http::Request&) -> http::Outcome {
      if (first.exchange(false)) return http::Response{503, {}, ""};
      return success();
    });
  }
  std::atomic<bool> first = true;
  std::shared_ptr<ThrowingClock> clock = std::make_shared<ThrowingClock>();
  FakeClient fake;
};

// Wherever the call is when the clock starts to throw, it ends, with that error or with its result.
TEST(AClock, ThatThrowsEndsTheCallAndNotTheProgram) {
  for (int asks = 0; asks < 40; ++asks) {
    ClockedClient blocking;
    blocking.clock->throw_after(asks);
    try {
      (void)blocking.fake.client.workspaces().get();
    } catch (const std::runtime_error& error) {
      EXPECT_TRUE(contains(error.what(), "the clock")) << error.what();
    }
    ClockedClient asynchronous;
    asynchronous.clock->throw_after(asks);
    try {
      (void)asynchronous.fake.client.async().workspaces().get().get();
    } catch (const std::runtime_error& error) {
      EXPECT_TRUE(contains(error.what(), "the clock")) << error.what();
    }
  }
}

TEST(AClock, ThatCannotWaitMakesAnAsynchronousCallUseTheSystemClock) {
  ClockedClient client;
  EXPECT_EQ(client.fake.client.async().workspaces().get().get().id.text(), "w1");
}

}  // namespace
}  // namespace segment::testing
