#include "segment/helpers.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <span>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <vector>

#include "support/by_each_front.hpp"
#include "support/fake_client.hpp"

namespace segment {
namespace {

using namespace std::chrono_literals;
using testing::a_source;
using testing::a_success;
using testing::broken;
using testing::By;
using testing::contains;
using testing::every_front;
using testing::FakeClient;
using testing::task_of;
using testing::thrown;

class OfEachFront : public ::testing::TestWithParam<By> {
 protected:
  FakeClient fakes;

  bool remove() {
    return made_by(GetParam(), fakes.client, [](const auto& client) {
      return remove_if_exists([&] { return client.sources().remove(SourceId("s1")); });
    });
  }
};

class RemoveIfExists : public OfEachFront {};
class FindOrNone : public OfEachFront {};
class InChunks : public OfEachFront {};
class CreateIfAbsent : public OfEachFront {};
class FindTransformation : public OfEachFront {};

INSTANTIATE_TEST_SUITE_P(OfEachFront, RemoveIfExists, ::testing::ValuesIn(every_front));
INSTANTIATE_TEST_SUITE_P(OfEachFront, FindOrNone, ::testing::ValuesIn(every_front));
INSTANTIATE_TEST_SUITE_P(OfEachFront, InChunks, ::testing::ValuesIn(every_front));
INSTANTIATE_TEST_SUITE_P(OfEachFront, CreateIfAbsent, ::testing::ValuesIn(every_front));
INSTANTIATE_TEST_SUITE_P(OfEachFront, FindTransformation, ::testing::ValuesIn(every_front));

TEST_P(RemoveIfExists, SaysWhetherSomethingWasThere) {
  fakes.transport->add(200, std::string(a_success)).add(404, "{}");
  EXPECT_TRUE(remove());
  EXPECT_FALSE(remove());
}

TEST_P(RemoveIfExists, A404AfterALostResponseIsADeletion) {
  fakes.transport->add(broken()).add(404, "{}");
  EXPECT_TRUE(remove());
}

TEST_P(RemoveIfExists, A404AfterARetryByTheTransportIsADeletion) {
  fakes.transport->add(http::Response{.status = 404, .retried_by_transport = true});
  EXPECT_TRUE(remove());
}

TEST_P(RemoveIfExists, EveryOtherErrorIsThrown) {
  fakes.transport->add(403, "{}").add(409, "{}");
  thrown<PermissionDeniedError>([&] { (void)remove(); });
  thrown<ConflictError>([&] { (void)remove(); });
}

TEST_P(FindOrNone, IsNothingOnlyAfterA404) {
  fakes.transport->add(200, std::string(a_source)).add(404, "{}").add(403, "{}");
  const auto get = [&] {
    return made_by(GetParam(), fakes.client, [](const auto& client) {
      return find_or_none([&] { return client.sources().get(SourceId("s1")); });
    });
  };
  EXPECT_EQ(get().value().slug, "web");
  EXPECT_EQ(get(), std::nullopt);
  thrown<PermissionDeniedError>([&] { (void)get(); });
}

TEST_P(FindOrNone, IsNothingIfASuccessfulResponseContainsNull) {
  fakes.transport->add(200, R"({"data":{"function":null}})")
      .add(200, R"({"data":{"function":{"id":"f1"}}})");
  const auto get = [&] {
    return made_by(GetParam(), fakes.client, [](const auto& client) {
      return find_or_none([&] { return client.functions().get(FunctionId("f1")); });
    });
  };
  EXPECT_EQ(get(), std::nullopt);
  EXPECT_EQ(get().value().id, FunctionId("f1"));
}

// Calls `in_chunks` with an action that returns what a method of the given front returns.
template <class Action>
void do_in_chunks(By by, const std::vector<int>& items, std::size_t size, Action action) {
  if (by == By::asynchronous) {
    return in_chunks(items, size,
                     [action](std::span<const int> some) { return task_of([&] { action(some); }); })
        .get();
  }
  if (by == By::nothrow) {
    return in_chunks(
               items, size,
               [&](std::span<const int> some) { return detail::result_of([&] { action(some); }); })
        .value();
  }
  in_chunks(items, size, action);
}

// The sizes of the chunks in which the items 0, 1, 2 ... arrive.
std::vector<std::size_t> chunks(By by, std::size_t items, std::size_t size,
                                std::size_t most_allowed = 1000, int status = 413) {
  std::vector<int> numbers(items);
  for (std::size_t i = 0; i < items; ++i) numbers[i] = static_cast<int>(i);
  std::vector<int> seen;
  std::vector<std::size_t> sizes;
  do_in_chunks(by, numbers, size, [&](std::span<const int> some) {
    if (some.size() > most_allowed) throw ApiError("too large", {.status = status});
    seen.insert(seen.end(), some.begin(), some.end());
    sizes.push_back(some.size());
  });
  EXPECT_EQ(seen, numbers) << "each item once, in order";
  return sizes;
}

TEST_P(InChunks, PassesEachItemOnceInOrder) {
  using Sizes = std::vector<std::size_t>;
  EXPECT_EQ(chunks(GetParam(), 0, 3), Sizes{});
  EXPECT_EQ(chunks(GetParam(), 3, 3), Sizes{3});
  EXPECT_EQ(chunks(GetParam(), 7, 3), (Sizes{3, 3, 1}));
  thrown<InvalidArgumentError>([&] { (void)chunks(GetParam(), 1, 0); });
}

TEST_P(InChunks, HalvesAChunkThatIsTooLargeAndThoseAfterIt) {
  using Sizes = std::vector<std::size_t>;
  EXPECT_EQ(chunks(GetParam(), 10, 8, 3, 413), (Sizes{2, 2, 2, 2, 2}));
  EXPECT_EQ(chunks(GetParam(), 5, 5, 1, 414), (Sizes{1, 1, 1, 1, 1}));
}

// The facts of a response with this message about the field `rules`.
ErrorFacts saying(int status, const std::string& message) {
  return {.status = status, .items = {{.message = message, .field = "rules"}}};
}

TEST(AChunkThatIsTooLarge, IsRecognisedByTheMessage) {
  for (const char* message :
       {"must contain at most 200 items", "\"rules\" must contain less than or equal to 200 items",
        "Cannot have more than 200 rules", "Too many rules",
        "the maximum number of items is 2000"}) {
    EXPECT_TRUE(detail::is_too_large(ValidationError("422", saying(422, message)))) << message;
    EXPECT_TRUE(detail::is_too_large(BadRequestError("400", saying(400, message)))) << message;
    EXPECT_FALSE(detail::is_too_large(ServerError("500", saying(500, message)))) << message;
  }
  for (const char* message : {"must be at most 255 characters", "version must be more than 0",
                              "is required", "rules[10] is not valid", ""}) {
    EXPECT_FALSE(detail::is_too_large(ValidationError("422", saying(422, message)))) << message;
  }
  EXPECT_TRUE(detail::is_too_large(
      ValidationError("422", {.status = 422, .body = "at most 200 rules are allowed"})));
}

TEST(AChunkThatIsTooLarge, IsNotRecognisedByAMaximumOfFewerThanTenItems) {
  for (const char* message : {"must contain at most 1 item", "exceeds the limit of the rule"}) {
    EXPECT_FALSE(detail::is_too_large(ValidationError("422", saying(422, message)))) << message;
  }
}

TEST_P(InChunks, ReportsHowFarItGotInItsError) {
  const std::vector<int> items(10);
  int calls = 0;
  try {
    do_in_chunks(GetParam(), items, 4, [&](std::span<const int>) {
      if (++calls == 2) throw ServerError("no luck", {.outcome_unknown = true, .status = 502});
    });
    FAIL() << "nothing was thrown";
  } catch (const ChunkError& error) {
    EXPECT_EQ(error.done(), 4U);
    EXPECT_EQ(error.in_failed_chunk(), 4U);
    EXPECT_EQ(error.total(), 10U);
    EXPECT_TRUE(error.outcome_unknown());
    thrown<ServerError>([&] { error.rethrow_cause(); });
  }
  EXPECT_EQ(calls, 2);
}

TEST_P(InChunks, FailsForASingleItemThatIsTooLarge) {
  const std::vector<int> items(3);
  try {
    do_in_chunks(GetParam(), items, 1,
                 [](std::span<const int>) { throw PayloadTooLargeError("no", {.status = 413}); });
    FAIL() << "nothing was thrown";
  } catch (const ChunkError& error) {
    EXPECT_EQ(error.done(), 0U);
    EXPECT_TRUE(contains(error.what(), "item 1 of 3 failed: no")) << error.what();
  }
}

// A creation that goes as planned by the test, and what it leaves behind.
struct Workshop {
  enum class Goes { well, lost_but_done, lost, refused, unreadable, not_sent, stopped, failed };

  int create() {
    const Goes goes = plan.at(static_cast<std::size_t>(creations++));
    if (goes == Goes::refused) throw ConflictError("refused", {.status = 409});
    if (goes == Goes::failed) throw ServerError("502", {.outcome_unknown = true, .status = 502});
    if (goes == Goes::stopped) throw CancelledError("stopped", {.outcome_unknown = true});
    if (goes == Goes::not_sent) throw TransportError("connection refused", {.retryable = true});
    if (goes != Goes::lost) ++made;
    if (goes == Goes::well) return 7;
    if (goes == Goes::unreadable) throw DecodeError("unreadable", {.status = 201});
    throw TransportError("lost", {.outcome_unknown = true});
  }
  std::optional<int> find() {
    ++looks;
    return made > 0 ? std::optional(7) : std::nullopt;
  }
  template <class Find>
  int run_by(const Find& look, const std::stop_token& stop = {}) {
    const auto make = [this] { return create(); };
    if (by == By::asynchronous) {
      return create_if_absent(
                 fakes.client.async(), [&] { return task_of(look); }, [&] { return task_of(make); },
                 {}, stop)
          .get();
    }
    if (by == By::nothrow) {
      return create_if_absent(
                 fakes.client.nothrow(), [&] { return detail::result_of(look); },
                 [&] { return detail::result_of(make); }, {}, stop)
          .value();
    }
    return create_if_absent(fakes.client, look, make, {}, stop);
  }
  int run(const std::stop_token& stop = {}) {
    return run_by([this] { return find(); }, stop);
  }
  [[nodiscard]] std::vector<std::chrono::milliseconds> waits() const {
    return fakes.clock->waits();
  }

  const By by;
  std::vector<Goes> plan;
  int creations = 0;
  int looks = 0;
  int made = 0;
  FakeClient fakes{};
};

using Goes = Workshop::Goes;

TEST_P(CreateIfAbsent, ReturnsAnExistingItemAndCreatesNothing) {
  Workshop shop{GetParam(), {}};
  shop.made = 1;
  EXPECT_EQ(shop.run(), 7);
  EXPECT_EQ(shop.creations, 0);
}

TEST_P(CreateIfAbsent, CreatesOnceHoweverOftenItIsRun) {
  Workshop shop{GetParam(), {Goes::well}};
  EXPECT_EQ(shop.run(), 7);
  EXPECT_EQ(shop.run(), 7);
  EXPECT_EQ(shop.creations, 1);
  EXPECT_TRUE(shop.waits().empty());
}

TEST_P(CreateIfAbsent, ReturnsWhatWasCreatedElsewhereMeanwhile) {
  Workshop shop{GetParam(), {Goes::refused}};
  int looks = 0;
  EXPECT_EQ(shop.run_by([&] { return ++looks > 1 ? std::optional(7) : std::nullopt; }), 7);
  EXPECT_TRUE(shop.waits().empty()) << "there is nothing to wait for after a conflict";
}

TEST_P(CreateIfAbsent, FindsWhatWasCreatedBeforeItsResponseWasLost) {
  Workshop shop{GetParam(), {Goes::lost_but_done}};
  EXPECT_EQ(shop.run(), 7);
  EXPECT_EQ(shop.creations, 1);
  EXPECT_EQ(shop.waits(), std::vector<std::chrono::milliseconds>{2s});
}

TEST_P(CreateIfAbsent, CreatesAgainIfTheLookupFindsNothing) {
  Workshop shop{GetParam(), {Goes::lost, Goes::lost, Goes::well}};
  EXPECT_EQ(shop.run(), 7);
  EXPECT_EQ(shop.made, 1);
  EXPECT_EQ(shop.looks, 3);
}

TEST_P(CreateIfAbsent, CreatesAgainAfterAServerErrorIfTheLookupFindsNothing) {
  Workshop shop{GetParam(), {Goes::failed, Goes::well}};
  EXPECT_EQ(shop.run(), 7);
  EXPECT_EQ(shop.creations, 2);
}

TEST_P(CreateIfAbsent, GivesUpWithTheErrorAfterItsAttempts) {
  Workshop shop{GetParam(), {Goes::lost, Goes::lost, Goes::lost}};
  EXPECT_TRUE(thrown<TransportError>([&] { (void)shop.run(); }).outcome_unknown());
  EXPECT_EQ(shop.looks, 4) << "it looks after the last attempt too";
}

TEST_P(CreateIfAbsent, AConflictWithSomethingElseIsThrown) {
  Workshop shop{GetParam(), {Goes::refused}};
  thrown<ConflictError>([&] { (void)shop.run(); });
  EXPECT_EQ(shop.looks, 2);
  EXPECT_EQ(shop.creations, 1);
}

TEST_P(CreateIfAbsent, HasAnUnknownOutcomeIfALaterAttemptWasNotSent) {
  Workshop shop{GetParam(), {Goes::lost, Goes::not_sent}};
  EXPECT_TRUE(thrown<TransportError>([&] { (void)shop.run(); }).outcome_unknown());
  EXPECT_EQ(shop.looks, 3);
}

TEST_P(CreateIfAbsent, FindsALateItemWhenTheNextAttemptIsRefused) {
  Workshop shop{GetParam(), {Goes::lost, Goes::refused}};
  int looks = 0;
  EXPECT_EQ(shop.run_by([&] { return ++looks > 2 ? std::optional(7) : std::nullopt; }), 7);
}

TEST_P(CreateIfAbsent, AnUnreadableSuccessIsNeverCreatedAgain) {
  Workshop shop{GetParam(), {Goes::unreadable}};
  EXPECT_EQ(shop.run(), 7);
  Workshop other{GetParam(), {Goes::unreadable}};
  thrown<DecodeError>([&] { (void)other.run_by([] { return std::optional<int>(); }); });
  EXPECT_EQ(other.creations, 1);
}

TEST_P(CreateIfAbsent, AFailedLookupLeavesTheOutcomeUnknown) {
  Workshop shop{GetParam(), {Goes::lost}};
  const auto look = [&]() -> std::optional<int> {
    if (shop.creations == 0) return std::nullopt;
    throw RateLimitError("not now", {.status = 429});
  };
  const auto error = thrown<TransportError>([&] { (void)shop.run_by(look); });
  EXPECT_TRUE(error.outcome_unknown());
}

TEST_P(CreateIfAbsent, AStopEndsTheWait) {
  Workshop shop{GetParam(), {Goes::lost}};
  std::stop_source stop;
  stop.request_stop();
  thrown<TransportError>([&] { (void)shop.run(stop.get_token()); });
  EXPECT_EQ(shop.looks, 1);
}

TEST_P(CreateIfAbsent, HasAnUnknownOutcomeIfALaterAttemptIsStopped) {
  Workshop shop{GetParam(), {Goes::lost, Goes::stopped}};
  EXPECT_TRUE(thrown<TransportError>([&] { (void)shop.run(); }).outcome_unknown());
  EXPECT_EQ(shop.looks, 2);
}

TEST_P(CreateIfAbsent, PropagatesForeignExceptions) {
  Workshop shop{GetParam(), {Goes::well}};
  const auto broken_look = []() -> std::optional<int> { throw std::runtime_error("own"); };
  EXPECT_THROW((void)shop.run_by(broken_look), std::runtime_error);
  EXPECT_EQ(shop.creations, 0);
}

TEST_P(FindTransformation, DistinguishesMissingFromForbidden) {
  const std::string one =
      R"({"data":{"transformations":[{"id":"t1","name":"x"}],"pagination":{"current":"a"}}})";
  const auto find = [&](const char* id) {
    return made_by(GetParam(), fakes.client, [&](const auto& client) {
      return find_transformation(client, TransformationId(id));
    });
  };
  fakes.transport->add(404, "{}");
  EXPECT_EQ(find("t2"), std::nullopt);
  fakes.transport->add(403, "{}").add(200, one);
  EXPECT_EQ(find("t2"), std::nullopt);
  fakes.transport->add(403, "{}").add(200, one);
  thrown<PermissionDeniedError>([&] { (void)find("t1"); });
  fakes.transport->add(403, "{}").add(403, "{}");
  thrown<PermissionDeniedError>([&] { (void)find("t2"); });
}

}  // namespace
}  // namespace segment
