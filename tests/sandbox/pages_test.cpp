#include <gtest/gtest.h>

#include <set>

#include "talk.hpp"

namespace segment::sandbox::test {
namespace {

std::size_t walk(const Client& client, std::int64_t count) {
  std::set<std::string> seen;
  for (const auto& source : client.sources().list({.count = count})) seen.insert(source.id.text());
  return seen.size();
}

TEST(SandboxPages, HoldEachItemOnceWhateverTheirSize) {
  const Sandbox sandbox;
  const Client client(sandbox.client_options());
  for (const int count : {1, 2, 3, 4, 5, 6, 7, 1000}) EXPECT_EQ(walk(client, count), 6U) << count;
}

TEST(SandboxPages, EndAfterAPageThatIsExactlyFull) {
  const Sandbox sandbox;
  const Client client(sandbox.client_options());
  EXPECT_EQ(client.sources().list_page({.count = 6}).items.size(), 6U);
  EXPECT_EQ(walk(client, 3), 6U);
  EXPECT_EQ(sandbox.requests().size(), 3U);
}

TEST(SandboxPages, OfAnEmptyListAreOneEmptyPage) {
  const Sandbox sandbox(SandboxOptions{.seed = false});
  const Client client(sandbox.client_options());
  const auto page = client.sources().list_page();
  EXPECT_TRUE(page.items.empty());
  EXPECT_EQ(page.total_entries(), 0);
  EXPECT_EQ(walk(client, 1), 0U);
}

TEST(SandboxPages, AreManyWithExtraSources) {
  const Sandbox sandbox(SandboxOptions{.extra_sources = 250});
  const Client client(sandbox.client_options());
  EXPECT_EQ(walk(client, 100), 256U);
  EXPECT_EQ(sandbox.requests().size(), 3U);
}

TEST(SandboxPages, HaveTwoHundredItemsByDefault) {
  const Sandbox sandbox(SandboxOptions{.extra_sources = 250});
  Talk talk(sandbox);
  EXPECT_EQ(data(talk.get("/sources")).at("sources").size(), 200U);
}

TEST(SandboxPages, AreCheckedAndCutEvenIfTheResponseHasNoCursor) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  const Json source = data(talk.get("/sources?pagination.count=1")).at("sources").at(0);
  const std::string path = "/regulations/sources/" + source.at("id").as_string();
  for (int i = 0; i < 2; ++i) {
    const auto made = talk.post(
        path,
        R"({"regulationType": "DELETE_ONLY", "subjectType": "USER_ID", "subjectIds": ["a"]})");
    ASSERT_EQ(made.status, 200) << made.body;
  }
  const auto count = [&](const std::string& query) {
    return data(talk.get(path + query)).at("regulations").size();
  };
  const std::size_t all = count("");
  EXPECT_GE(all, 2U);
  EXPECT_EQ(count("?pagination.count=1"), 1U);
  EXPECT_EQ(count("?pagination.count=1000&pagination.cursor=MQ=="), all - 1);
  for (const char* wrong : {"0", "1001", "many"}) {
    const auto response = talk.get(path + "?pagination.count=" + wrong);
    EXPECT_EQ(response.status, 422) << wrong;
    EXPECT_EQ(fields(response), "pagination.count ") << wrong;
  }
  EXPECT_EQ(fields(talk.get(path + "?pagination.cursor=!")), "pagination.cursor ");
}

TEST(SandboxPages, SayWhereTheyAreInTheList) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  const Json first = data(talk.get("/sources?pagination.count=4")).at("pagination");
  EXPECT_EQ(
      first,
      Json::parse(R"({"current": "MA==", "next": "NA==", "previous": null, "totalEntries": 6})"));
  const Json last = data(talk.get("/sources?pagination.count=4&pagination.cursor=NA%3D%3D"));
  EXPECT_EQ(last.at("pagination"),
            Json::parse(R"({"current": "NA==", "previous": "MA==", "totalEntries": 6})"));
  EXPECT_EQ(last.at("sources").size(), 2U);
}

TEST(SandboxPages, CanEndWithANullCursorAndOmitTheTotal) {
  const Sandbox sandbox(
      SandboxOptions{.last_page = LastPage::says_next_is_null, .total_entries = false});
  Talk talk(sandbox);
  EXPECT_EQ(data(talk.get("/sources")).at("pagination"),
            Json::parse(R"({"current": "MA==", "next": null, "previous": null})"));
  EXPECT_EQ(walk(Client(sandbox.client_options()), 2), 6U);
}

TEST(SandboxPages, CanBeRequestedWithDotsOrBrackets) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  for (const char* query : {"pagination.count=2&pagination.cursor=Mg%3D%3D",
                            "pagination%5Bcount%5D=2&pagination%5Bcursor%5D=Mg==",
                            "pagination.count=2&pagination[cursor]=Mg=="}) {
    const Json page = data(talk.get(std::string("/sources?") + query));
    EXPECT_EQ(page.at("sources").size(), 2U) << query;
    EXPECT_EQ(page.at("pagination").at("current").as_string(), "Mg==") << query;
  }
}

TEST(SandboxPages, RejectInvalidCountsAndCursors) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  for (const char* count : {"0", "1001", "-1", "many", "2.5", ""}) {
    const auto response = talk.get(std::string("/sources?pagination.count=") + count);
    EXPECT_EQ(response.status, 422) << count;
    EXPECT_EQ(fields(response), "pagination.count ") << count;
  }
  for (const char* cursor : {"!", "YWJj", "LTE=", ""}) {
    const auto response = talk.get(std::string("/sources?pagination.cursor=") + cursor);
    EXPECT_EQ(response.status, 422) << cursor;
    EXPECT_EQ(fields(response), "pagination.cursor ") << cursor;
  }
  EXPECT_EQ(fields(talk.get("/sources?pagination=3")), "pagination ");
}

TEST(SandboxPages, PastTheEndAreEmpty) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  EXPECT_TRUE(data(talk.get("/sources?pagination.cursor=OTk=")).at("sources").empty());
}

}  // namespace
}  // namespace segment::sandbox::test
