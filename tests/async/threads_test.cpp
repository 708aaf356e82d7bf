// Which threads there are, where results are taken, and what happens when things go.
#include <gtest/gtest.h>

#include <dirent.h>
#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstddef>
#include <future>
#include <iterator>
#include <list>
#include <mutex>
#include <optional>
#include <semaphore>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "held_transport.hpp"
#include "segment/async.hpp"
#include "support/answers.hpp"
#include "support/fake_client.hpp"
#include "support/gate.hpp"
#include "support/loopback_server.hpp"
#include "threads/library_thread.hpp"

namespace segment::test {
namespace {

using testing::a_workspace;
using testing::contains;
using testing::HeldTransport;
using testing::thrown;

/// The ids of this process's threads; none where they cannot be told.
std::set<std::string> threads() {
  std::set<std::string> ids;
  DIR* folder = ::opendir("/proc/self/task");
  if (folder == nullptr) return ids;
  while (const dirent* entry = ::readdir(folder)) {
    if (entry->d_name[0] != '.') ids.emplace(entry->d_name);
  }
  ::closedir(folder);
  return ids;
}

/// How many there are that were not there before. Those that have just ended do not matter: the
/// system may show them for a moment longer.
std::size_t new_threads(const std::set<std::string>& before) {
  const std::set<std::string> now = threads();
  return static_cast<std::size_t>(std::count_if(
      now.begin(), now.end(), [&](const std::string& id) { return !before.contains(id); }));
}

Client client_of(const LoopbackServer& server, ClientOptions options = {}) {
  options.token = Token("x");
  options.base_url = server.url("");
  options.curl.proxy = "none";
  options.rate_limiter = RateLimiter::unlimited();
  return Client(std::move(options));
}

TEST(AnAsynchronousClient, HasNoThreadBeforeItsFirstCallAndOneForAllOfThem) {
  if (threads().empty()) GTEST_SKIP() << "threads cannot be counted here";
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, answer(200, std::string(a_workspace))));
  const std::set<std::string> before = threads();
  const Client client = client_of(server);
  auto async = client.async();
  EXPECT_EQ(new_threads(before), 0U);
  std::vector<Task<Workspace>> tasks;
  for (int i = 0; i < 20; ++i) tasks.push_back(async.workspaces().get());
  ASSERT_TRUE(server.wait_for_requests(20));
  // The server of the test has a thread for each connection.
  EXPECT_EQ(new_threads(before), 1U + static_cast<std::size_t>(server.connections()));
  gate.open();
  for (auto& task : tasks) EXPECT_EQ(task.get().id.text(), "w1");
}

TEST(AnAsynchronousClient, MakesTenThousandCallsAtOnce) {
  LoopbackServer server;
  server.always(answer(200, std::string(a_workspace)));
  const Client client = client_of(server, {.curl = {.max_connections = 8}});
  auto async = client.async();
  constexpr int count = 10'000;
  std::atomic<int> good = 0;
  std::atomic<int> left = count;
  std::binary_semaphore over{0};
  for (int i = 0; i < count; ++i) {
    async.workspaces().get().then([&](Result<Workspace> result) {
      if (result) ++good;
      if (--left == 0) over.release();
    });
  }
  over.acquire();
  EXPECT_EQ(good, count);
  EXPECT_LE(server.connections(), 8);
}

TEST(ALibraryThread, IsGivenNoSignalOfTheProgram) {
  std::promise<sigset_t> blocked;
  std::thread thread = detail::begin_library_thread("segment-test", [&] {
    sigset_t now{};
    pthread_sigmask(SIG_BLOCK, nullptr, &now);
    blocked.set_value(now);
  });
  const sigset_t mask = blocked.get_future().get();
  thread.join();
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGCHLD, SIGUSR1, SIGALRM, SIGPIPE}) {
    EXPECT_EQ(sigismember(&mask, signal), 1) << signal;
  }
  for (const int own : {SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGPROF}) {
    EXPECT_EQ(sigismember(&mask, own), 0) << "what it brings on itself: " << own;
  }
  sigset_t callers{};
  pthread_sigmask(SIG_BLOCK, nullptr, &callers);
  EXPECT_EQ(sigismember(&callers, SIGTERM), 0)
      << "the mask of the thread that made it is as it was";
}

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

TEST(AnAsynchronousClient, IsSharedByManyThreads) {
  LoopbackServer server;
  server.always(answer(200, std::string(a_workspace)));
  const Client client = client_of(server);
  std::atomic<int> good = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i) {
      threads.emplace_back([&] {
        const auto async = client.async();
        for (int j = 0; j < 50; ++j) {
          if (async.workspaces().get().get().id.text() == "w1") ++good;
        }
      });
    }
  }
  EXPECT_EQ(good, 800);
}

// An executor with a thread of its own.
class OwnThread {
 public:
  ~OwnThread() { run_all(); }
  Executor executor() {
    return [this](std::function<void()> work) {
      const std::scoped_lock lock(mutex_);
      work_.push_back(std::move(work));
      there_is_work_.release();
    };
  }
  /// Runs the next piece of work on the calling thread, waiting for it.
  void run_one() {
    there_is_work_.acquire();
    std::function<void()> work;
    {
      const std::scoped_lock lock(mutex_);
      work = std::move(work_.front());
      work_.erase(work_.begin());
    }
    work();
  }
  void drop_one() {
    there_is_work_.acquire();
    const std::scoped_lock lock(mutex_);
    work_.erase(work_.begin());
  }

 private:
  void run_all() {
    const std::scoped_lock lock(mutex_);
    work_.clear();
  }

  std::mutex mutex_{};
  std::vector<std::function<void()>> work_{};
  std::counting_semaphore<> there_is_work_{0};
};

TEST(AnExecutor, IsWhereTheAnswerIsReadAndTheCallbackRuns) {
  LoopbackServer server;
  server.always(answer(200, R"({"data":{"workspace":{"id":"w1","slug":"acme"}}})"));  // no name
  std::vector<std::thread::id> read_on;
  const Client client = client_of(server, {.on_schema_mismatch = [&](const SchemaMismatch&) {
                                    read_on.push_back(std::this_thread::get_id());
                                  }});
  OwnThread here;
  std::thread::id ran_on{};
  client.async(here.executor()).workspaces().get().then([&](Result<Workspace> result) {
    EXPECT_TRUE(result);
    ran_on = std::this_thread::get_id();
  });
  here.run_one();
  EXPECT_EQ(ran_on, std::this_thread::get_id());
  EXPECT_EQ(read_on, std::vector{std::this_thread::get_id()}) << "a member was missing";
}

Task<std::thread::id> thread_after(AsyncClient client) {
  (void)co_await client.workspaces().get();
  co_return std::this_thread::get_id();
}

TEST(AnExecutor, IsWhereACoroutineGoesOn) {
  LoopbackServer server;
  server.always(answer(200, std::string(a_workspace)));
  const Client client = client_of(server);
  OwnThread here;
  auto task = thread_after(client.async(here.executor()));
  here.run_one();
  EXPECT_EQ(task.get(), std::this_thread::get_id());
}

TEST(AnExecutor, ThatDropsItsWorkCancelsTheCall) {
  LoopbackServer server;
  server.always(answer(200, std::string(a_workspace)));
  const Client client = client_of(server);
  OwnThread here;
  auto task = client.async(here.executor()).workspaces().get();
  here.drop_one();
  const auto error = thrown<CancelledError>([&] { (void)task.get(); });
  EXPECT_EQ(error.operation(), "getWorkspace");
  EXPECT_TRUE(std::string_view(error.what()).starts_with("getWorkspace: ")) << error.what();
}

TEST(AnExecutor, ThatDropsItsWorkEndsAWalkWithThatError) {
  LoopbackServer server;
  server.always(answer(200, R"({"data":{"sources":[],"pagination":{"current":"a"}}})"));
  const Client client = client_of(server);
  OwnThread here;
  auto pages = client.async(here.executor()).sources().list().pages();
  auto page = pages.next();
  EXPECT_FALSE(pages.is_done()) << "a page is under way";
  here.drop_one();
  thrown<CancelledError>([&] { (void)page.get(); });
  thrown<CancelledError>([&] { (void)pages.next().get(); });
  EXPECT_TRUE(pages.is_done());
}

TEST(AnExecutor, ThatThrowsIsTheErrorOfTheCall) {
  LoopbackServer server;
  server.always(answer(200, std::string(a_workspace)));
  const Client client = client_of(server);
  auto task = client.async([](const auto&) { throw std::runtime_error("own"); }).workspaces().get();
  EXPECT_THROW((void)task.get(), std::runtime_error);
}

TEST(AnExecutor, MayOutliveTheClientWithItsWork) {
  LoopbackServer server;
  server.always(answer(200, std::string(a_workspace)));
  OwnThread here;
  std::optional<Client> client = client_of(server);
  auto task = client->async(here.executor()).workspaces().get();
  ASSERT_TRUE(server.wait_for_requests(1));
  client.reset();
  here.run_one();
  EXPECT_EQ(task.get().id.text(), "w1");
}

TEST(WaitingForATask, OnTheLibrarysOwnThreadIsRefusedAndDoesNotHang) {
  LoopbackServer server;
  server.always(answer(200, std::string(a_workspace)));
  const Client client = client_of(server);
  std::promise<bool> was_refused;
  client.async().workspaces().get().then([&](Result<Workspace>) {
    try {
      (void)client.async().workspaces().get().get();
      was_refused.set_value(false);
    } catch (const std::logic_error&) {
      was_refused.set_value(true);
    }
  });
  EXPECT_TRUE(was_refused.get_future().get());
}

TEST(ACallback, MayMakeFurtherCalls) {
  LoopbackServer server;
  server.always(answer(200, std::string(a_workspace)));
  const Client client = client_of(server);
  std::promise<std::string> id;
  client.async().workspaces().get().then([&](Result<Workspace>) {
    client.async().workspaces().get().then(
        [&](Result<Workspace> result) { id.set_value(result.value().id.text()); });
  });
  EXPECT_EQ(id.get_future().get(), "w1");
}

// The end -----------------------------------------------------------------------------------------

TEST(TheLastCopyOfAClient, WaitsForAsynchronousCalls) {
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, answer(200, std::string(a_workspace))));
  std::optional<Client> client = client_of(server);
  std::vector<Task<Workspace>> tasks;
  for (int i = 0; i < 4; ++i) tasks.push_back(client->async().workspaces().get());
  ASSERT_TRUE(server.wait_for_requests(4));
  std::binary_semaphore is_going{0};
  std::jthread opener([&] {
    is_going.acquire();
    gate.open();
  });
  is_going.release();
  client.reset();
  for (auto& task : tasks) {
    EXPECT_TRUE(task.is_done());
    EXPECT_EQ(task.get().id.text(), "w1");
  }
  EXPECT_TRUE(server.wait_for_ended_connections(4));
}

TEST(TheLastCopyOfAClient, MayGoInACallback) {
  LoopbackServer server;
  server.always(answer(200, std::string(a_workspace)));
  auto client = std::make_shared<Client>(client_of(server));
  std::promise<void> is_gone;
  Client& made = *client;
  made.async().workspaces().get().then([&, own = std::move(client)](Result<Workspace>) mutable {
    own.reset();
    is_gone.set_value();
  });
  is_gone.get_future().get();
  EXPECT_TRUE(server.wait_for_ended_connections(1));
}

Task<std::string> id_of_workspace(AsyncClient client) {
  const Workspace workspace = co_await client.workspaces().get();
  co_return workspace.id.text();
}

TEST(TheLastCopyOfAClient, MayGoWhereATransportOfOnesOwnHandsTheAnswerOver) {
  auto transport = std::make_shared<HeldTransport>();
  std::optional<Client> client = Client({.token = Token("x"), .transport = transport});
  auto task = id_of_workspace(client->async());
  client.reset();  // the coroutine has the last copy
  transport->answer(200, std::string(a_workspace));
  EXPECT_EQ(task.get(), "w1");
}

TEST(WaitingForATask, WhereATransportOfOnesOwnHandsAnAnswerOverIsRefusedToo) {
  auto transport = std::make_shared<HeldTransport>();
  const Client client({.token = Token("x"), .transport = transport});
  bool was_refused = false;
  client.async().workspaces().get().then([&](Result<Workspace>) {
    auto second = client.async().workspaces().get();
    EXPECT_THROW((void)second.get(), std::logic_error);
    was_refused = true;
  });
  transport->answer(200, std::string(a_workspace));
  EXPECT_TRUE(was_refused);
  transport->answer(200, std::string(a_workspace));
}

TEST(APrefetchedList, TellsOfItsAnswersOnTheThreadThatReads) {
  LoopbackServer server;
  server.next(answer(200, R"({"data":{"sources":[{"id":"1"}],"pagination":{"next":"b"}}})"))
      .next(answer(200, R"({"data":{"sources":[{"id":"2"}],"pagination":{"current":"b"}}})"));
  const Client client = client_of(server);
  std::vector<std::thread::id> told_on;
  auto list =
      client.sources()
          .list({},
                {.on_response =
                     [&](const http::Response&) { told_on.push_back(std::this_thread::get_id()); }})
          .prefetch();
  auto at = list.begin();
  ASSERT_TRUE(server.wait_for_requests(2));
  EXPECT_EQ(told_on.size(), 1U) << "of the page ahead when the reader gets there";
  ++at;
  EXPECT_EQ(told_on, std::vector(2, std::this_thread::get_id()));
}

TEST(APrefetchedList, TellsOfNothingWhenItIsGone) {
  auto transport = std::make_shared<HeldTransport>();
  const Client client(
      {.token = Token("x"), .transport = transport, .rate_limiter = RateLimiter::unlimited()});
  std::atomic<int> told = 0;
  {
    auto list = client.sources()
                    .list({}, {.on_response = [&](const http::Response&) { ++told; }})
                    .prefetch();
    const std::jthread answering([&] {
      transport->answer(200, R"({"data":{"sources":[{"id":"1"}],"pagination":{"next":"b"}}})");
    });
    EXPECT_EQ(list.begin()->id.text(), "1");
    ASSERT_TRUE(transport->wait_for_held(1));
  }
  EXPECT_EQ(told, 1);
  transport->answer(200, R"({"data":{"sources":[{"id":"2"}],"pagination":{"current":"b"}}})");
  EXPECT_EQ(told, 1);
}

TEST(APrefetchedList, CancelsThePageAheadWhenItIsDropped) {
  Gate gate;  // never opened: the page ahead would come never
  LoopbackServer server;
  server.next(answer(200, R"({"data":{"sources":[],"pagination":{"current":"a","next":"b"}}})"))
      .next(answer(200, R"({"data":{"sources":[{"id":"1"}],"pagination":{"next":"c"}}})"))
      .always(after(gate, answer()));
  const Client client = client_of(server);
  {
    auto list = client.sources().list().prefetch();
    EXPECT_EQ(list.begin()->id.text(), "1");
    ASSERT_TRUE(server.wait_for_requests(3));
  }
}

TEST(ADroppedTask, ComesToItsEndAllTheSame) {
  LoopbackServer server;
  server.always(answer(200, R"({"data":{"status":"SUCCESS"}})"));
  {
    const Client client = client_of(server);
    (void)client.async().sources().remove(SourceId("s")).is_done();
  }
  EXPECT_EQ(server.times_received("DELETE /sources/s "), 1);
}

TEST(AStop, EndsACallThatIsWithTheServer) {
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, answer(200, std::string(a_workspace))));
  const Client client = client_of(server);
  std::stop_source source;
  auto stopped = client.async().workspaces().get({.stop = source.get_token()});
  auto other = client.async().workspaces().get();
  ASSERT_TRUE(server.wait_for_requests(2));
  source.request_stop();
  const auto error = thrown<CancelledError>([&] { (void)stopped.get(); });
  EXPECT_EQ(error.attempts(), 1);
  gate.open();
  EXPECT_EQ(other.get().id.text(), "w1");
}

TEST(AStop, EndsACallThatWaitsForAConnection) {
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, answer(200, std::string(a_workspace))));
  const Client client = client_of(server, {.curl = {.max_connections = 1}});
  std::stop_source source;
  auto first = client.async().workspaces().get();
  ASSERT_TRUE(server.wait_for_requests(1));
  auto second = client.async().workspaces().get({.stop = source.get_token()});
  source.request_stop();
  thrown<CancelledError>([&] { (void)second.get(); });
  gate.open();
  (void)first.get();
  EXPECT_EQ(server.requests().size(), 1U);
}

// libcurl lets the second one wait for the handshake of the first, and looks at no time meanwhile.
TEST(ATimeout, EndsACallThatWaitsForAHandshakeOfAnother) {
  LoopbackServer server;
  server.when_connected([](Connection& connection) { connection.wait_until_client_leaves(); });
  const std::string https = "https" + server.url("").substr(4);
  const Client client({.token = Token("x"),
                       .base_url = https,
                       .timeouts = {.connect = std::chrono::milliseconds(0),
                                    .per_attempt = std::chrono::milliseconds(0)},
                       .curl = {.proxy = "none"},
                       .rate_limiter = RateLimiter::unlimited()});
  std::stop_source source;
  auto first = client.async().workspaces().get({.stop = source.get_token()});
  auto second = client.async().workspaces().get(
      {.attempt_timeout = std::chrono::milliseconds(50), .max_attempts = 1});
  const auto error = thrown<TimeoutError>([&] { (void)second.get(); });
  EXPECT_FALSE(error.outcome_unknown());
  EXPECT_TRUE(contains(error.what(), "Connecting took too long")) << error.what();
  EXPECT_FALSE(first.is_done());
  source.request_stop();
  thrown<CancelledError>([&] { (void)first.get(); });
}

TEST(ATimeout, EndsACallThatWaitsForAConnection) {
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, answer(200, std::string(a_workspace))));
  const Client client = client_of(server, {.curl = {.max_connections = 1}});
  auto first = client.async().workspaces().get();
  ASSERT_TRUE(server.wait_for_requests(1));
  auto second = client.async().workspaces().get(
      {.attempt_timeout = std::chrono::milliseconds(20), .max_attempts = 1});
  const auto error = thrown<TimeoutError>([&] { (void)second.get(); });
  EXPECT_FALSE(error.outcome_unknown());
  gate.open();
  (void)first.get();
}

}  // namespace
}  // namespace segment::test
