// `segment workspace diff` of two files: nothing is called.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "program.hpp"
#include "support/temporary_folder.hpp"
#include "texts.hpp"

namespace segment::test {
namespace {

class ADiffOfFiles : public ::testing::Test {
 protected:
  void SetUp() override { SEGMENT_NEEDS_PROGRAM(); }

  Ran diff(const std::string& wanted, const std::string& present,
           std::vector<std::string> flags = {}) {
    folder.write("wanted.json", wanted);
    folder.write("present.json", present);
    std::vector<std::string> arguments{"workspace", "diff", folder.file("wanted.json"),
                                       folder.file("present.json")};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return run({.arguments = std::move(arguments)});
  }

  // `create source web`, step by step.
  std::vector<std::string> steps(const std::string& wanted, const std::string& present,
                                 std::vector<std::string> flags = {}) {
    flags.insert(flags.end(), {"--output", "json"});
    const Ran ran = diff(wanted, present, std::move(flags));
    EXPECT_EQ(ran.err, "");
    const Json plan = Json::parse(ran.out);
    std::vector<std::string> texts;
    for (const Json& step : plan.at("steps").as_array()) {
      texts.push_back(step.at("action").as_string() + " " + step.at("kind").as_string() + " " +
                      step.at("title").as_string());
      const Json* changes = step.find("changes");
      for (const Json& change : changes != nullptr ? changes->as_array() : Json::Array()) {
        texts.push_back(change.at("member").as_string() + ": " + change.at("before").dump() +
                        " -> " + change.at("after").dump());
      }
    }
    EXPECT_EQ(ran.exit_code, texts.empty() ? 0 : 1);
    return texts;
  }

  TemporaryFolder folder;
};

using Texts = std::vector<std::string>;

std::string exported(const std::string& data) {
  return R"({"exportedBy":"segment","data":{)" + data + "}}";
}

std::string by_hand(const std::string& data) { return R"({"data":{)" + data + "}}"; }

constexpr auto web = R"({"id":"s1","slug":"web","enabled":true,"metadata":{"id":"js","slug":"js"},)"
                     R"("settings":{"host":"a","key":"••••1a2b"},"labels":[],"workspaceId":"w"})";

std::string with_web(const std::string& more = {}) {
  return exported(R"("listSources":[)" + std::string(web) + "]" + more);
}

TEST_F(ADiffOfFiles, IsEmptyIfBothFilesAgree) {
  const Ran ran = diff(with_web(), with_web());
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_TRUE(has(ran.out, "no difference")) << ran.out;
}

TEST_F(ADiffOfFiles, CreatesDependenciesFirstAndDeletesThemLast) {
  const std::string full = exported(
      R"("listLabels":[{"key":"team","value":"web"}],"listSources":[)" + std::string(web) +
      R"(],"listDestinations":[{"id":"d1","name":"Ads","sourceId":"s1","metadata":{"id":"m"}}],)"
      R"("listFiltersFromDestination":{"d1":[{"id":"f1","sourceId":"s1","title":"No bots"}]},)"
      R"("listWarehouses":[{"id":"w1","metadata":{"id":"pg"},"settings":{"name":"Lake"}}],)"
      R"("listConnectedSourcesFromWarehouse":{"w1":[{"id":"s1"}]})");
  const std::string empty =
      exported(R"("listLabels":[],"listSources":[],"listDestinations":[],"listWarehouses":[])");
  EXPECT_EQ(steps(full, empty),
            (Texts{"create label team:web", "create source web", "create destination web / Ads",
                   "create filter web / Ads / No bots", "create warehouse Lake",
                   "create warehouse connection Lake <- web"}));
  // What belongs to something deleted is deleted with it, without a step of its own.
  EXPECT_EQ(steps(empty, full), (Texts{"delete warehouse Lake", "delete destination web / Ads",
                                       "delete source web", "delete label team:web"}));
}

TEST_F(ADiffOfFiles, NamesTheMembersThatDifferAndExitsWithOne) {
  const std::string other =
      exported(R"("listSources":[{"id":"s1","slug":"web","enabled":false,"metadata":{"id":"js"},)"
               R"("settings":{"host":"b","more":{"deep":1}},"workspaceId":"w"}])");
  EXPECT_EQ(steps(with_web(), other),
            (Texts{"change source web", "enabled: false -> true", R"(settings.host: "b" -> "a")",
                   "settings.more.deep: 1 -> null"}));
}

TEST_F(ADiffOfFiles, LeavesMaskedSecretsAloneAndNamesThem) {
  const std::string other =
      exported(R"("listSources":[{"id":"s1","slug":"web","enabled":true,"metadata":{"id":"js"},)"
               R"("settings":{"host":"a","key":"••••9z9z"},"workspaceId":"w"}])");
  const Ran ran = diff(with_web(), other);
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_TRUE(has(ran.out, "settings.key is secret")) << ran.out;
  EXPECT_FALSE(has(ran.out, "••••")) << ran.out;
}

// A destination with these settings, in which `$` is replaced by a secret.
std::string with_settings(std::string settings, const std::string& secret) {
  settings.replace(settings.find('$'), 1, secret);
  return exported(R"("listSources":[],"listDestinations":[{"id":"d","name":"Ads","sourceId":"s",)"
                  R"("metadata":{"id":"m"},"settings":)" +
                  settings + "}]");
}

TEST_F(ADiffOfFiles, UsesThePluralForSeveralMaskedSecrets) {
  const auto file = [](const std::string& settings) {
    return exported(R"("listSources":[{"id":"s1","slug":"web","settings":{)" + settings + "}}]");
  };
  const std::string one = file(R"("key":"••••1a2b")");
  const std::string two = file(R"("key":"••••1a2b","other":"••••1a2b")");
  EXPECT_TRUE(has(diff(one, one).out, "source web: settings.key is secret and not compared"));
  const Ran ran = diff(two, two);
  EXPECT_TRUE(has(ran.out, "settings.key, settings.other are secret and not compared")) << ran.out;
}

TEST_F(ADiffOfFiles, NeverShowsASecretFromAFile) {
  std::vector<std::string> all{R"({"headers":[{"key":"Authorization","value":"$"}]})",
                               R"({"list":[{"name":"plain","sensitive":true,"value":"$"}]})",
                               R"({"deep":[{"below":{"apiKey":"$"}}]})",
                               R"({"header":{"key":"X-Api-Key","value":"$"}})",
                               R"({"header":{"name":"apiKey","value":{"below":"$"}}})",
                               R"({"plain":"eyJhbGciOi.eyJzdWIiOi.$"})",
                               R"({"address":"postgres://ann:$@db.example.test/"})"};
  for (const std::string name :
       {"apiToken", "accessKey", "signing_key", "jwt", "Authorization", "sharedKey", "passphrase",
        "connectionString", "licenseKey", "cookie", "pwd", "serviceAccount", "webhookSecret"}) {
    all.push_back(R"({")" + name + R"(":"$"})");
  }
  for (const std::string& settings : all) {
    SCOPED_TRACE(settings);
    for (const std::vector<std::string>& flags : {Texts{}, Texts{"--output", "json"}}) {
      const Ran ran =
          diff(with_settings(settings, "hidden-one"), with_settings(settings, "hidden-two"), flags);
      EXPECT_EQ(ran.exit_code, 1) << ran.err;
      EXPECT_TRUE(has(ran.out, "settings.")) << ran.out;
      EXPECT_FALSE(has(ran.out, "hidden")) << ran.out;
    }
  }
  const std::string type = R"({"tokenType":"$"})";  // which is not a secret itself
  EXPECT_TRUE(has(diff(with_settings(type, "a"), with_settings(type, "b")).out, R"("b" -> "a")"));
}

TEST_F(ADiffOfFiles, MatchesByNameAcrossWorkspaces) {
  const std::string other = exported(
      R"("listSources":[{"id":"x9","slug":"web","enabled":true,"metadata":{"id":"js"},)"
      R"("settings":{"host":"a"},"workspaceId":"v"}],"listDestinations":[{"id":"y9","name":"Ads",)"
      R"("sourceId":"x9","enabled":true,"metadata":{"id":"m"},"settings":{}}])");
  const std::string one =
      with_web(R"(,"listDestinations":[{"id":"d1","name":"Ads","sourceId":"s1","enabled":false,)"
               R"("metadata":{"id":"m"},"settings":{}}])");
  EXPECT_EQ(steps(one, other), (Texts{"change destination web / Ads", "enabled: true -> false"}));
}

TEST_F(ADiffOfFiles, DetectsARenameById) {
  std::string renamed = with_web();
  renamed.replace(renamed.find(R"("slug":"web")"), 12, R"("slug":"www")");
  EXPECT_EQ(steps(renamed, with_web()), (Texts{"change source www", R"(slug: "web" -> "www")"}));
}

TEST_F(ADiffOfFiles, MatchesTheSameWorkspaceByIdBeforeName) {
  const auto file = [](const std::string& first, const std::string& second) {
    return exported(R"("listSources":[{"id":"s1","workspaceId":"w","slug":")" + first +
                    R"("},{"id":"s2","workspaceId":"w","slug":")" + second + R"("}])");
  };
  EXPECT_EQ(
      steps(file("b", "c"), file("a", "b")),
      (Texts{"change source b", R"(slug: "a" -> "b")", "change source c", R"(slug: "b" -> "c")"}));
}

TEST_F(ADiffOfFiles, DetectsARenameByTheIdFile) {
  const std::string other =
      exported(R"("listSources":[{"id":"x9","slug":"old","enabled":true,"metadata":{"id":"js"},)"
               R"("settings":{"host":"a"},"labels":[],"workspaceId":"v"}])");
  EXPECT_EQ(steps(with_web(), other), (Texts{"create source web", "delete source old"}));
  folder.write("ids", R"({"workspaces":{"v":{"source":{"s1":"x9"}}}})");
  EXPECT_EQ(steps(with_web(), other, {"--ids", folder.file("ids")}),
            (Texts{"change source web", R"(slug: "old" -> "web")"}));
}

TEST_F(ADiffOfFiles, MatchesResourcesOfTheSameNameByOrder) {
  const auto two = [](const std::string& first, const std::string& second) {
    return exported(R"("listSources":[],"listDestinations":[)" + first + "," + second + "]");
  };
  const auto nameless = [](const std::string& id, const std::string& host) {
    return R"({"id":")" + id + R"(","sourceId":"s","metadata":{"id":"m","slug":"hook"},)" +
           R"("settings":{"host":")" + host + R"("}})";
  };
  EXPECT_EQ(steps(two(nameless("a", "1"), nameless("b", "2")),
                  two(nameless("c", "1"), nameless("d", "3"))),
            (Texts{"change destination s / hook", R"(settings.host: "3" -> "2")"}));
}

TEST_F(ADiffOfFiles, IgnoresWhatAHandWrittenFileLeavesOut) {
  EXPECT_EQ(steps(by_hand(R"("listSources":[{"slug":"web"}])"), with_web()), Texts{});
  EXPECT_EQ(steps(by_hand(R"("listSources":[{"slug":"web","settings":{"host":"b"}}])"), with_web()),
            (Texts{"change source web", R"(settings.host: "a" -> "b")"}));
}

TEST_F(ADiffOfFiles, AcceptsNamesForIdsInAHandWrittenFile) {
  const std::string wanted = by_hand(
      R"("listDestinations":[{"name":"Ads","sourceId":"web","metadataId":"m"}],)"
      R"("listFiltersFromDestination":{"Ads":[{"title":"No bots","if":"all","enabled":true}]})");
  const std::string present = with_web(
      R"(,"listDestinations":[{"id":"d1","name":"Ads","sourceId":"s1","metadata":{"id":"m"}}],)"
      R"("listFiltersFromDestination":{"d1":[]})");
  EXPECT_EQ(steps(wanted, present), (Texts{"create filter web / Ads / No bots"}));
}

TEST_F(ADiffOfFiles, MatchesAKindByItsSlug) {
  EXPECT_EQ(
      steps(by_hand(R"("listSources":[{"slug":"web","metadata":{"slug":"js"}}])"), with_web()),
      Texts{});
}

TEST_F(ADiffOfFiles, ReportsADanglingReference) {
  const Ran ran = diff(by_hand(R"("listTransformations":[{"name":"T","sourceId":"nowhere"}])"),
                       exported(R"("listSources":[],"listTransformations":[])"));
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_TRUE(has(ran.out, "cannot be done: source nowhere is not in")) << ran.out;
}

TEST_F(ADiffOfFiles, ReportsWhatTheApiCannotChange) {
  std::string other_kind = with_web();
  other_kind.replace(other_kind.find(R"("id":"js")"), 9, R"("id":"go")");
  const Ran ran = diff(other_kind, with_web());
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_TRUE(has(ran.out, "metadataId differs, which the API cannot change")) << ran.out;
}

TEST_F(ADiffOfFiles, LeavesOutKindsThatOneSideLacks) {
  EXPECT_EQ(steps(with_web(R"(,"listLabels":[{"key":"a","value":"b"}])"), with_web()), Texts{});
  EXPECT_EQ(steps(with_web(R"(,"listLabels":[])"),
                  with_web(R"(,"listLabels":[{"key":"a","value":"b"}])"), {"--skip", "labels"}),
            Texts{});
}

TEST_F(ADiffOfFiles, LeavesOutAListTheTokenCannotRead) {
  const std::string blind = R"({"exportedBy":"segment","data":{"listSources":[],"listLabels":[]},)"
                            R"("skipped":[{"operation":"listSources","status":403}]})";
  const Ran ran = diff(with_web(R"(,"listLabels":[])"), blind);
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_TRUE(has(ran.out, "source is not compared")) << ran.out;
}

TEST_F(ADiffOfFiles, RejectsMistakesInAHandWrittenFile) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {by_hand(R"("listSources":[{"slug":"web","enabeld":true}])"), "did you mean enabled?"},
      {by_hand(R"("listSources":[{"slug":"web","enabled":"yes"}])"), "must be a boolean"},
      {by_hand(R"("listSources":[{"enabled":true}])"), "listSources.0.slug is required"},
      {by_hand(R"("listSauces":[])"), "did you mean listSources?"},
      {R"({"listSources":[]})", "not an export of a workspace"},
      {"[", "is not JSON"}};
  for (const auto& [text, message] : wrong) {
    const Ran ran = diff(text, with_web());
    EXPECT_EQ(ran.exit_code, 2) << text;
    EXPECT_TRUE(has(ran.err, message)) << ran.err;
  }
}

TEST_F(ADiffOfFiles, RejectsAnUnreadableIdFile) {
  const Ran ran = diff(with_web(), with_web(), {"--ids", folder.file("")});
  EXPECT_EQ(ran.exit_code, 2) << ran.out;
  EXPECT_TRUE(has(ran.err, "cannot be read")) << ran.err;
  EXPECT_EQ(diff(with_web(), with_web(), {"--ids", folder.file("none")}).exit_code, 0);
}

TEST_F(ADiffOfFiles, KeepsAPermissionOnAnUnknownResource) {
  const auto group = [](const std::string& resources) {
    return exported(R"("listUserGroups":[{"id":"g","name":"Readers","permissions":[{"roleId":"r",)"
                    R"("resources":[)" +
                    resources + "]}]}]");
  };
  const std::string audience = R"({"type":"AUDIENCE","id":"a1"})";
  EXPECT_EQ(steps(group(audience), group(audience)), Texts{});
  const Texts changes = steps(group(audience), group(R"({"type":"AUDIENCE","id":"a2"})"));
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0], "change group Readers");
  EXPECT_TRUE(has(changes[1], R"("id":"a1")")) << changes[1];
}

TEST_F(ADiffOfFiles, LooksUpASlugInTheCatalogOfItsOwnKind) {
  const std::string catalogs =
      R"("getSourcesCatalog":[{"id":"of-sources","slug":"hook"}],)"
      R"("getDestinationsCatalog":[{"id":"of-destinations","slug":"hook"}],)";
  const std::string wanted =
      by_hand(catalogs + R"("listDestinations":[{"name":"Ads","sourceId":"web",)"
                         R"("metadata":{"slug":"hook"}}])");
  EXPECT_EQ(steps(wanted, with_web(R"(,"listDestinations":[{"id":"d1","name":"Ads",)"
                                   R"("sourceId":"s1","metadata":{"id":"of-destinations"}}])")),
            Texts{});
}

TEST_F(ADiffOfFiles, ReadsStandardInputOnceOnEitherSide) {
  const auto diff_of = [&](const std::string& wanted, const std::string& present) {
    return run({.arguments = {"workspace", "diff", wanted, present}, .input = with_web()});
  };
  folder.write("a.json", by_hand(R"("listSources":[{"slug":"web","metadata":{"slug":"js"}}])"));
  EXPECT_EQ(diff_of(folder.file("a.json"), "-").exit_code, 0);
  folder.write("b.json", with_web());
  EXPECT_EQ(diff_of("-", folder.file("b.json")).exit_code, 0);
  const Ran both = diff_of("-", "-");
  EXPECT_EQ(both.exit_code, 2);
  EXPECT_TRUE(has(both.err, "one of the two sides")) << both.err;
}

}  // namespace
}  // namespace segment::test
