// Lists that end with fewer items than the API itself counts are reported.
#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

#include "segment/async.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;

string page_of_groups(int items, const string& pagination) {
  string text = R"({"data":{"userGroups":[)";
  for (int i = 0; i < items; ++i) {
    text += string(i == 0 ? "" : ",") + R"({"id":"g)" + std::to_string(i) +
            R"(","name":"n","memberCount":0})";
  }
  return text + R"(],"pagination":)" + pagination + "}}";
}

/// A client that records the reports of short lists.
struct ShortListClient {
  explicit ShortListClient(ShortLists choice = ShortLists::report)
      : fake({.short_lists = choice,
              .on_schema_mismatch = [this](const SchemaMismatch& schema_mismatch) {
                if (schema_mismatch.kind != SchemaMismatch::Kind::short_list) return;
                reports.push_back(string(schema_mismatch.operation) + ": " +
                                  string(schema_mismatch.detail));
              }}) {}

  std::size_t count_items() {
    std::size_t items = 0;
    for (const auto& group : fake.client.iam_groups().list()) items += group.id.empty() ? 0U : 1U;
    return items;
  }

  std::vector<string> reports{};
  FakeClient fake;
};

TEST(AShortList, IsReportedToTheObserver) {
  ShortListClient client;
  client.fake.transport->add(200, page_of_groups(0, R"({"current":"a","totalEntries":1})"));
  EXPECT_EQ(client.count_items(), 0U);
  client.fake.transport->add(200, page_of_groups(2, R"({"current":"a","totalEntries":3})"));
  EXPECT_EQ(client.fake.client.iam_groups().list_page().items.size(), 2U);
  client.fake.transport
      ->add(200, page_of_groups(2, R"({"current":"a","next":"b","totalEntries":4})"))
      .add(200, page_of_groups(1, R"({"current":"b","totalEntries":4})"));
  EXPECT_EQ(client.count_items(), 3U);
  EXPECT_EQ(client.reports,
            (std::vector<string>{"listUserGroups: 0 items came of the 1 that the API counts",
                                 "listUserGroups: 2 items came of the 3 that the API counts",
                                 "listUserGroups: 3 items came of the 4 that the API counts"}));
}

TEST(AShortList, IsNotReportedIfItIsCompleteUncountedOrStartedInTheMiddle) {
  ShortListClient client(ShortLists::refuse);
  client.fake.transport->add(200, page_of_groups(2, R"({"current":"a","totalEntries":2})"))
      .add(200, page_of_groups(2, R"({"current":"a"})"))
      .add(200, page_of_groups(2, R"({"current":"a","next":"b","totalEntries":3})"))
      .add(200, page_of_groups(1, R"({"current":"b","totalEntries":3})"));
  EXPECT_EQ(client.count_items(), 2U);
  EXPECT_EQ(client.count_items(), 2U);
  EXPECT_EQ(client.count_items(), 3U);
  client.fake.transport->add(200, page_of_groups(1, R"({"current":"b","totalEntries":3})"))
      .add(200, page_of_groups(2, R"({"current":"a","next":"b","totalEntries":9})"));
  (void)client.fake.client.iam_groups().list_page({.cursor = "b"});
  (void)client.fake.client.iam_groups().list_page();
  EXPECT_EQ(client.reports, std::vector<string>{});
}

TEST(AShortList, IsNotReportedIfSeveralPagesStartInTheMiddle) {
  ShortListClient client(ShortLists::refuse);
  client.fake.transport
      ->add(200, page_of_groups(2, R"({"current":"b","next":"c","totalEntries":9})"))
      .add(200, page_of_groups(2, R"({"current":"c","totalEntries":9})"));
  std::size_t items = 0;
  for (const auto& group : client.fake.client.iam_groups().list({.cursor = "b"})) {
    items += group.id.empty() ? 0U : 1U;
  }
  EXPECT_EQ(items, 4U);
  EXPECT_EQ(client.reports, std::vector<string>{});
}

TEST(AMismatchObserver, ThatThrowsFailsNoCallAndNoList) {
  FakeClient fake({.on_schema_mismatch = [](const SchemaMismatch&) {
    throw std::runtime_error("the log is full");
  }});
  fake.transport
      ->add(200, page_of_groups(2, R"({"current":"a","next":"b","new":1,"totalEntries":4})"))
      .add(200, page_of_groups(1, R"({"current":"b","totalEntries":4})"));
  EXPECT_EQ(fake.client.iam_groups().list().to_vector().size(), 3U);
}

TEST(AShortList, IsAnErrorIfTheCallerChoosesSo) {
  ShortListClient client(ShortLists::refuse);
  client.fake.transport->add(200, page_of_groups(2, R"({"current":"a","totalEntries":3})"));
  const auto error = thrown<DecodeError>([&] { (void)client.count_items(); });
  EXPECT_TRUE(contains(error.what(), "2 items came of the 3")) << error.what();
  client.fake.transport
      ->add(200, page_of_groups(2, R"({"current":"a","next":"b","totalEntries":4})"))
      .add(200, page_of_groups(1, R"({"current":"b","totalEntries":4})"));
  thrown<DecodeError>([&] { (void)client.count_items(); });
  EXPECT_EQ(client.reports.size(), 2U);
}

TEST(AShortList, IsAnErrorOfAnAsynchronousListToo) {
  ShortListClient client(ShortLists::refuse);
  client.fake.transport
      ->add(200, page_of_groups(2, R"({"current":"a","next":"b","totalEntries":4})"))
      .add(200, page_of_groups(1, R"({"current":"b","totalEntries":4})"));
  auto pages = client.fake.client.async().iam_groups().list().pages();
  (void)pages.next().get();
  (void)pages.next().get();
  EXPECT_FALSE(pages.is_done()) << "the error is still to come";
  thrown<DecodeError>([&] { (void)pages.next().get(); });
  EXPECT_TRUE(pages.is_done());
}

}  // namespace
}  // namespace segment::testing
