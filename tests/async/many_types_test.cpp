// The ranges that many tasks are started over and the values they end with; and tasks that end on
// many threads.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <iterator>
#include <list>
#include <memory>
#include <mutex>
#include <numeric>
#include <span>
#include <sstream>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "segment/many.hpp"
#include "tasks_by_hand.hpp"

namespace segment::test {
namespace {

using Numbers = std::vector<int>;

Task<int> twice(int item) { co_return item * 2; }

TEST(ManyItems, ComeFromAnyRange) {
  const std::array<int, 2> array{1, 2};
  EXPECT_EQ(map(array, twice).get(), (Numbers{2, 4}));
  EXPECT_EQ(map(std::list<int>{1, 2}, twice).get(), (Numbers{2, 4}));
  EXPECT_EQ(map(std::span(array), twice).get(), (Numbers{2, 4}));
  EXPECT_EQ(map(std::vector<bool>{true, false}, twice).get(), (Numbers{2, 0}));

  struct WalkedOnce {
    [[nodiscard]] std::istream_iterator<int> begin() { return text; }
    [[nodiscard]] std::istream_iterator<int> end() const { return {}; }
    std::istringstream text{"1 2 3"};
  };
  EXPECT_EQ(map(WalkedOnce{}, twice).get(), (Numbers{2, 4, 6}));
}

TEST(ManyItems, OutliveTheListTheyCameFrom) {
  TasksByHand tasks;
  std::vector<std::string> late;
  const auto begin = [&](const std::string& item) -> Task<int> {
    const int done = co_await tasks.begin(std::stoi(item));
    late.push_back(item);  // still alive after the wait
    co_return done;
  };
  auto items = std::make_unique<std::vector<std::string>>();
  items->assign({"1", "2"});
  auto all = map(std::span<const std::string>(*items), begin, {.max_concurrency = 1});
  items.reset();
  tasks.succeed(1);
  tasks.succeed(2);
  EXPECT_EQ(end_of(all), (Numbers{10, 20}));
  EXPECT_EQ(late, (std::vector<std::string>{"1", "2"}));
}

TEST(ManyItems, AreMovedOnlyOutOfAnRvalue) {
  const auto take = [](std::unique_ptr<int>& item) { return twice(*item); };
  std::vector<std::unique_ptr<int>> movable;
  movable.push_back(std::make_unique<int>(4));
  EXPECT_EQ(map(std::move(movable), take).get(), Numbers{8});

  const auto length = [](const std::string& item) { return done_task(item.size()); };
  std::vector<std::string> kept{"a text too long to be held in the string itself"};
  (void)map(kept, length).get();
  (void)map(std::span(kept), length).get();
  EXPECT_FALSE(kept.front().empty());
}

TEST(ManyItems, ThatThrowDuringIterationFailTheTask) {
  struct Broken {
    int* begin() { throw std::runtime_error("the items cannot be read"); }
    int* end() { return nullptr; }
  };
  auto all = map(Broken{}, twice);
  EXPECT_THROW((void)end_of(all), std::runtime_error);
}

TEST(ManyValues, MayBeBooleans) {
  const auto is_even = [](int item) { return done_task(item % 2 == 0); };
  EXPECT_EQ(map(Numbers{1, 2}, is_even).get(), (std::vector<bool>{false, true}));
  EXPECT_TRUE(map_results(Numbers{2}, is_even).get().front().value());
}

TEST(ManyValues, MayBeMoveOnly) {
  const auto make = [](int item) { return done_task(std::make_unique<int>(item)); };
  EXPECT_EQ(*map(Numbers{1, 2}, make).get().at(1), 2);
  EXPECT_EQ(*map_results(Numbers{1, 2}, make).get().at(1).value(), 2);
  EXPECT_NO_THROW(for_each(Numbers{1}, make).get());
}

TEST(ManyValues, MayBeVoid) {
  int sum = 0;
  const auto add = [&](int item) -> Task<void> {
    sum += item;
    co_return;
  };
  for_each(Numbers{1, 2}, add).get();
  EXPECT_EQ(for_each_results(Numbers{3}, add).get().size(), 1U);
  EXPECT_EQ(map_results(Numbers{4}, add).get().size(), 1U);
  EXPECT_EQ(sum, 10);
}

TEST(ManyCoroutines, CanUseTheirCapturesToTheEnd) {
  TasksByHand tasks;
  auto all = map(Numbers{1, 2},
                 [&tasks, suffix = std::string("a text too long to be held in the string itself")](
                     int item) -> Task<std::string> {
                   const int done = co_await tasks.begin(item);
                   co_return std::to_string(done) + suffix.substr(0, 2);
                 });
  tasks.succeed(2);
  tasks.succeed(1);
  EXPECT_EQ(end_of(all), (std::vector<std::string>{"10a ", "20a "}));
}

TEST(ManyCoroutines, CanAwaitManyThemselves) {
  const auto sum_twice = [](int item) -> Task<int> {
    const Numbers items(2, item);
    const Numbers both = co_await map(items, twice);
    co_return both[0] + both[1];
  };
  EXPECT_EQ(map(Numbers{1, 2, 3}, sum_twice, {.max_concurrency = 2}).get(), (Numbers{4, 8, 12}));
}

/// Tasks that several threads end as soon as possible, each with its number; those for multiples of
/// a given number fail.
class TasksOnThreads {
 public:
  explicit TasksOnThreads(int failing = 0) : failing_(failing) {
    for (int count = 0; count < 4; ++count) {
      threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }
  }

  Task<int> begin(int item) {
    EXPECT_FALSE(beginning_.exchange(true)) << "two threads are in the function";
    auto state = std::make_shared<detail::TaskState>();
    {
      const std::scoped_lock lock(mutex_);
      most_ = std::max(most_, ++pending_);
      waiting_.emplace_back(item, state);
    }
    changed_.notify_one();
    beginning_ = false;
    return Task<int>(state);
  }

  [[nodiscard]] std::size_t most() {
    const std::scoped_lock lock(mutex_);
    return most_;
  }

 private:
  using Waiting = std::pair<int, std::shared_ptr<detail::TaskState>>;

  void work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
      const Waiting next = std::move(waiting_.back());
      waiting_.pop_back();
      --pending_;  // before it ends, because then the next may start
      lock.unlock();
      end(next);
      lock.lock();
    }
  }

  void end(const Waiting& next) const {
    const auto& [item, state] = next;
    if (failing_ != 0 && item % failing_ == 0) {
      state->fail(std::make_exception_ptr(std::runtime_error(std::to_string(item))));
    } else {
      state->succeed(new int(item), &detail::destroy_value<int>);
    }
  }

  const int failing_;
  std::atomic<bool> beginning_{false};
  std::mutex mutex_{};
  std::condition_variable_any changed_{};
  std::deque<Waiting> waiting_{};
  std::size_t pending_ = 0;
  std::size_t most_ = 0;
  std::vector<std::jthread> threads_{};
};

Numbers from_one_to(int last) {
  Numbers items(static_cast<std::size_t>(last));
  std::iota(items.begin(), items.end(), 1);
  return items;
}

TEST(ManyThreads, EndTasksInAnyOrder) {
  TasksOnThreads tasks;
  const Numbers items = from_one_to(2000);
  const auto begin = [&](int item) { return tasks.begin(item); };
  EXPECT_EQ(map(items, begin, {.max_concurrency = 8}).get(), items);
  EXPECT_LE(tasks.most(), 8U);
}

TEST(ManyThreads, EndShortListsOnce) {
  TasksOnThreads tasks;
  for (int round = 0; round < 2000; ++round) {
    std::atomic<int> ends = 0;
    std::promise<void> ended;
    map(Numbers{1, 2, 3, 4}, [&](int item) { return tasks.begin(item); }, {.max_concurrency = 4})
        .then([&](const Result<Numbers>& result) {
          EXPECT_EQ(result.value(), (Numbers{1, 2, 3, 4}));
          ++ends;
          ended.set_value();
        });
    ended.get_future().wait();
    EXPECT_EQ(ends, 1);
  }
}

TEST(ManyThreads, FailSomeTasksWithoutAffectingTheOthers) {
  TasksOnThreads tasks(10);
  const Numbers items = from_one_to(1000);
  const auto results = map_results(items, [&](int item) { return tasks.begin(item); }).get();
  ASSERT_EQ(results.size(), items.size());
  EXPECT_EQ(std::ranges::count_if(results, [](const auto& result) { return !result; }), 100);
  EXPECT_EQ(results[8].value(), 9);
  EXPECT_STREQ(results[9].error_as<std::runtime_error>()->what(), "10");
}

}  // namespace
}  // namespace segment::test
