// Responses that are prepared per operation, and requests that are read back as types.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "../support/fake_client.hpp"
#include "segment/nothrow_client.hpp"
#include "segment/testing/gmock.hpp"

namespace segment::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Source named(const std::string& slug) {
  Source source;
  source.id = SourceId{slug + "-id"};
  source.slug = slug;
  return source;
}

Label label(std::string key) { return {.key = std::move(key), .value = "v"}; }

/// What `sources().get` returns, whatever its members are called.
using SourceGot = decltype(std::declval<const Client&>().sources().get(SourceId{"s"}));

SourceGot a_source_got() {
  FakeClient other;
  other.transport->add(200, std::string(a_source));
  return other.client.sources().get(SourceId{"s1"});
}

TEST(ATypedFake, RespondsToOperationsInAnyOrder) {
  FakeClient fake;
  Workspace workspace;
  workspace.name = "Acme";
  fake.transport->respond(operations::workspaces::get, workspace)
      .respond(operations::sources::create, named("web"))
      .respond(operations::sources::get, a_source_got());
  EXPECT_EQ(to_json(fake.client.sources().get(SourceId{"s1"})), to_json(a_source_got()));
  EXPECT_EQ(fake.client.workspaces().get().name, "Acme");
  const Source created = fake.client.sources().create(
      {.slug = "web", .enabled = true, .metadata_id = SourceMetadataId{"m"}});
  EXPECT_EQ(created, named("web"));
  EXPECT_EQ(fake.client.workspaces().get().name, "Acme");
}

TEST(ATypedFake, ReturnsResponsesThatAreNotStructs) {
  FakeClient fake;
  fake.transport->respond(operations::sources::remove)
      .respond(operations::sources::add_labels, std::vector<Label>{label("a"), label("b")});
  fake.client.sources().remove(SourceId{"s"});
  EXPECT_THAT(
      fake.client.sources().add_labels(SourceId{"s"}, {.labels = {{.key = "a", .value = "v"}}}),
      ElementsAre(label("a"), label("b")));
}

TEST(ATypedFake, ReturnsPreparedResponsesInOrderAndRepeatsTheLast) {
  FakeClient fake;
  fake.transport->fail(operations::sources::list, 503)
      .respond(operations::sources::list, Page<Source>{.items = {named("one")}})
      .respond(operations::sources::list, Page<Source>{.items = {named("two")}});
  EXPECT_EQ(fake.client.sources().list_page().items.at(0).slug, "one");  // after a retry
  EXPECT_EQ(fake.client.sources().list_page().items.at(0).slug, "two");
  EXPECT_EQ(fake.client.sources().list_page().items.at(0).slug, "two");
  EXPECT_EQ(fake.transport->calls(operations::sources::list).size(), 4U);
}

TEST(ATypedFake, ReturnsAResponsePreparedLaterAtTheNextCall) {
  FakeClient fake;
  const auto status = [&] {
    try {
      (void)fake.client.sources().get(SourceId{"s"});
    } catch (const ApiError& error) {
      return error.status();
    }
    return 200;
  };
  fake.transport->fail(operations::sources::get, 404);
  EXPECT_EQ(status(), 404);
  EXPECT_EQ(status(), 404);
  fake.transport->fail(operations::sources::get, 422).fail(operations::sources::get, 409);
  EXPECT_EQ(status(), 422);
  EXPECT_EQ(status(), 409);
  EXPECT_EQ(status(), 409);
}

TEST(ATypedFake, ReturnsAListPreparedLaterAfterTheLastPageOfTheEarlierOne) {
  FakeClient fake;
  const auto slugs = [&] {
    std::vector<std::string> all;
    for (const Source& source : fake.client.sources().list()) all.push_back(source.slug);
    return all;
  };
  fake.transport->list<Source>(operations::sources::list, {{named("a")}, {named("b")}});
  EXPECT_THAT(slugs(), ElementsAre("a", "b"));
  EXPECT_THAT(slugs(), ElementsAre("a", "b"));
  fake.transport->list<Source>(operations::sources::list, {{named("c")}, {named("d")}});
  EXPECT_THAT(slugs(), ElementsAre("c", "d"));
}

TEST(ATypedFake, RefusesAFailureWithoutAnErrorStatus) {
  FakeClient fake;
  for (const int status : {0, 200, 302, 399, 600}) {
    const auto error = thrown<InvalidArgumentError>(
        [&] { fake.transport->fail(operations::sources::get, status); });
    EXPECT_THAT(error.what(), HasSubstr("getSource")) << status;
    EXPECT_THAT(error.what(), HasSubstr("4xx or 5xx, but it was given " + std::to_string(status)));
  }
}

TEST(ATypedFake, PausesTheTokenOnRetryAfterAndOneOperationOnItsRateLimitHeaders) {
  FakeClient all;
  all.transport->fail(operations::workspaces::get, 429, {}, {{"Retry-After", "30"}})
      .fail(operations::sources::get, 404);
  thrown<RateLimitError>([&] { (void)all.client.workspaces().get({.max_attempts = 1}); });
  const auto held = thrown<LocalLimitError>([&] {
    (void)all.client.sources().get(SourceId{"s"}, {.timeout = std::chrono::seconds(10)});
  });
  EXPECT_THAT(held.what(), HasSubstr("was not sent: the token's rate limit is used up"));

  FakeClient one;
  one.transport
      ->fail(operations::workspaces::get, 429, {},
             {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "30"}})
      .fail(operations::sources::get, 404);
  thrown<RateLimitError>([&] { (void)one.client.workspaces().get({.max_attempts = 1}); });
  thrown<NotFoundError>([&] { (void)one.client.sources().get(SourceId{"s"}); });
  const auto own = thrown<LocalLimitError>(
      [&] { (void)one.client.workspaces().get({.timeout = std::chrono::seconds(10)}); });
  EXPECT_THAT(own.what(), HasSubstr("was not sent: the operation's rate limit is used up"));
}

TEST(ATypedFake, FailsByStatusAsTheApiDoes) {
  FakeClient fake;
  fake.transport->fail(operations::sources::get, 404);
  const auto missing =
      thrown<NotFoundError>([&] { (void)fake.client.sources().get(SourceId{"s"}); });
  EXPECT_EQ(missing.items().at(0).type, "not-found");
  fake.transport->fail(operations::sources::create, 422,
                       {{.type = "input-validation", .message = "is taken", .field = "slug"}});
  const auto invalid = thrown<ValidationError>([&] {
    (void)fake.client.sources().create(
        {.slug = "web", .enabled = true, .metadata_id = SourceMetadataId{"m"}});
  });
  EXPECT_EQ(invalid.items().at(0).field, "slug");
  EXPECT_EQ(invalid.items().at(0).message, "is taken");
}

TEST(ATypedFake, FailsWithHeadersOrWithoutAnyResponse) {
  FakeClient fake;
  fake.transport->fail(operations::workspaces::get, 429, {}, {{"Retry-After", "3"}})
      .fail(operations::workspaces::get, broken())
      .respond(operations::workspaces::get, Workspace{});
  (void)fake.client.workspaces().get();
  EXPECT_EQ(fake.clock->waits().front(), std::chrono::seconds(3));
  EXPECT_EQ(fake.sent(), 3U);
}

TEST(ATypedFake, MakesUpTheCursorsOfAList) {
  FakeClient fake;
  fake.transport->list<Source>(operations::sources::list,
                               {{named("a"), named("b")}, {}, {named("c")}});
  std::vector<std::string> slugs;
  for (const Source& source : fake.client.sources().list()) slugs.push_back(source.slug);
  EXPECT_THAT(slugs, ElementsAre("a", "b", "c"));
  EXPECT_EQ(fake.client.sources().list().total(), 3);
  const Page<Source> second = fake.client.sources().list_page({.cursor = "page-2"});
  EXPECT_THAT(second.items, IsEmpty());
  EXPECT_EQ(second.next_cursor(), "page-3");
  EXPECT_EQ(fake.client.sources().list_page({.cursor = "page-1"}).items.size(), 2U);
}

TEST(ATypedFake, KeepsMoreThanTenPagesInOrder) {
  FakeClient fake;
  std::vector<std::vector<Source>> pages;
  for (int i = 1; i <= 11; ++i) pages.push_back({named(std::to_string(i))});
  fake.transport->list(operations::sources::list, pages).fail(operations::sources::list, 403);
  EXPECT_EQ(fake.client.sources().list().to_vector().size(), 11U);
  EXPECT_THROW((void)fake.client.sources().list().to_vector(), PermissionDeniedError);
}

TEST(ATypedFake, ReportsAPageThatTheListDoesNotHave) {
  FakeClient fake;
  fake.transport->list<Source>(operations::sources::list, {{named("a")}});
  const auto error = thrown<NotPreparedError>(
      [&] { (void)fake.client.sources().list_page({.cursor = "page-9"}); });
  EXPECT_THAT(fake.transport->not_prepared(), ElementsAre(error.what()));
}

TEST(ATypedFake, MakesUpTheCursorsOfAListWithItsOwnPageType) {
  FakeClient fake;
  SpaceFilterPage filters;
  filters.items.resize(2);
  fake.transport->list_pages<SpaceFilterPage>(operations::space_filters::list, {filters, filters});
  EXPECT_EQ(fake.client.space_filters().list({.integration_id = SpaceId{"i"}}).to_vector().size(),
            4U);
}

TEST(ATypedFake, TellsApartVersionsWithTheirOwnTypes) {
  FakeClient fake;
  fake.transport->respond(operations::sources::create, named("from-v1"))
      .respond(operations::sources_alpha::create, named("from-alpha"));
  EXPECT_EQ(fake.client.sources_alpha()
                .create({.slug = "s", .enabled = true, .metadata_id = SourceMetadataId{"m"}})
                .slug,
            "from-alpha");
  EXPECT_EQ(fake.client.sources()
                .create({.slug = "s", .enabled = true, .metadata_id = SourceMetadataId{"m"}})
                .slug,
            "from-v1");
  EXPECT_EQ(fake.transport->calls(operations::sources_alpha::create).size(), 1U);
}

TEST(ATypedFake, NamesTheOperationThatWasNotPreparedAndThoseThatWere) {
  FakeClient fake;
  fake.transport->respond(operations::workspaces::get, Workspace{})
      .respond(operations::sources::create, named("web"));
  const auto error = thrown<NotPreparedError>([&] {
    fake.client.sources().remove_write_key(SourceId{"s"}, WriteKey{std::string(test_write_key)});
  });
  EXPECT_TRUE(contains(error.what(), "removeWriteKeyFromSource")) << error.what();
  EXPECT_TRUE(contains(error.what(), "createSource, getWorkspace")) << error.what();
  EXPECT_EQ(fake.transport->not_prepared(), (std::vector<std::string>{error.what()}));
  EXPECT_EQ(fake.sent(), 1U);  // and nothing was retried
  (void)thrown<NotPreparedError>([&] { (void)fake.client.call(http::Method::get, "/moons", {}); });
}

TEST(AFakeWithNothingPrepared, SaysHowToPrepareAResponse) {
  FakeClient fake;
  const auto error = thrown<TransportError>([&] { (void)fake.client.workspaces().get(); });
  EXPECT_TRUE(contains(error.what(), "prepare one with respond(), or queue one with add()"))
      << error.what();
}

TEST(ATypedFake, RefusesAResponseOfATypeThatTheOperationDoesNotReturn) {
  FakeTransport fake;
  const auto wrong =
      thrown<InvalidArgumentError>([&] { fake.respond(operations::sources::create, Workspace{}); });
  EXPECT_TRUE(contains(wrong.what(), "createSource: it returns Source, but was given "))
      << wrong.what();
  EXPECT_TRUE(contains(wrong.what(), "Workspace")) << wrong.what();
  (void)thrown<InvalidArgumentError>([&] { fake.respond(operations::sources::create); });
  (void)thrown<InvalidArgumentError>([&] { fake.respond(operations::sources::remove, Source{}); });
  const auto list = thrown<InvalidArgumentError>(
      [&] { fake.list<Label>(operations::sources::list, {{label("a")}}); });
  EXPECT_TRUE(contains(list.what(), "it returns pages of Source")) << list.what();
}

TEST(ATypedFake, ReadsRequestsBackAsTypes) {
  FakeClient fake({.base_url = "https://gateway.example/segment"});
  fake.transport->respond(operations::destinations::update, Destination{})
      .list<Destination>(operations::sources::list_connected_destinations, {{}});
  (void)fake.client.destinations().update(DestinationId{"a/b é"}, {.name = null, .enabled = false});
  (void)fake.client.sources().list_connected_destinations_page(SourceId{"s"}, {.count = 7});
  const FakeCall update = fake.transport->calls().at(0);
  EXPECT_EQ(&update.operation(), &operations::destinations::update);
  EXPECT_EQ(update.path<DestinationId>(), DestinationId{"a/b é"});
  const auto body = update.body<UpdateDestination>();
  EXPECT_TRUE(body.name.is_null());
  EXPECT_EQ(body.enabled, false);
  EXPECT_EQ(body.settings, std::nullopt);
  const FakeCall page = fake.transport->calls().at(1);
  EXPECT_EQ(page.query<PageRequest>().count, 7);
  EXPECT_THROW((void)page.body<UpdateDestination>(), InvalidArgumentError);
  EXPECT_THROW((void)page.path<SourceId>(1), std::out_of_range);
}

TEST(TheMatchers, MatchRequestsAndResults) {
  FakeClient fake;
  fake.transport->respond(operations::sources::update, named("web"))
      .list<Source>(operations::sources::list, {{}})
      .fail(operations::sources::get, 404);
  EXPECT_THAT(fake.client.nothrow().sources().update(SourceId{"s"}, {.slug = "web"}),
              Succeeds(Field(&Source::slug, "web")));
  (void)fake.client.sources().list_page({.count = 7});
  EXPECT_THAT(fake.client.nothrow().sources().get(SourceId{"s"}), FailsWith(ErrorKind::not_found));
  EXPECT_THAT(fake.client.nothrow().sources().get(SourceId{"s"}),
              Not(FailsWith(ErrorKind::server)));
  EXPECT_THAT(fake.transport->calls(operations::sources::update),
              ElementsAre(AllOf(WithPath<SourceId>(SourceId{"s"}),
                                WithBody<UpdateSource>(Field(&UpdateSource::slug, "web")))));
  const std::vector<FakeCall> calls = fake.transport->calls();
  EXPECT_THAT(calls.at(0), ForOperation(operations::sources::update));
  EXPECT_THAT(calls.at(0), Not(ForOperation(operations::sources::list)));
  EXPECT_THAT(calls.at(1), WithQuery<PageRequest>(::testing::Truly(
                               [](const PageRequest& query) { return query.count == 7; })));
}

}  // namespace
}  // namespace segment::testing
