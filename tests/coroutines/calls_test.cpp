// Calls that are awaited where they are written, in each form that the documents show.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "forms.hpp"
#include "segment/api/destination_filters.hpp"
#include "segment/api/sources.hpp"
#include "segment/api/workspaces.hpp"

namespace segment::testing {
namespace {

using std::string;
using std::chrono::seconds;

INSTANTIATE_TEST_SUITE_P(OfShortAndLongTexts, InACoroutine, ::testing::Values(3, 300));

TEST_P(InACoroutine, ABodyIsWrittenInBraces) {
  const auto create = [](AsyncClient async, string text) -> Task<Source> {
    CO_RETURN_AWAITED(async.sources().create(
        {.slug = text, .enabled = true, .metadata_id = SourceMetadataId(text)}));
  };
  EXPECT_EQ(create(async(), text()).get().slug, "web");
  EXPECT_TRUE(sent("\"slug\":\"" + text() + '"')) << fake_.body();
  EXPECT_TRUE(sent("\"metadataId\":\"" + text() + '"')) << fake_.body();
}

TEST_P(InACoroutine, ABodyIsWrittenWithItsType) {
  const auto create = [](AsyncClient async, string text) -> Task<Source> {
    CO_RETURN_AWAITED(async.sources().create(
        CreateSource{.slug = text, .enabled = true, .metadata_id = SourceMetadataId(text)}));
  };
  (void)create(async(), text()).get();
  EXPECT_TRUE(sent(text()));
}

TEST_P(InACoroutine, ABodyHasStructsInIt) {
  const auto update = [](AsyncClient async, string text) -> Task<SourceSchemaSettings> {
    CO_RETURN_AWAITED(async.sources().update_schema_settings(
        SourceId(text), {.track = TrackSchemaSettings{.allow_unplanned_events = false},
                         .forwarding_violations_to = SourceId(text)}));
  };
  (void)update(async(), text()).get();
  EXPECT_TRUE(sent("\"track\":{\"allowUnplannedEvents\":false}")) << fake_.body();
  EXPECT_TRUE(sent("\"forwardingViolationsTo\":\"" + text() + '"')) << fake_.body();
}

TEST_P(InACoroutine, ABodyHasAListOfStructsInIt) {
  const auto label = [](AsyncClient async, string text) -> Task<std::vector<Label>> {
    CO_RETURN_AWAITED(async.sources().add_labels(
        SourceId(text), {.labels = {{.key = text, .value = "a"}, {.key = "b", .value = text}}}));
  };
  (void)label(async(), text()).get();
  EXPECT_TRUE(sent("{\"key\":\"" + text() + "\",\"value\":\"a\"}")) << fake_.body();
  EXPECT_TRUE(sent("{\"key\":\"b\",\"value\":\"" + text() + "\"}")) << fake_.body();
}

TEST_P(InACoroutine, ABodyHasFreeFormMembers) {
  const auto create = [](AsyncClient async, string text) -> Task<Source> {
    CO_RETURN_AWAITED(async.sources().create({.slug = "web",
                                              .enabled = true,
                                              .metadata_id = SourceMetadataId("m"),
                                              .settings = Json::object({{"websiteUrl", text}})}));
  };
  (void)create(async(), text()).get();
  EXPECT_TRUE(sent("{\"websiteUrl\":\"" + text() + "\"}")) << fake_.body();
}

TEST_P(InACoroutine, AQueryIsWrittenInBraces) {
  const auto fetch = [](AsyncClient async, string text) -> Task<Page<Source>> {
    CO_RETURN_AWAITED(async.sources().list_page({.count = 50, .cursor = text}));
  };
  (void)fetch(async(), text()).get();
  EXPECT_TRUE(contains(fake_.target(), text()));
}

TEST_P(InACoroutine, OptionsHaveATimeoutAndAStopToken) {
  const auto get = [](AsyncClient async, string text, std::stop_token stop) -> Task<SourceDetails> {
    CO_RETURN_AWAITED(
        async.sources().get(SourceId(text), {.timeout = seconds(5), .stop = std::move(stop)}));
  };
  std::stop_source stop;
  EXPECT_EQ(get(async(), text(), stop.get_token()).get().slug, "web");
  stop.request_stop();
  auto stopped = get(async(), text(), stop.get_token());
  EXPECT_THROW((void)stopped.get(), CancelledError);
}

TEST_P(InACoroutine, OptionsHaveHeadersAndAQuery) {
  const auto get = [](AsyncClient async, string text) -> Task<Workspace> {
    CO_RETURN_AWAITED(
        async.workspaces().get({.headers = {{"X-Trace", text}}, .query = {{"trace", text}}}));
  };
  (void)get(async(), text()).get();
  EXPECT_EQ(fake_.header("X-Trace"), text());
  EXPECT_TRUE(contains(fake_.target(), "trace=" + text()));
}

TEST_P(InACoroutine, OptionsFollowABody) {
  const auto create = [](AsyncClient async, string text, std::stop_token stop) -> Task<Source> {
    CO_RETURN_AWAITED(async.sources().create(
        {.slug = text, .enabled = true, .metadata_id = SourceMetadataId(text)},
        {.stop = stop, .headers = {{"X-Trace", text}}, .body = Json::object({{"newer", text}})}));
  };
  std::stop_source stop;
  (void)create(async(), text(), stop.get_token()).get();
  EXPECT_TRUE(sent("\"newer\":\"" + text() + '"')) << fake_.body();
}

TEST_P(InACoroutine, OptionsHaveALambdaWithACapture) {
  const auto get = [](AsyncClient async, string text,
                      std::shared_ptr<string> seen) -> Task<Workspace> {
    CO_RETURN_AWAITED(async.workspaces().get(
        {.on_response = [text, seen](const http::Response&) { *seen += text; }}));
  };
  const auto seen = std::make_shared<string>();
  (void)get(async(), text(), seen).get();
  EXPECT_EQ(*seen, text());
}

TEST_P(InACoroutine, ACallByItsPathHasAQueryAndABody) {
  const auto call = [](AsyncClient async, string text) -> Task<Json> {
    CO_RETURN_AWAITED(async.call(http::Method::post, "/moons", {{"phase", text}},
                                 Json::object({{"name", text}})));
  };
  (void)call(async(), text()).get();
  EXPECT_TRUE(contains(fake_.target(), "phase=" + text()));
  EXPECT_EQ(fake_.body(), "{\"name\":\"" + text() + "\"}");
}

TEST_P(InACoroutine, AListQueriedInBracesIsCollected) {
  const auto fetch = [](AsyncClient async, string text) -> Task<std::vector<Source>> {
    CO_RETURN_AWAITED(async.sources().list({.count = 50, .cursor = text}).to_vector());
  };
  EXPECT_TRUE(fetch(async(), text()).get().empty());
  EXPECT_TRUE(contains(fake_.target(), text()));
}

TEST_P(InACoroutine, AListQueriedInBracesReturnsItsFirstItem) {
  const auto fetch = [](AsyncClient async, string text) -> Task<std::optional<Source>> {
    CO_RETURN_AWAITED(async.sources().list({.cursor = text}).front());
  };
  EXPECT_FALSE(fetch(async(), text()).get());
  EXPECT_TRUE(contains(fake_.target(), text()));
}

TEST_P(InACoroutine, AListQueriedInBracesIsCounted) {
  const auto count = [](AsyncClient async, string text) -> Task<std::optional<std::int64_t>> {
    CO_RETURN_AWAITED(async.sources().list({.cursor = text}).total());
  };
  (void)count(async(), text()).get();
  EXPECT_TRUE(contains(fake_.target(), text()));
}

// The following calls are awaited in place with every compiler.

TEST_P(InACoroutine, AListWithoutStructsIsCollectedInPlace) {
  const auto fetch = [](AsyncClient async) -> Task<std::size_t> {
    co_return (co_await async.sources().list().to_vector()).size();
  };
  EXPECT_EQ(fetch(async()).get(), 0U);
}

TEST_P(InACoroutine, CallsWithoutStructsAreAwaitedInPlace) {
  const auto walk = [](AsyncClient async, string text) -> Task<string> {
    const SourceDetails details = co_await async.sources().get(SourceId(text));
    const Page<Source> page = co_await async.sources().list_page();
    const Workspace workspace = co_await async.workspaces().get();
    const Json moons = co_await async.call(http::Method::get, "/moons/" + text);
    co_return details.slug;
  };
  EXPECT_EQ(walk(async(), text()).get(), "web");
  EXPECT_TRUE(contains(fake_.target(), "/moons/" + text()));
}

TEST_P(InACoroutine, AListQueriedInBracesIsIterated) {
  fake_.transport->add(
      200, R"({"data":{"sources":[{"id":"1"}],"pagination":{"next":"2)" + text() + R"("}}})");
  fake_.transport->add(200, R"({"data":{"sources":[{"id":"2"}],"pagination":{}}})");
  const auto walk = [](AsyncClient async, string text) -> Task<string> {
    auto sources = async.sources().list({.count = 1, .cursor = text});
    string ids;
    for (auto at = co_await sources.begin(); at != sources.end(); co_await ++at) {
      ids += at->id.text();
    }
    EXPECT_EQ(co_await sources.next(), nullptr);
    co_return ids;
  };
  EXPECT_EQ(walk(async(), text()).get(), "12");
}

TEST_P(InACoroutine, PagesAreAwaitedInPlace) {
  const auto count = [](AsyncClient async) -> Task<std::size_t> {
    auto pages = async.sources().list().pages();
    co_return (co_await pages.next()).items.size();
  };
  EXPECT_EQ(count(async()).get(), 0U);
}

TEST_P(InACoroutine, CallsStartedBeforeAreAwaitedOneByOne) {
  const auto create_two = [](AsyncClient async, string text) -> Task<void> {
    std::vector<Task<Source>> in_flight;
    for (int i = 0; i < 2; ++i) {
      in_flight.push_back(async.sources().create(
          {.slug = text, .enabled = true, .metadata_id = SourceMetadataId(text)}));
    }
    for (auto& task : in_flight) EXPECT_EQ((co_await task).slug, "web");
  };
  create_two(async(), text()).get();
  EXPECT_EQ(fake_.sent(), 2U);
}

}  // namespace
}  // namespace segment::testing
