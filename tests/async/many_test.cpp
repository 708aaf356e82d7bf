// Many tasks over a list of items, completed by the test.
#include "segment/many.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "segment/error.hpp"
#include "tasks_by_hand.hpp"

namespace segment::test {
namespace {

using Numbers = std::vector<int>;

/// The message of the exception that an action throws.
template <class Action>
std::string text_of_error(Action&& action) {
  try {
    (void)std::forward<Action>(action)();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "(nothing was thrown)";
}

class Many : public ::testing::Test {
 protected:
  auto begin() {
    return [this](int item) { return tasks_.begin(item); };
  }

  TasksByHand tasks_;
};

TEST_F(Many, ReturnsValuesInTheOrderOfTheItemsWhicheverEndsFirst) {
  auto all = map(Numbers{1, 2, 3, 4}, begin());
  for (const int item : {3, 1, 4}) tasks_.succeed(item);
  EXPECT_FALSE(all.is_done());
  tasks_.succeed(2);
  EXPECT_EQ(end_of(all), (Numbers{10, 20, 30, 40}));
}

TEST_F(Many, StartsTheNextWhenOneEndsAndKeepsToTheMaximumConcurrency) {
  auto all = map(Numbers{1, 2, 3, 4, 5}, begin(), {.max_concurrency = 2});
  EXPECT_EQ(tasks_.started(), (Numbers{1, 2}));
  tasks_.succeed(2);
  EXPECT_EQ(tasks_.started(), (Numbers{1, 2, 3}));
  tasks_.succeed(3);
  tasks_.succeed(1);
  EXPECT_EQ(tasks_.started(), (Numbers{1, 2, 3, 4, 5}));
  tasks_.succeed(5);
  tasks_.succeed(4);
  EXPECT_EQ(end_of(all), (Numbers{10, 20, 30, 40, 50}));
  EXPECT_EQ(tasks_.most(), 2U);
}

TEST_F(Many, RunsSixteenAtOnceByDefault) {
  const Numbers items(20, 0);
  int next = 0;
  auto all = map(items, [&](int) { return tasks_.begin(next++); });
  EXPECT_EQ(tasks_.pending(), 16U);
  for (int item = 0; item < 20; ++item) tasks_.succeed(item);
  EXPECT_TRUE(all.is_done());
}

TEST_F(Many, RunsOneByOneWithAConcurrencyOfOne) {
  auto all = map(Numbers{1, 2, 3}, begin(), {.max_concurrency = 1});
  for (const int item : {1, 2, 3}) {
    EXPECT_EQ(tasks_.started().back(), item);
    tasks_.succeed(item);
  }
  EXPECT_EQ(end_of(all), (Numbers{10, 20, 30}));
  EXPECT_EQ(tasks_.most(), 1U);
}

TEST_F(Many, RefusesAConcurrencyOfZeroThroughTheTask) {
  EXPECT_THROW(map(Numbers{1}, begin(), {.max_concurrency = 0}).get(), InvalidArgumentError);
  EXPECT_THROW((void)map_results(Numbers{}, begin(), {.max_concurrency = 0}).get(),
               InvalidArgumentError);
  EXPECT_THROW(for_each(Numbers{1}, begin(), {.max_concurrency = 0}).get(), InvalidArgumentError);
  EXPECT_TRUE(tasks_.started().empty());
}

TEST_F(Many, IsDoneImmediatelyWithoutItems) {
  EXPECT_TRUE(map(Numbers{}, begin()).get().empty());
  EXPECT_TRUE(map_results(Numbers{}, begin()).get().empty());
  EXPECT_NO_THROW(for_each(Numbers{}, begin()).get());
  EXPECT_TRUE(for_each_results(Numbers{}, begin()).get().empty());
}

TEST_F(Many, StartsNoMoreAfterAnErrorAndLetsThoseInFlightFinish) {
  auto all = map(Numbers{1, 2, 3, 4, 5}, begin(), {.max_concurrency = 3});
  tasks_.fail(2);
  EXPECT_FALSE(all.is_done());
  tasks_.succeed(1);
  EXPECT_FALSE(all.is_done());
  tasks_.succeed(3);
  EXPECT_EQ(text_of_error([&] { return end_of(all); }), "2");
  EXPECT_EQ(tasks_.started(), (Numbers{1, 2, 3}));
}

TEST_F(Many, ThrowsTheErrorOfTheFirstItemAndNotOfTheFirstToFail) {
  auto all = map(Numbers{1, 2, 3, 4}, begin(), {.max_concurrency = 3});
  tasks_.fail(3);
  tasks_.succeed(1);
  tasks_.fail(2);
  EXPECT_EQ(text_of_error([&] { return end_of(all); }), "2");
}

TEST_F(Many, ReturnsAResultForEveryItemWhateverFails) {
  auto all = map_results(Numbers{1, 2, 3, 4}, begin(), {.max_concurrency = 2});
  tasks_.fail(1);
  tasks_.succeed(2);
  tasks_.succeed(4);
  tasks_.fail(3);
  const auto results = end_of(all);
  ASSERT_EQ(results.size(), 4U);
  EXPECT_EQ(text_of_error([&] { return results[0].value(); }), "1");
  EXPECT_EQ(results[1].value(), 20);
  EXPECT_EQ(results[2].error_as<std::runtime_error>()->what(), std::string("3"));
  EXPECT_EQ(results[3].value(), 40);
}

TEST_F(Many, ForEachDropsValuesAndKeepsTheFirstError) {
  auto well = for_each(Numbers{1, 2}, begin());
  tasks_.succeed(2);
  EXPECT_FALSE(well.is_done());
  tasks_.succeed(1);
  EXPECT_NO_THROW(end_of(well));

  auto failing = for_each(Numbers{3, 4, 5}, begin(), {.max_concurrency = 2});
  tasks_.fail(4);
  tasks_.fail(3);
  EXPECT_EQ(text_of_error([&] { return end_of(failing), 0; }), "3");
  EXPECT_EQ(tasks_.started(), (Numbers{1, 2, 3, 4}));
}

TEST_F(Many, ForEachResultsReportsTheSuccessOrErrorOfEach) {
  auto all = for_each_results(Numbers{1, 2, 3}, begin(), {.max_concurrency = 1});
  tasks_.succeed(1);
  tasks_.fail(2);
  tasks_.succeed(3);
  const auto results = end_of(all);
  ASSERT_EQ(results.size(), 3U);
  EXPECT_TRUE(results[0]);
  EXPECT_EQ(results[1].error_as<std::runtime_error>()->what(), std::string("2"));
  EXPECT_TRUE(results[2]);
}

TEST_F(Many, TreatsAnExceptionOfTheFunctionAsTheErrorOfItsItem) {
  const auto throw_at_two = [](int item) {
    return item == 2 ? throw std::logic_error("thrown at two") : done_task(item);
  };
  EXPECT_EQ(text_of_error([&] {
              return map(Numbers{1, 2, 3}, throw_at_two).get();
            }),
            "thrown at two");
  const auto results = map_results(Numbers{1, 2, 3}, throw_at_two).get();
  EXPECT_EQ(results[0].value(), 1);
  EXPECT_NE(results[1].error_as<std::logic_error>(), nullptr);
  EXPECT_EQ(results[2].value(), 3);
}

TEST_F(Many, StartsNoMoreAfterAStopRequest) {
  std::stop_source stop;
  auto all = map(Numbers{1, 2, 3, 4}, begin(), {.max_concurrency = 2}, stop.get_token());
  tasks_.succeed(1);
  stop.request_stop();
  EXPECT_FALSE(all.is_done());
  tasks_.succeed(2);
  EXPECT_FALSE(all.is_done());
  tasks_.succeed(3);
  EXPECT_EQ(tasks_.started(), (Numbers{1, 2, 3}));
  EXPECT_THROW((void)end_of(all), CancelledError);
}

TEST_F(Many, StartsNothingIfAStopWasRequestedBefore) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW((void)end_of(map(Numbers{1}, begin(), {}, stop.get_token())), CancelledError);
  EXPECT_THROW(end_of(for_each(Numbers{1}, begin(), {}, stop.get_token())), CancelledError);
  EXPECT_TRUE(tasks_.started().empty());
}

TEST_F(Many, ReturnsCancelledErrorsForItemsNotStartedBeforeAStopRequest) {
  std::stop_source stop;
  const ManyOptions one_at_a_time{.max_concurrency = 1};
  auto all = map_results(Numbers{1, 2, 3}, begin(), one_at_a_time, stop.get_token());
  stop.request_stop();
  tasks_.succeed(1);
  const auto results = end_of(all);
  ASSERT_EQ(results.size(), 3U);
  EXPECT_EQ(results[0].value(), 10);
  EXPECT_NE(results[1].error_as<CancelledError>(), nullptr);
  EXPECT_NE(results[2].error_as<CancelledError>(), nullptr);
  const auto none = end_of(for_each_results(Numbers{4}, begin(), one_at_a_time, stop.get_token()));
  EXPECT_NE(none.at(0).error_as<CancelledError>(), nullptr);
}

TEST_F(Many, PrefersAnItemsErrorToTheStopRequest) {
  std::stop_source stop;
  auto all = map(Numbers{1, 2}, begin(), {.max_concurrency = 1}, stop.get_token());
  stop.request_stop();
  tasks_.fail(1);
  EXPECT_EQ(text_of_error([&] { return end_of(all); }), "1");
}

TEST_F(Many, IgnoresAStopRequestIfAllHaveStarted) {
  std::stop_source stop;
  auto all = map(Numbers{1, 2}, begin(), {}, stop.get_token());
  stop.request_stop();
  tasks_.succeed(1);
  tasks_.succeed(2);
  EXPECT_EQ(end_of(all), (Numbers{10, 20}));
}

TEST_F(Many, RunsToTheEndEvenIfNobodyWaits) {
  auto held = std::make_shared<int>(0);
  (void)map(Numbers{1, 2, 3}, [this, held](int item) { return tasks_.begin(item); },
            {.max_concurrency = 1});
  for (const int item : {1, 2, 3}) tasks_.succeed(item);
  EXPECT_EQ(tasks_.started(), (Numbers{1, 2, 3}));
  EXPECT_EQ(held.use_count(), 1);
}

TEST_F(Many, ReleasesTheFunctionAndTheItemsWhenTheTaskIsDone) {
  auto item = std::make_shared<int>(1);
  auto captured = std::make_shared<int>(0);
  std::pair<long, long> users_at_end;
  map(std::vector{item}, [this, captured](const auto& one) {
    return tasks_.begin(*one);
  }).then([&](const Result<Numbers>&) {
    users_at_end = {item.use_count(), captured.use_count()};
  });
  EXPECT_GT(item.use_count(), 1);
  EXPECT_GT(captured.use_count(), 1);
  tasks_.succeed(1);
  EXPECT_EQ(users_at_end, std::pair(1L, 1L));
}

constexpr int very_many = 100'000;

TEST_F(Many, NeedsNoDeepStackForVeryManyFinishedTasks) {
  const Numbers items(very_many, 7);
  EXPECT_EQ(map(items, done_task<int>).get(), items);
}

TEST_F(Many, NeedsNoDeepStackForVeryManyFinishedTasksBehindAPendingOne) {
  Numbers items(very_many, 7);
  items.front() = 1;
  auto all = map(items, [this](int item) { return item == 1 ? tasks_.begin(1) : done_task(item); },
                 {.max_concurrency = 1});
  tasks_.succeed(1);
  EXPECT_EQ(end_of(all).size(), items.size());
}

}  // namespace
}  // namespace segment::test
