// `segment workspace export` of a workspace that has something of every kind.

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "program.hpp"
#include "support/loopback_server.hpp"
#include "terminal.hpp"

namespace segment::test {
namespace {

class Export : public ::testing::Test {
 protected:
  void SetUp() override { SEGMENT_NEEDS_PROGRAM(); }
};

TEST_F(Export, HoldsWhatTheSandboxIsSeededWith) {
  SEGMENT_NEEDS_SANDBOX();
  const Ran ran = run({.arguments = {"workspace", "export", "--sandbox"}});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const Json document = Json::parse(ran.out);
  const Json& data = document.at("data");
  const auto count = [&](const char* list) { return data.at(list).size(); };
  EXPECT_EQ(count("listSources"), 6U);
  EXPECT_EQ(count("listDestinations"), 4U);
  EXPECT_EQ(count("listWarehouses"), 2U);
  EXPECT_EQ(count("listUsers"), 4U);
  for (const auto& [list, items] : data.as_object()) {
    EXPECT_TRUE(!items.empty() || list == "listSuppressions") << list << " is empty";
  }
  EXPECT_EQ(ran.out.find("writeKeys"), std::string::npos);
}

TEST_F(Export, HasEachItemOfAListOnce) {
  SEGMENT_NEEDS_SANDBOX();
  const Ran ran = run({.arguments = {"workspace", "export", "--sandbox"}});
  const Json document = Json::parse(ran.out);
  // This list can only be paged forward.
  for (const auto& [space, traits] : document.at("data").at("listTraits").as_object()) {
    std::set<std::string> names;
    for (const Json& trait : traits.as_array()) names.insert(trait.at("trait").as_string());
    EXPECT_EQ(names.size(), 4U) << space;
    EXPECT_EQ(traits.size(), 4U) << space;
  }
}

TEST_F(Export, SkipsOnlyWhatNeedsMoreInputOrDoesNotExist) {
  SEGMENT_NEEDS_SANDBOX();
  const Ran ran = run({.arguments = {"workspace", "export", "--sandbox"}});
  const Json document = Json::parse(ran.out);
  for (const Json& skipped : document.at("skipped").as_array()) {
    const Json* status = skipped.find("status");
    EXPECT_TRUE(status == nullptr || *status == Json(404)) << skipped.dump();
    if (status == nullptr) {
      EXPECT_TRUE(skipped.at("reason").as_string().starts_with("needs ")) << skipped.dump();
    }
  }
}

TEST_F(Export, RequestsTheLargestPages) {
  LoopbackServer server;
  server.always(respond(403));
  EXPECT_EQ(run_against(server.url(""), {"workspace", "export"}).exit_code, 0);
  std::set<std::string> targets;
  for (const auto& request : server.requests()) targets.insert(request.target);
  EXPECT_TRUE(targets.contains("/sources?pagination.count=1000"));
  EXPECT_TRUE(targets.contains("/labels"));
}

/// What an export requests, and what its document contains, if each list has one item.
struct Exported {
  std::set<std::string> operations{};
  std::set<std::string> paths{};
};

Exported exported(std::vector<std::string> flags) {
  LoopbackServer server;
  server.always(depending_on_request([](const Received& request) {
    if (request.target.starts_with("/sources?")) {
      return respond(200, R"({"data":{"sources":[{"id":"s1"}],"pagination":{"current":"c"}}})");
    }
    return respond(404);
  }));
  std::vector<std::string> arguments{"workspace", "export"};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  const Ran ran = run_against(server.url(""), arguments);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  Exported found;
  const Json document = Json::parse(ran.out);
  for (const auto& [name, value] : document.at("data").as_object()) found.operations.insert(name);
  for (const auto& request : server.requests()) {
    found.paths.insert(request.target.substr(0, request.target.find('?')));
  }
  return found;
}

TEST_F(Export, HoldsOnlyWhatItIsAskedFor) {
  const Exported found = exported({"--only", "listSources"});
  EXPECT_EQ(found.operations, std::set<std::string>{"listSources"});
  EXPECT_EQ(found.paths, std::set<std::string>{"/sources"});
}

TEST_F(Export, FetchesAParentListWithoutExportingIt) {
  const Exported found = exported({"--only", "listSchemaSettingsInSource"});
  EXPECT_EQ(found.operations, std::set<std::string>{});
  EXPECT_EQ(found.paths, (std::set<std::string>{"/sources", "/sources/s1/settings"}));
}

TEST_F(Export, LeavesOutWhatIsSkipped) {
  const Exported found =
      exported({"--only", "sources", "--only", "labels", "--skip", "listSchemaSettingsInSource"});
  EXPECT_TRUE(found.paths.contains("/sources"));
  EXPECT_TRUE(found.paths.contains("/labels"));
  EXPECT_FALSE(found.paths.contains("/sources/s1/settings"));
  EXPECT_FALSE(found.paths.contains("/warehouses"));
}

TEST_F(Export, ShowsProgressInALineThatNeverWraps) {
  SEGMENT_NEEDS_SANDBOX();
  const InTerminal ran = run_in_terminal({.arguments = {"workspace", "export", "--sandbox"}});
  EXPECT_EQ(ran.exit_code, 0);
  const std::string clear = "\r\x1b[K";
  std::size_t lines = 0;
  for (std::size_t at = ran.screen.find(clear); at != std::string::npos; ++lines) {
    const std::size_t begin = at + clear.size();
    at = ran.screen.find(clear, begin);
    const std::size_t width = at == std::string::npos ? 0 : at - begin;
    EXPECT_LT(width, 80U) << ran.screen.substr(begin, 100);
  }
  EXPECT_GT(lines, 50U);
}

TEST_F(Export, RejectsAnUnknownName) {
  const Ran ran = run({.arguments = {"workspace", "export", "--skip", "sorces"}});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_NE(ran.err.find("\"sorces\""), std::string::npos) << ran.err;
}

}  // namespace
}  // namespace segment::test
