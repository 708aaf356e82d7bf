// Many calls that are awaited where they are written.
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <ranges>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "forms.hpp"
#include "segment/api/sources.hpp"
#include "segment/many.hpp"

namespace segment::testing {
namespace {

using std::string;
using Ids = std::vector<SourceId>;

class ManyInACoroutine : public InACoroutine {
 protected:
  [[nodiscard]] Ids ids() const { return {SourceId(text() + '1'), SourceId(text() + '2')}; }
};

INSTANTIATE_TEST_SUITE_P(OfShortAndLongTexts, ManyInACoroutine, ::testing::Values(3, 300));

TEST_P(ManyInACoroutine, ANamedFunctionIsAwaitedInPlace) {
  const auto walk = [](AsyncClient async, Ids ids, std::stop_token stop) -> Task<std::size_t> {
    const auto get = [async](const SourceId& id) { return async.sources().get(id); };
    const auto details = co_await map(ids, get, {.max_concurrency = 8}, stop);
    const auto results = co_await map_results(ids, get, {.max_concurrency = 1}, std::move(stop));
    co_await for_each(ids, get);
    co_return details.size() + results.size() +
        (co_await for_each_results(std::move(ids), get)).size();
  };
  std::stop_source stop;
  EXPECT_EQ(walk(async(), ids(), stop.get_token()).get(), 6U);
  EXPECT_EQ(fake_.sent(), 8U);
}

TEST_P(ManyInACoroutine, ALambdaThatCapturesByReferenceIsWrittenInTheCall) {
  const auto walk = [](AsyncClient async, Ids ids, string text) -> Task<std::size_t> {
    const auto details = co_await map(
        ids, [&](const SourceId& id) { return async.sources().get(SourceId(id.text() + text)); },
        {.max_concurrency = 1});
    co_return details.size();
  };
  EXPECT_EQ(walk(async(), ids(), text()).get(), 2U);
  EXPECT_TRUE(fake_.target().ends_with('2' + text())) << fake_.target();
}

TEST_P(ManyInACoroutine, ALambdaThatCapturesAClientIsWrittenInTheCall) {
  const auto walk = [](AsyncClient async, Ids ids) -> Task<std::vector<SourceDetails>> {
    CO_RETURN_AWAITED(map(ids, [async](const SourceId& id) { return async.sources().get(id); },
                          {.max_concurrency = 8}));
  };
  EXPECT_EQ(walk(async(), ids()).get().size(), 2U);
}

TEST_P(ManyInACoroutine, ALambdaThatCapturesATextIsWrittenInTheCall) {
  const auto walk = [](AsyncClient async, Ids ids, string text,
                       std::stop_token stop) -> Task<std::vector<Result<SourceDetails>>> {
    CO_RETURN_AWAITED(map_results(
        ids,
        [async, text](const SourceId& id) {
          return async.sources().get(SourceId(id.text() + text));
        },
        {.max_concurrency = 1}, std::move(stop)));
  };
  std::stop_source stop;
  EXPECT_EQ(walk(async(), ids(), text(), stop.get_token()).get().size(), 2U);
  EXPECT_TRUE(fake_.target().ends_with('2' + text())) << fake_.target();
}

TEST_P(ManyInACoroutine, ACoroutineThatCapturesIsWrittenInTheCall) {
  const auto walk = [](AsyncClient async, Ids ids, string text) -> Task<void> {
    CO_RETURN_AWAITED(for_each(ids, [async, text](const SourceId& id) -> Task<void> {
      const SourceDetails details = co_await async.sources().get(id);
      EXPECT_EQ(text.front(), 't') << details.slug;
    }));
  };
  walk(async(), ids(), text()).get();
  EXPECT_EQ(fake_.sent(), 2U);
}

TEST_P(ManyInACoroutine, ALambdaForEachResultIsWrittenInTheCall) {
  const auto walk = [](AsyncClient async, Ids ids) -> Task<std::vector<Result<void>>> {
    CO_RETURN_AWAITED(for_each_results(
        std::move(ids), [async](const SourceId& id) { return async.sources().remove(id); }));
  };
  EXPECT_EQ(walk(async(), ids()).get().size(), 2U);
}

TEST_P(ManyInACoroutine, ItemsAreAnArrayInBraces) {
  const auto walk = [](AsyncClient async, string text) -> Task<std::vector<SourceDetails>> {
    const auto get = [async](const SourceId& id) { return async.sources().get(id); };
    CO_RETURN_AWAITED(map(std::array<SourceId, 2>{SourceId(text), SourceId(text)}, get));
  };
  EXPECT_EQ(walk(async(), text()).get().size(), 2U);
}

#if !defined(__clang__) || __clang_major__ >= 16  // older versions know no view of libstdc++
TEST_P(ManyInACoroutine, ItemsAreAViewWithALambda) {
  const auto walk = [](AsyncClient async, Ids ids,
                       string text) -> Task<std::vector<SourceDetails>> {
    const auto get = [async](const SourceId& id) { return async.sources().get(id); };
    CO_RETURN_AWAITED(map(ids | std::views::transform([text](const SourceId& id) {
                            return SourceId(id.text() + text);
                          }),
                          get));
  };
  EXPECT_EQ(walk(async(), ids(), text()).get().size(), 2U);
}
#endif

}  // namespace
}  // namespace segment::testing
