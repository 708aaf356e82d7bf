#include <segment/jobs.hpp>

#include "timed.hpp"

namespace segment::sandbox::test {
namespace {

using std::chrono::milliseconds;

class SandboxRegulations : public TimedSandbox {
 protected:
  RegulationId regulate(RegulationType type, std::vector<std::string> ids) const {
    return client.deletion_and_suppression().create_workspace_regulation(
        {.regulation_type = type,
         .subject_type = RegulationSubjectType::user_id,
         .subject_ids = std::move(ids)});
  }
  Regulation get(const RegulationId& id) const {
    return client.deletion_and_suppression().get_regulation(id);
  }
  std::vector<std::string> suppressed() const {
    std::vector<std::string> ids;
    for (const auto& subject : client.deletion_and_suppression().list_suppressions()) {
      ids.insert(ids.end(), subject.subject_ids.begin(), subject.subject_ids.end());
    }
    return ids;
  }
};

TEST_F(SandboxRegulations, ProgressWithTheClock) {
  const auto id = regulate(RegulationType::delete_internal, {"u1"});
  EXPECT_EQ(get(id).overall_status, RegulationStatus::initialized);
  EXPECT_FALSE(get(id).finished_at.has_value());
  clock->advance(milliseconds(1000));
  EXPECT_EQ(get(id).overall_status, RegulationStatus::running);
  clock->advance(milliseconds(1999));
  EXPECT_EQ(get(id).overall_status, RegulationStatus::running);
  clock->advance(milliseconds(1));
  const Regulation done = get(id);
  EXPECT_EQ(done.overall_status, RegulationStatus::finished);
  EXPECT_EQ(done.finished_at->time_point().value() - done.created_at.time_point().value(),
            milliseconds(3000));
  EXPECT_THROW(get(RegulationId{"none"}), NotFoundError);
}

TEST_F(SandboxRegulations, CoverAtMostFiveThousandUsers) {
  const auto users = [](std::size_t count) { return std::vector<std::string>(count, "u"); };
  EXPECT_EQ(refused_field([&] { regulate(RegulationType::delete_only, users(5001)); }),
            "subjectIds");
  EXPECT_FALSE(regulate(RegulationType::delete_only, users(5000)).empty());
}

TEST_F(SandboxRegulations, CanBeWaitedFor) {
  const auto id = regulate(RegulationType::delete_only, {"u1"});
  EXPECT_EQ(client.jobs().wait_for_regulation(id).overall_status, RegulationStatus::finished);
}

TEST_F(SandboxRegulations, GoThroughTheDestinationsOfEachStreamOneByOne) {
  const Source from = source();
  const Source other = source("other");
  destination(from, "First");
  destination(from, "Second");
  const auto id = regulate(RegulationType::suppress_with_delete, {"u1"});
  destination(other, "Too late");
  clock->advance(milliseconds(2500));
  const Regulation half = get(id);
  ASSERT_EQ(half.stream_status.size(), 2U);
  EXPECT_EQ(half.stream_status[0].id, from.id);
  const auto& places = half.stream_status[0].destination_status;
  ASSERT_EQ(places.size(), 2U);
  EXPECT_EQ(places[0].name, "First");
  EXPECT_EQ(places[0].status, RegulationStatus::finished);
  EXPECT_FALSE(places[0].finished_at.empty());
  EXPECT_EQ(places[1].status, RegulationStatus::running);
  EXPECT_TRUE(places[1].finished_at.empty());
  EXPECT_TRUE(half.stream_status[1].destination_status.empty());
  clock->advance(milliseconds(500));
  const Regulation done = get(id);
  EXPECT_EQ(done.stream_status[0].destination_status[1].status, RegulationStatus::finished);
  EXPECT_EQ(done.stream_status[0].destination_status[1].finished_at, done.finished_at);
}

TEST_F(SandboxRegulations, StayWithinSegmentIfTheirTypeSaysSo) {
  destination(source());
  const auto id = regulate(RegulationType::delete_internal, {"u1"});
  ASSERT_EQ(get(id).stream_status.size(), 1U);
  EXPECT_TRUE(get(id).stream_status[0].destination_status.empty());
}

TEST_F(SandboxRegulations, SuppressOnceFinishedUntilAnotherLiftsIt) {
  regulate(RegulationType::suppress_only, {"u1", "u2"});
  regulate(RegulationType::suppress_with_delete_internal, {"u2", "u3"});
  EXPECT_TRUE(suppressed().empty());
  clock->advance(milliseconds(3000));
  EXPECT_EQ(suppressed(), (std::vector<std::string>{"u1", "u2", "u3"}));
  regulate(RegulationType::unsuppress, {"u2"});
  EXPECT_EQ(suppressed().size(), 3U);
  clock->advance(milliseconds(3000));
  EXPECT_EQ(suppressed(), (std::vector<std::string>{"u1", "u3"}));
}

TEST_F(SandboxRegulations, OfASourceCannotLiftASuppressionOfTheWorkspace) {
  const Source from = source();
  regulate(RegulationType::suppress_only, {"u1"});
  clock->advance(milliseconds(3000));
  const auto id = client.deletion_and_suppression().create_source_regulation(
      from.id, {.regulation_type = RegulationType::unsuppress,
                .subject_type = RegulationSubjectType::user_id,
                .subject_ids = {{"u1"}}});
  EXPECT_THROW(client.jobs().wait_for_regulation(id), JobFailedError);
  EXPECT_EQ(suppressed(), std::vector<std::string>{"u1"});
}

TEST_F(SandboxRegulations, AreListedByScopeStatusAndType) {
  const auto& regulations = client.deletion_and_suppression();
  const Source from = source();
  const auto own = regulations.create_source_regulation(
      from.id, {.regulation_type = RegulationType::delete_archive_only,
                .subject_type = RegulationSubjectType::anonymous_id,
                .subject_ids = {{"a1"}}});
  const auto first = regulate(RegulationType::delete_internal, {"u1"});
  clock->advance(milliseconds(1500));
  const auto second = regulate(RegulationType::suppress_only, {"u2"});
  ASSERT_EQ(regulations.list_source_regulations(from.id).to_vector().size(), 1U);
  EXPECT_EQ(regulations.list_source_regulations(from.id).to_vector()[0].id, own);
  EXPECT_EQ(all(regulations.list_workspace_regulations()).size(), 2U);
  const auto running =
      all(regulations.list_workspace_regulations({.status = RegulationStatus::running}));
  ASSERT_EQ(running.size(), 1U);
  EXPECT_EQ(running[0].id, first);
  EXPECT_EQ(running[0].subjects, std::vector<std::string>{"u1"});
  const auto suppressing = all(regulations.list_workspace_regulations(
      {.regulation_types = {{RegulationType::suppress_only}}}));
  ASSERT_EQ(suppressing.size(), 1U);
  EXPECT_EQ(suppressing[0].id, second);
}

TEST_F(SandboxRegulations, ThatDeleteAreForgottenAfterNinetyDays) {
  const auto deletion = regulate(RegulationType::suppress_with_delete, {"u1"});
  const auto suppression = regulate(RegulationType::suppress_only, {"u2"});
  clock->advance(std::chrono::hours(24 * 91));
  EXPECT_THROW(get(deletion), NotFoundError);
  EXPECT_EQ(get(suppression).overall_status, RegulationStatus::finished);
  EXPECT_EQ(all(client.deletion_and_suppression().list_workspace_regulations()).size(), 1U);
  EXPECT_EQ(suppressed().size(), 2U);  // although the deletion is forgotten
}

TEST_F(SandboxRegulations, AreRejectedIfTheyDoNotFitTheirTarget) {
  const auto& regulations = client.deletion_and_suppression();
  const Source website = source();
  const Source cloud = source("payments", "1fn2ZTcAWJ");
  EXPECT_EQ(refused_field([&] { regulate(RegulationType::delete_archive_only, {"u1"}); }),
            "regulationType");
  EXPECT_EQ(refused_field([&] { regulate(RegulationType::delete_only, {}); }), "subjectIds");
  const CreateSourceRegulation anonymous{.regulation_type = RegulationType::delete_only,
                                         .subject_type = RegulationSubjectType::anonymous_id,
                                         .subject_ids = {{"a1"}}};
  EXPECT_EQ(refused_field([&] { regulations.create_source_regulation(website.id, anonymous); }),
            "subjectType");
  EXPECT_THROW(regulations.create_source_regulation(SourceId{"none"}, anonymous), NotFoundError);
  const CreateCloudSourceRegulation objects{.regulation_type = RegulationType::delete_only,
                                            .subject_type = RegulationSubjectType::object_id,
                                            .subject_ids = {{"o1"}},
                                            .collection = "charges"};
  regulations.create_cloud_source_regulation(cloud.id, objects);
  EXPECT_EQ(regulations.list_source_regulations(cloud.id).to_vector().size(), 1U);
  EXPECT_THROW(regulations.create_cloud_source_regulation(website.id, objects), NotFoundError);
}

}  // namespace
}  // namespace segment::sandbox::test
