// A caller's executor decides where results are handled.
#include <gtest/gtest.h>

#include <functional>
#include <mutex>
#include <optional>
#include <semaphore>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "asynchronous_client.hpp"
#include "segment/async.hpp"
#include "support/fake_client.hpp"
#include "support/loopback_server.hpp"
#include "support/responses.hpp"

namespace segment::test {
namespace {

using testing::a_workspace;
using testing::thrown;

// An executor whose work runs on the thread that calls `run_one`.
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

TEST(AnExecutor, ReadsTheResponseAndRunsTheCallback) {
  LoopbackServer server;
  server.always(respond(200, R"({"data":{"workspace":{"id":"w1","slug":"acme"}}})"));  // no name
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

TEST(AnExecutor, RunsTheCallbackOfAWarmUp) {
  LoopbackServer server;
  const Client client = client_of(server);
  OwnThread here;
  std::thread::id ran_on{};
  client.async(here.executor()).warm_up().then([&](Result<void> result) {
    EXPECT_TRUE(result);
    ran_on = std::this_thread::get_id();
  });
  here.run_one();
  EXPECT_EQ(ran_on, std::this_thread::get_id());
}

Task<std::thread::id> thread_after(AsyncClient client) {
  (void)co_await client.workspaces().get();
  co_return std::this_thread::get_id();
}

TEST(AnExecutor, ResumesACoroutine) {
  LoopbackServer server;
  server.always(respond(200, std::string(a_workspace)));
  const Client client = client_of(server);
  OwnThread here;
  auto task = thread_after(client.async(here.executor()));
  here.run_one();
  EXPECT_EQ(task.get(), std::this_thread::get_id());
}

TEST(AnExecutor, ThatDropsItsWorkCancelsTheCall) {
  LoopbackServer server;
  server.always(respond(200, std::string(a_workspace)));
  const Client client = client_of(server);
  OwnThread here;
  auto task = client.async(here.executor()).workspaces().get();
  here.drop_one();
  const auto error = thrown<CancelledError>([&] { (void)task.get(); });
  EXPECT_EQ(error.operation(), "getWorkspace");
  EXPECT_TRUE(std::string_view(error.what()).starts_with("getWorkspace: ")) << error.what();
}

TEST(AnExecutor, ThatDropsItsWorkFailsThePageWhichCanBeRequestedAgain) {
  LoopbackServer server;
  server.always(respond(200, R"({"data":{"sources":[],"pagination":{"current":"a"}}})"));
  const Client client = client_of(server);
  OwnThread here;
  auto pages = client.async(here.executor()).sources().list().pages();
  auto page = pages.next();
  EXPECT_FALSE(pages.is_done()) << "a page is in flight";
  here.drop_one();
  thrown<CancelledError>([&] { (void)page.get(); });
  EXPECT_FALSE(pages.is_done()) << "the page was not received";
  auto again = pages.next();
  here.run_one();
  EXPECT_EQ(again.get().items.size(), 0U);
  EXPECT_TRUE(pages.is_done());
}

TEST(AnExecutor, ThatThrowsFailsTheCallWithItsException) {
  LoopbackServer server;
  server.always(respond(200, std::string(a_workspace)));
  const Client client = client_of(server);
  auto task = client.async([](const auto&) { throw std::runtime_error("own"); }).workspaces().get();
  EXPECT_THROW((void)task.get(), std::runtime_error);
}

TEST(AnExecutor, MayOutliveTheClientWithItsWork) {
  LoopbackServer server;
  server.always(respond(200, std::string(a_workspace)));
  OwnThread here;
  std::optional<Client> client = client_of(server);
  auto task = client->async(here.executor()).workspaces().get();
  ASSERT_TRUE(server.wait_for_requests(1));
  client.reset();
  here.run_one();
  EXPECT_EQ(task.get().id.text(), "w1");
}

}  // namespace
}  // namespace segment::test
