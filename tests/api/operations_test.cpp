// Every operation of the first groups through its typed method: its HTTP method, its path, its
// response. (The test of every operation is generated from the description; these rows are written
// by hand, so that the two can disagree.)
#include <gtest/gtest.h>

#include <set>

#include "operations/operation_tables.hpp"
#include "rows.hpp"
#include "segment/api/operations.hpp"

namespace segment::testing {
namespace {

using std::string;

std::vector<Row> all_rows() {
  std::vector<Row> rows = source_rows();
  for (auto more : {destination_rows(), warehouse_rows(), other_rows()}) {
    rows.insert(rows.end(), more.begin(), more.end());
  }
  return rows;
}

const Operation* operation_named(const string& id) {
  for (const Operation* operation : operations::all()) {
    if (operation->id == id) return operation;
  }
  return nullptr;
}

string request_of(const FakeClient& fake) {
  return string(http::to_string(fake.transport->last_request().method)) + " " + fake.target();
}

class AnOperation : public ::testing::TestWithParam<Row> {};

TEST_P(AnOperation, SendsItsRequestAndReturnsItsResponse) {
  const Row& row = GetParam();
  FakeClient fake({.on_schema_mismatch = [](const SchemaMismatch& schema_mismatch) {
    if (schema_mismatch.kind == SchemaMismatch::Kind::unknown_enum_value) return;
    ADD_FAILURE() << "the row does not match the description: " << schema_mismatch.pointer;
  }});
  fake.transport->add(200, under("data", row.data));
  const string returned = row.call(fake.client);
  EXPECT_EQ(request_of(fake), row.request);
  if (row.returned.empty()) {
    EXPECT_EQ(returned, "");
  } else {
    EXPECT_EQ(Json::parse(returned), Json::parse(row.returned)) << returned;
  }
}

TEST_P(AnOperation, NamesItselfInItsErrors) {
  const Row& row = GetParam();
  const Operation* operation = operation_named(row.operation);
  ASSERT_NE(operation, nullptr);
  FakeClient fake;
  fake.transport->add(404, "");
  const auto error = thrown<NotFoundError>([&] { (void)row.call(fake.client); });
  EXPECT_EQ(error.operation(), row.operation);
  EXPECT_TRUE(contains(error.what(),
                       string(http::to_string(operation->method)) + " " + string(operation->path)))
      << error.what();
}

TEST_P(AnOperation, IsRetriedOnlyIfItsMethodAllowsIt) {
  const Row& row = GetParam();
  FakeClient fake;
  fake.transport->respond_with([](const auto&) { return broken(); });
  EXPECT_THROW((void)row.call(fake.client), TransportError);
  const http::Method method = fake.transport->last_request().method;
  const bool once = method == http::Method::post || method == http::Method::patch;
  EXPECT_EQ(fake.sent(), once ? 1U : 4U);
}

TEST_P(AnOperation, ReadsAResponseOfEmptyObjects) {
  const Row& row = GetParam();
  FakeClient fake;
  fake.transport->add(200, R"({"data":{}})");
  EXPECT_NO_THROW((void)row.call(fake.client)) << "missing members take their empty values";
}

INSTANTIATE_TEST_SUITE_P(Called, AnOperation, ::testing::ValuesIn(all_rows()),
                         [](const auto& row) { return row.param.operation; });

TEST(TheRows, CoverEachOperationOfTheirGroupsOnce) {
  std::set<string> named;
  std::set<string> groups;
  for (const Row& row : all_rows()) {
    EXPECT_TRUE(named.insert(row.operation).second) << row.operation << " is listed twice";
    if (const Operation* operation = operation_named(row.operation))
      groups.emplace(operation->group);
  }
  EXPECT_EQ(groups.size(), 8U);
  for (const Operation* operation : operations::all()) {
    if (!groups.contains(string(operation->group))) continue;
    EXPECT_TRUE(named.contains(string(operation->id))) << operation->id;
  }
}

}  // namespace
}  // namespace segment::testing
