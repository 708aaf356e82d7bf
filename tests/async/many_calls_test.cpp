// Many calls of a client, started with `map` and similar functions.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "segment/async.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

std::string source_with_slug(const std::string& slug) {
  std::string answer(a_source);
  return answer.replace(answer.find("web"), 3, slug);
}

const std::vector<SourceId> three_ids{SourceId("a"), SourceId("b"), SourceId("c")};

TEST(ManyCalls, ReturnValuesInTheOrderOfTheirItems) {
  FakeClient fake;
  for (const char* slug : {"first", "second", "third"}) {
    fake.transport->add(200, source_with_slug(slug));
  }
  const AsyncClient async = fake.client.async();
  auto details = map(three_ids, [&](const SourceId& id) { return async.sources().get(id); },
                     {.max_concurrency = 1});
  std::vector<std::string> slugs;
  for (const SourceDetails& one : details.get()) slugs.push_back(one.slug);
  EXPECT_EQ(slugs, (std::vector<std::string>{"first", "second", "third"}));
  EXPECT_EQ(fake.target(), "/sources/c");
}

TEST(ASequence, StopsAtTheFirstError) {
  FakeClient fake;
  fake.transport->add(200, source_with_slug("first")).add(404, "{}");
  const AsyncClient async = fake.client.async();
  const auto get = [&](const SourceId& id) { return async.sources().get(id); };
  EXPECT_EQ(thrown<NotFoundError>([&] {
              (void)map(three_ids, get, {.max_concurrency = 1}).get();
            }).status(),
            404);
  EXPECT_EQ(fake.sent(), 2U);
}

TEST(ManyCalls, ReportTheResultOfEach) {
  FakeClient fake;
  fake.transport->add(200, std::string(a_success)).add(404, "{}").add(200, std::string(a_success));
  const AsyncClient async = fake.client.async();
  const auto results =
      for_each_results(three_ids, [&](const SourceId& id) { return async.sources().remove(id); },
                       {.max_concurrency = 1})
          .get();
  EXPECT_TRUE(results.at(0));
  EXPECT_NE(results.at(1).error_as<NotFoundError>(), nullptr);
  EXPECT_TRUE(results.at(2));
}

}  // namespace
}  // namespace segment::testing
