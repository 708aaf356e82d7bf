// `segment workspace apply` of a large workspace, of a file with mistakes, and with faults.

#include <gtest/gtest.h>

#if defined(SEGMENT_TEST_HAS_SANDBOX)

#include <chrono>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "segment/clock.hpp"
#include "workspaces.hpp"

namespace segment::test {
namespace {

namespace fs = std::filesystem;

TEST_F(AnApply, ReportsMistypedMembersOfAnExport) {
  export_to_file(here);
  edit(R"("enabled": true)", R"("enabled": true, "setings": {}, "madeUp": 1)");
  const Ran ran = apply({});
  EXPECT_NE(ran.out.find(".setings is unknown and ignored (did you mean settings?)"),
            std::string::npos)
      << ran.out;
  EXPECT_EQ(ran.out.find("madeUp"), std::string::npos) << "a newer API may have this member";
}

TEST_F(AnApply, RejectsAMistypedKind) {
  folder.write("shop.json", R"({"data": {"listSources": [
    {"slug": "a", "enabled": true, "metadata": {"slug": "javascrip"}}]}})");
  const Ran ran = apply();
  EXPECT_EQ(ran.exit_code, 2) << ran.err;
  EXPECT_NE(ran.err.find("listSources.0"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("(did you mean javascript?)"), std::string::npos) << ran.err;
  EXPECT_EQ(writes(), 0U);
}

TEST_F(AnApply, RejectsIdsAndSlugsThatAreNotUnique) {
  const std::pair<const char*, const char*> files[] = {
      {R"({"id": "a", "slug": "one"}, {"id": "a", "slug": "two"})", "source has the id a"},
      {R"({"id": "a", "slug": "one"}, {"id": "b", "slug": "one"})", "source has the slug one"},
      {R"({"slug": "one"}, {"slug": "one"})", "source has the slug one"}};
  for (const auto& [list, message] : files) {
    for (const char* exported : {"", R"("exportedBy": "segment", )"}) {
      folder.write("shop.json",
                   std::string("{") + exported + R"("data": {"listSources": [)" + list + "]}}");
      const Ran ran = apply();
      EXPECT_EQ(ran.exit_code, 2) << ran.out << ran.err;
      EXPECT_NE(ran.err.find(std::string("more than one ") + message), std::string::npos)
          << ran.err;
    }
  }
  EXPECT_TRUE(there.requests().empty());
}

TEST_F(AnApply, RejectsAnAmbiguousParent) {
  const std::string hook = R"({"name": "Hook", "sourceId": "web", "metadataId": "m"})";
  folder.write("shop.json", R"({"data": {"listDestinations": [)" + hook + ", " + hook +
                                R"(], "listFiltersFromDestination": {"Hook": []}}})");
  const Ran ran = apply();
  EXPECT_EQ(ran.exit_code, 2) << ran.out << ran.err;
  EXPECT_NE(ran.err.find("more than one destination is called Hook"), std::string::npos) << ran.err;
  EXPECT_TRUE(there.requests().empty());
}

TEST_F(AnApply, SendsNothingThatRefersToWhatWasNotChosen) {
  folder.write("shop.json", R"({"data": {
    "listSources": [{"id": "SRC9", "slug": "web", "enabled": true, "metadataId": "IqDTy1TpoU"}],
    "listDestinations": [{"name": "Hook", "sourceId": "SRC9", "settings": {},
                          "metadataId": "614a3c7d791c91c41bae7599"}]}})");
  const Ran ran = apply({"--yes", "--only", "destinations"});
  EXPECT_EQ(ran.exit_code, 1) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("cannot be done: source web is not in the workspace"), std::string::npos)
      << ran.out;
  EXPECT_EQ(writes(), 0U);
  EXPECT_EQ(apply().exit_code, 0) << "with the source it can be done";
}

TEST_F(AnApply, ReportsAResponseWithoutWhatWasCreated) {
  folder.write("shop.json", R"({"data": {"listSources": [
    {"slug": "web", "enabled": true, "metadataId": "IqDTy1TpoU"}]}})");
  for (const char* data :
       {"{}", R"({"source":null})", R"({"source":{"slug":"web"}})", R"({"source":{"id":5}})"}) {
    there.next("createSource", Fault::status(200, std::string(R"({"data":)") + data + "}"));
    const Ran ran = apply();
    EXPECT_EQ(ran.exit_code, 10) << data << ran.err;
    EXPECT_NE(ran.err.find("createSource"), std::string::npos) << ran.err;
  }
}

TEST_F(AnApply, DoesItsWorkEvenIfNobodyReads) {
  export_to_file(here);
  const auto apply_unread = [&](std::vector<std::string> flags) {
    flags.insert(flags.begin(), {"workspace", "apply", file, "--yes", "--attempts", "1"});
    return run({.arguments = std::move(flags),
                .environment = {{"SEGMENT_TOKEN", token}, {"SEGMENT_BASE_URL", there.base_url()}},
                .reader_gone = true});
  };
  there.next("createSource", Fault::status(503));
  const Ran failed = apply_unread({"--output", "json"});
  EXPECT_EQ(failed.exit_code, 8) << failed.err;
  EXPECT_NE(failed.err.find("error: "), std::string::npos) << failed.err;
  EXPECT_EQ(apply_unread({}).exit_code, 0);
  expect_no_difference();
}

TEST_F(AnApply, ContinuesAfterAFaultAndCreatesNothingTwice) {
  export_to_file(here);
  const std::vector<std::pair<const char*, Fault>> faults = {
      {"createFunction", Fault::status(500)},
      {"createSource", Fault::cut()},
      {"replaceLabelsInSource", Fault::status(503)},
      {"createDestination", Fault::reset()},
      {"createDestinationSubscription", Fault::cut()},
      {"createFilterForDestination", Fault::status(500)},
      {"createWarehouse", Fault::cut()},
      {"addConnectionFromSourceToWarehouse", Fault::cut()},
      {"createTrackingPlan", Fault::reset()},
      {"updateRulesInTrackingPlan", Fault::cut()},
      {"createTransformation", Fault::status(500)},
      {"createUserGroup", Fault::status(500)}};
  for (const auto& [operation, fault] : faults) {
    there.next(operation, fault);
    const Ran ran = apply({"--yes", "--attempts", "1"});
    EXPECT_GE(ran.exit_code, 8) << operation << ": " << ran.out << ran.err;
    EXPECT_NE(ran.err.find("run the same command again to continue"), std::string::npos) << ran.err;
    EXPECT_NE(call(there, {"workspace", "diff", file}).exit_code, 0) << operation;
  }
  const Ran ran = apply();
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  expect_no_difference();
  const Client client(there.client_options());
  EXPECT_EQ(client.sources().list().to_vector().size(), 6U);
  EXPECT_EQ(client.destinations().list().to_vector().size(), 4U);
  EXPECT_EQ(client.warehouses().list().to_vector().size(), 2U);
  EXPECT_EQ(client.tracking_plans().list().to_vector().size(), 1U);
  EXPECT_EQ(client.iam_groups().list().to_vector().size(), 1U);
}

TEST_F(AnApply, ChangesNothingIfTheIdFileCannotBeWritten) {
  export_to_file(here);
  const std::string ids = folder.file("nowhere/ids.json");
  for (const char* does : {"--yes", "--dry-run"}) {
    const Ran ran = apply({does, "--ids", ids});
    EXPECT_EQ(ran.exit_code, 2) << ran.out;
    EXPECT_NE(ran.err.find("the id file " + ids + " cannot be written"), std::string::npos)
        << ran.err;
    EXPECT_NE(ran.err.find("--ids names another one"), std::string::npos) << ran.err;
  }
  EXPECT_EQ(writes(), 0U);
  fs::create_symlink("/dev/null", folder.file("device"));
  EXPECT_EQ(apply({"--yes", "--ids", folder.file("device")}).exit_code, 2) << "not a regular file";
  EXPECT_EQ(writes(), 0U);
}

TEST_F(AnApply, WritesNoIdFileNextToAPipe) {
  export_to_file(here);
  const std::string pipe = folder.file("pipe");
  const Ran ran = run_program(
      "/bin/sh", {.arguments = {"-c", "mkfifo " + pipe + "; cat " + file + " > " + pipe +
                                          " & " SEGMENT_CLI_PATH " workspace apply " + pipe +
                                          " --yes; code=$?; wait; exit $code"},
                  .environment = {{"SEGMENT_TOKEN", token},
                                  {"SEGMENT_BASE_URL", there.base_url()},
                                  {"PATH", "/usr/bin:/bin"}}});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_FALSE(fs::exists(pipe + ".ids.json"));
}

// A clock that removes a folder when the sandbox waits.
class RemovingClock final : public Clock {
 public:
  explicit RemovingClock(std::string removed) : removed_(std::move(removed)) {}

  [[nodiscard]] std::chrono::steady_clock::time_point now() const override {
    return Clock::system()->now();
  }
  [[nodiscard]] std::chrono::system_clock::time_point system_now() const override {
    return Clock::system()->system_now();
  }
  bool wait_until(std::chrono::steady_clock::time_point /*until*/,
                  const std::stop_token& /*stop*/) override {
    std::filesystem::remove_all(removed_);
    return true;
  }

 private:
  std::string removed_;
};

class AnApplyWhoseIdFileCannotBeWritten : public AnApply {
 protected:
  void SetUp() override {
    AnApply::SetUp();
    folder.write("shop.json", R"({"data": {
      "listLabels": [{"key": "team", "value": "web"}],
      "listSources": [
        {"id": "a", "slug": "a", "enabled": true, "metadata": {"slug": "javascript"},
         "labels": [{"key": "team", "value": "web"}]},
        {"id": "b", "slug": "b", "enabled": true, "metadata": {"slug": "javascript"}}]}})");
    fs::create_directory(folder.file("ids"));
    wayward.next("createSource", Fault::delay(std::chrono::milliseconds(1)));
  }

  Ran apply_there() {
    return call(wayward, {"workspace", "apply", file, "--yes", "--attempts", "1", "--ids",
                          folder.file("ids/ids.json")});
  }

  Sandbox wayward{{.token = token,
                   .seed = false,
                   .rate_limits = false,
                   .clock = std::make_shared<RemovingClock>(folder.file("ids"))}};
};

TEST_F(AnApplyWhoseIdFileCannotBeWritten, SaysHowFarItGot) {
  const Ran ran = apply_there();
  EXPECT_EQ(ran.exit_code, 1) << ran.out << ran.err;
  EXPECT_NE(ran.err.find("2 created, none changed, none deleted; 1 left\n"), std::string::npos)
      << ran.err;
  EXPECT_NE(ran.err.find("run the same command again"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("error: " + folder.file("ids/ids.json") + " cannot be written"),
            std::string::npos)
      << ran.err;
}

TEST_F(AnApplyWhoseIdFileCannotBeWritten, SaysWhatFailedFirst) {
  wayward.next("replaceLabelsInSource", Fault::status(500));
  const Ran ran = apply_there();
  EXPECT_EQ(ran.exit_code, 8) << ran.out << ran.err;
  EXPECT_NE(ran.err.find("1 left after the step that failed: "), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("warning: " + folder.file("ids/ids.json") + " cannot be written"),
            std::string::npos)
      << ran.err;
}

// Sources with labels, each with a destination, a filter, a warehouse connection, a plan with rules
// and a transformation.
void fill(const Client& client, int count) {
  const SourceMetadataId javascript{"IqDTy1TpoU"};
  const DestinationMetadataId hook{"614a3c7d791c91c41bae7599"};
  client.labels().create({.label = Label{.key = "team", .value = "web"}});
  const Warehouse lake =
      client.warehouses().create({.metadata_id = WarehouseMetadataId{"55EAfzFzSM"},
                                  .name = "Lake",
                                  .settings = Json::object({{"host", "h"}}),
                                  .disconnect_all_sources = true});
  for (int i = 0; i < count; ++i) {
    const std::string name = "shop-" + std::to_string(i);
    const Source source = client.sources().create({.slug = name,
                                                   .enabled = i % 3 != 0,
                                                   .metadata_id = javascript,
                                                   .disconnect_all_warehouses = i % 2 == 0});
    client.sources().add_labels(source.id, {.labels = {{.key = "team", .value = "web"}}});
    const Destination destination = client.destinations().create(
        {.source_id = source.id,
         .metadata_id = hook,
         .enabled = true,
         .name = "Hook",
         .settings = Json::object({{"url", "https://hooks.example.test/" + name}})});
    client.destination_filters().create(
        destination.id,
        {.source_id = source.id,
         .condition = "all",
         .actions = {DestinationFilterAction{.type = DestinationFilterActionType::drop}},
         .title = "Drop " + name,
         .enabled = true});
    const TrackingPlan plan =
        client.tracking_plans().create({.name = name, .type = TrackingPlanType::live});
    client.tracking_plans().add_source(plan.id, {.source_id = source.id});
  }
}

TEST_F(AnApply, HandlesAWorkspaceOfFiveHundredResources) {
  const Client client(here.client_options());
  fill(client, 84);
  export_to_file(here);
  there.next("createFilterForDestination", Fault::status(500));
  EXPECT_EQ(apply().exit_code, 8);
  const Ran ran = apply({"--yes", "--output", "json"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_GE(Json::parse(ran.out).at("applied").at("done").size(), 100U);
  expect_no_difference();
  const Client other(there.client_options());
  EXPECT_EQ(other.sources().list().to_vector().size(), 90U);
  EXPECT_EQ(other.tracking_plans().list().to_vector().size(), 85U);
}

}  // namespace
}  // namespace segment::test

#endif
