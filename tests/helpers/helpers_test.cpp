#include "segment/helpers.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "support/fake_client.hpp"

namespace segment {
namespace {

using namespace std::chrono_literals;
using testing::a_source;
using testing::a_success;
using testing::broken;
using testing::contains;
using testing::FakeClient;
using testing::thrown;

TEST(RemoveIfExists, SaysWhetherSomethingWasThere) {
  FakeClient fakes;
  fakes.transport->add(200, std::string(a_success)).add(404, "{}");
  const auto remove = [&] { fakes.client.sources().remove(SourceId("s1")); };
  EXPECT_TRUE(remove_if_exists(remove));
  EXPECT_FALSE(remove_if_exists(remove));
}

TEST(RemoveIfExists, A404AfterALostAnswerIsADeletion) {
  FakeClient fakes;
  fakes.transport->add(broken()).add(404, "{}");
  EXPECT_TRUE(remove_if_exists([&] { fakes.client.sources().remove(SourceId("s1")); }));
}

TEST(RemoveIfExists, A404AfterTheTransportSentItAgainIsADeletion) {
  FakeClient fakes;
  fakes.transport->add(http::Response{.status = 404, .retried_by_transport = true});
  EXPECT_TRUE(remove_if_exists([&] { fakes.client.sources().remove(SourceId("s1")); }));
}

TEST(RemoveIfExists, EveryOtherErrorIsThrown) {
  FakeClient fakes;
  fakes.transport->add(403, "{}").add(409, "{}");
  const auto remove = [&] {
    return remove_if_exists([&] { fakes.client.sources().remove(SourceId("s1")); });
  };
  thrown<PermissionDeniedError>([&] { (void)remove(); });
  thrown<ConflictError>([&] { (void)remove(); });
}

TEST(GetOrNothing, IsNothingOnlyAfterA404) {
  FakeClient fakes;
  fakes.transport->add(200, std::string(a_source)).add(404, "{}").add(403, "{}");
  const auto get = [&] {
    return find_or_none([&] { return fakes.client.sources().get(SourceId("s1")).source; });
  };
  EXPECT_EQ(get().value().slug, "web");
  EXPECT_EQ(get(), std::nullopt);
  thrown<PermissionDeniedError>([&] { (void)get(); });
}

// The sizes of the chunks that the items 0, 1, 2 ... came in.
std::vector<std::size_t> chunks(std::size_t items, std::size_t size,
                                std::size_t most_allowed = 1000, int status = 413) {
  std::vector<int> numbers(items);
  for (std::size_t i = 0; i < items; ++i) numbers[i] = static_cast<int>(i);
  std::vector<int> seen;
  std::vector<std::size_t> sizes;
  in_chunks(numbers, size, [&](std::span<const int> some) {
    if (some.size() > most_allowed) throw ApiError("too large", {.status = status});
    seen.insert(seen.end(), some.begin(), some.end());
    sizes.push_back(some.size());
  });
  EXPECT_EQ(seen, numbers) << "each item once, in their order";
  return sizes;
}

TEST(InChunks, EachItemComesOnceInOrder) {
  using Sizes = std::vector<std::size_t>;
  EXPECT_EQ(chunks(0, 3), Sizes{});
  EXPECT_EQ(chunks(3, 3), Sizes{3});
  EXPECT_EQ(chunks(7, 3), (Sizes{3, 3, 1}));
  thrown<InvalidArgumentError>([] { (void)chunks(1, 0); });
}

TEST(InChunks, AChunkThatIsTooLargeIsHalvedAndSoAreThoseBehindIt) {
  using Sizes = std::vector<std::size_t>;
  EXPECT_EQ(chunks(10, 8, 3, 413), (Sizes{2, 2, 2, 2, 2}));
  EXPECT_EQ(chunks(5, 5, 1, 414), (Sizes{1, 1, 1, 1, 1}));
}

// The errors of an answer that says this of the field `rules`.
ErrorFacts saying(int status, const std::string& message) {
  return {.status = status, .items = {{.message = message, .field = "rules"}}};
}

TEST(InChunks, AChunkIsTooLargeWhereTheMessageSaysSo) {
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

TEST(InChunks, AMaximumOfFewerThanTenItemsIsOfSomethingElse) {
  for (const char* message : {"must contain at most 1 item", "exceeds the limit of the rule"}) {
    EXPECT_FALSE(detail::is_too_large(ValidationError("422", saying(422, message)))) << message;
  }
}

TEST(InChunks, AnErrorSaysHowFarItCame) {
  const std::vector<int> items(10);
  int calls = 0;
  try {
    in_chunks(items, 4, [&](std::span<const int>) {
      if (++calls == 2) throw ServerError("no luck", {.outcome_unknown = true, .status = 502});
    });
    FAIL() << "nothing was thrown";
  } catch (const ChunkError& error) {
    EXPECT_EQ(error.done(), 4U);
    EXPECT_EQ(error.in_doubt(), 4U);
    EXPECT_EQ(error.total(), 10U);
    EXPECT_TRUE(error.outcome_unknown());
    thrown<ServerError>([&] { error.rethrow_cause(); });
  }
  EXPECT_EQ(calls, 2);
}

TEST(InChunks, OneItemThatIsTooLargeIsAnError) {
  const std::vector<int> items(3);
  try {
    in_chunks(items, 1,
              [](std::span<const int>) { throw PayloadTooLargeError("no", {.status = 413}); });
    FAIL() << "nothing was thrown";
  } catch (const ChunkError& error) {
    EXPECT_EQ(error.done(), 0U);
    EXPECT_TRUE(contains(error.what(), "items 1 to 1 of 3 failed, none before them is done: no"))
        << error.what();
  }
}

// A creation that goes as it is told to, and what it leaves behind.
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
  int run() {
    return create_if_absent([this] { return find(); }, [this] { return create(); },
                            {.clock = clock});
  }

  std::vector<Goes> plan;
  int creations = 0;
  int looks = 0;
  int made = 0;
  std::shared_ptr<testing::ManualClock> clock = std::make_shared<testing::ManualClock>();
};

using Goes = Workshop::Goes;

TEST(CreateIfAbsent, ReturnsWhatIsThereAndCreatesNothing) {
  Workshop shop{{}};
  shop.made = 1;
  EXPECT_EQ(shop.run(), 7);
  EXPECT_EQ(shop.creations, 0);
}

TEST(CreateIfAbsent, CreatesOnceHoweverOftenItIsRun) {
  Workshop shop{{Goes::well}};
  EXPECT_EQ(shop.run(), 7);
  EXPECT_EQ(shop.run(), 7);
  EXPECT_EQ(shop.creations, 1);
  EXPECT_TRUE(shop.clock->waits().empty());
}

TEST(CreateIfAbsent, ReturnsWhatWasCreatedElsewhereMeanwhile) {
  Workshop shop{{Goes::refused}};
  int looks = 0;
  EXPECT_EQ(create_if_absent([&] { return ++looks > 1 ? std::optional(7) : std::nullopt; },
                             [&] { return shop.create(); }, {.clock = shop.clock}),
            7);
  EXPECT_TRUE(shop.clock->waits().empty()) << "a conflict leaves nothing to wait for";
}

TEST(CreateIfAbsent, FindsWhatALostAnswerHadMade) {
  Workshop shop{{Goes::lost_but_done}};
  EXPECT_EQ(shop.run(), 7);
  EXPECT_EQ(shop.creations, 1);
  EXPECT_EQ(shop.clock->waits(), std::vector<std::chrono::milliseconds>{2s});
}

TEST(CreateIfAbsent, CreatesAgainWhereThereIsNoTwin) {
  Workshop shop{{Goes::lost, Goes::lost, Goes::well}};
  EXPECT_EQ(shop.run(), 7);
  EXPECT_EQ(shop.made, 1);
  EXPECT_EQ(shop.looks, 3);
}

TEST(CreateIfAbsent, CreatesAgainAfterAServersErrorThatLeftNoTwin) {
  Workshop shop{{Goes::failed, Goes::well}};
  EXPECT_EQ(shop.run(), 7);
  EXPECT_EQ(shop.creations, 2);
}

TEST(CreateIfAbsent, GivesUpWithTheErrorAfterItsTries) {
  Workshop shop{{Goes::lost, Goes::lost, Goes::lost}};
  EXPECT_TRUE(thrown<TransportError>([&] { (void)shop.run(); }).outcome_unknown());
  EXPECT_EQ(shop.looks, 4) << "also after the last one it looks";
}

TEST(CreateIfAbsent, AConflictWithSomethingElseIsThrown) {
  Workshop shop{{Goes::refused}};
  thrown<ConflictError>([&] { (void)shop.run(); });
  EXPECT_EQ(shop.looks, 2);
  EXPECT_EQ(shop.creations, 1);
}

TEST(CreateIfAbsent, DoesNotForgetADoubtBecauseALaterTryWasNotEvenSent) {
  Workshop shop{{Goes::lost, Goes::not_sent}};
  EXPECT_TRUE(thrown<TransportError>([&] { (void)shop.run(); }).outcome_unknown());
  EXPECT_EQ(shop.looks, 3);
}

TEST(CreateIfAbsent, ATwinThatTurnsUpLateIsFoundWhenTheNextTryIsRefused) {
  Workshop shop{{Goes::lost, Goes::refused}};
  int looks = 0;
  EXPECT_EQ(create_if_absent([&] { return ++looks > 2 ? std::optional(7) : std::nullopt; },
                             [&] { return shop.create(); }, {.clock = shop.clock}),
            7);
}

TEST(CreateIfAbsent, AnUnreadableSuccessIsNeverCreatedAgain) {
  Workshop shop{{Goes::unreadable}};
  EXPECT_EQ(shop.run(), 7);
  Workshop other{{Goes::unreadable}};
  thrown<DecodeError>([&] {
    (void)create_if_absent([] { return std::optional<int>(); }, [&] { return other.create(); },
                           {.clock = other.clock});
  });
  EXPECT_EQ(other.creations, 1);
}

TEST(CreateIfAbsent, AFailedLookLeavesTheOutcomeUnknown) {
  Workshop shop{{Goes::lost}};
  const auto look = [&]() -> std::optional<int> {
    if (shop.creations == 0) return std::nullopt;
    throw RateLimitError("not now", {.status = 429});
  };
  const auto error = thrown<TransportError>(
      [&] { (void)create_if_absent(look, [&] { return shop.create(); }, {.clock = shop.clock}); });
  EXPECT_TRUE(error.outcome_unknown());
}

TEST(CreateIfAbsent, AStopEndsTheWait) {
  Workshop shop{{Goes::lost}};
  std::stop_source stop;
  stop.request_stop();
  const CreateIfAbsentOptions options{.stop = stop.get_token(), .clock = shop.clock};
  thrown<TransportError>([&] {
    (void)create_if_absent([&] { return shop.find(); }, [&] { return shop.create(); }, options);
  });
  EXPECT_EQ(shop.looks, 1);
}

TEST(CreateIfAbsent, AStopInALaterTryDoesNotHideThatAnEarlierOneMayHaveDoneIt) {
  Workshop shop{{Goes::lost, Goes::stopped}};
  EXPECT_TRUE(thrown<TransportError>([&] { (void)shop.run(); }).outcome_unknown());
  EXPECT_EQ(shop.looks, 2);
}

TEST(FindTransformation, TellsMissingFromForbidden) {
  FakeClient fakes;
  const std::string one =
      R"({"data":{"transformations":[{"id":"t1","name":"x"}],"pagination":{"current":"a"}}})";
  fakes.transport->add(403, "{}").add(200, one);
  EXPECT_EQ(find_transformation(fakes.client, TransformationId("t2")), std::nullopt);
  fakes.transport->add(403, "{}").add(200, one);
  thrown<PermissionDeniedError>(
      [&] { (void)find_transformation(fakes.client, TransformationId("t1")); });
  fakes.transport->add(403, "{}").add(403, "{}");
  thrown<PermissionDeniedError>(
      [&] { (void)find_transformation(fakes.client, TransformationId("t2")); });
}

}  // namespace
}  // namespace segment
