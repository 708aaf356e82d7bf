#include "segment/jobs.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "segment/testing/fake_transport.hpp"
#include "segment/testing/manual_clock.hpp"
#include "support/by_each_front.hpp"

namespace {

using namespace std::chrono_literals;
using segment::testing::By;
using segment::testing::FakeTransport;
using segment::testing::ManualClock;

class Jobs : public ::testing::TestWithParam<By> {
 protected:
  std::shared_ptr<FakeTransport> transport_ = std::make_shared<FakeTransport>();
  std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>();
  segment::Client client_{{.token = segment::Token("t"), .transport = transport_, .clock = clock_}};

  template <class Wait>
  auto by_front(Wait wait) {
    return made_by(GetParam(), client_, [&](const auto& client) { return wait(client.jobs()); });
  }
  segment::Regulation wait_for_regulation(const segment::WaitOptions& options = {}) {
    return by_front([&](const auto& jobs) {
      return jobs.wait_for_regulation(segment::RegulationId("r1"), options);
    });
  }

  segment::ReverseEtlSyncStatus wait_for_reverse_etl_sync() {
    return by_front([](const auto& jobs) {
      return jobs.wait_for_reverse_etl_sync(segment::ReverseEtlModelId("m"),
                                            segment::ReverseEtlSyncId("y"));
    });
  }
  segment::WarehouseSync wait_for_warehouse_sync(const segment::Timestamp& since) {
    return by_front([&](const auto& jobs) {
      return jobs.wait_for_warehouse_sync(
          segment::WarehouseId("w"), segment::SourceId("s"),
          std::chrono::time_point_cast<std::chrono::system_clock::duration>(
              since.time_point().value()));
    });
  }

  void answer_regulation(const std::string& status) {
    transport_->add(200, R"({"data":{"regulation":{"id":"r1","workspaceId":"w","overallStatus":")" +
                             status +
                             R"(","createdAt":"2026-08-01T00:00:00Z","streamStatus":[]}}})");
  }
};

INSTANTIATE_TEST_SUITE_P(OfEachFront, Jobs, ::testing::ValuesIn(segment::testing::every_front));

TEST_P(Jobs, ReturnARegulationOnceItIsFinished) {
  for (const char* status : {"INITIALIZED", "RUNNING", "A_STATUS_OF_TOMORROW", "FINISHED"}) {
    answer_regulation(status);
  }
  std::vector<std::string> seen;
  const auto regulation = wait_for_regulation(
      {.on_status = [&](std::string_view status) { seen.emplace_back(status); }});
  EXPECT_EQ(regulation.id, segment::RegulationId("r1"));
  EXPECT_EQ(seen, (std::vector<std::string>{"INITIALIZED", "RUNNING", "A_STATUS_OF_TOMORROW",
                                            "FINISHED"}));
}

TEST_P(Jobs, IncreaseThePauseBetweenPollsUpToItsMaximum) {
  for (int i = 0; i < 4; ++i) answer_regulation("RUNNING");
  answer_regulation("FINISHED");
  wait_for_regulation({.initial_interval = 1s, .max_interval = 2s});
  EXPECT_EQ(clock_->waits(), (std::vector<std::chrono::milliseconds>{1s, 1500ms, 2s, 2s}));
}

TEST_P(Jobs, PauseForAtLeastATenthOfASecondAndThenLonger) {
  for (const auto none : {0ms, 1ms, -5ms}) {
    const auto before = clock_->waits().size();
    for (int i = 0; i < 3; ++i) answer_regulation("RUNNING");
    answer_regulation("FINISHED");
    wait_for_regulation({.initial_interval = none});
    const auto waits = clock_->waits();
    EXPECT_EQ(std::vector(waits.begin() + static_cast<std::ptrdiff_t>(before), waits.end()),
              (std::vector<std::chrono::milliseconds>{100ms, 150ms, 225ms}));
  }
}

TEST_P(Jobs, HaveAMaximumPauseThatIsNotBelowTheMinimum) {
  for (int i = 0; i < 2; ++i) answer_regulation("RUNNING");
  answer_regulation("FINISHED");
  wait_for_regulation({.max_interval = 0ms});
  EXPECT_EQ(clock_->waits(), (std::vector<std::chrono::milliseconds>{100ms, 100ms}));
}

TEST_P(Jobs, TreatEveryUnknownStatusAsRunning) {
  const auto audience = [&](const std::string& status) {
    transport_->add(200, R"({"data":{"audience":{"id":"a")" + status + "}}}");
  };
  for (const char* status : {R"(,"status":"Preparing")", R"(,"status":"A status of tomorrow")",
                             R"(,"status":"")", "", R"(,"status":"live")"}) {
    audience(status);
  }
  const auto found = by_front([&](const auto& jobs) {
    return jobs.wait_for_audience(segment::SpaceId("s"), segment::AudienceId("a"));
  });
  EXPECT_EQ(found.status, "live");
  for (const char* status : {"TOMORROW", "success"}) {
    transport_->add(
        200, std::string(R"({"data":{"reverseETLSyncStatus":{"syncStatus":")") + status + "\"}}}");
  }
  EXPECT_EQ(wait_for_reverse_etl_sync().sync_status, "success");
  EXPECT_EQ(transport_->requests().size(), 7U);
}

// After some two hundred polls a pause that kept growing would overflow.
TEST_P(Jobs, KeepTheMaximumPauseHoweverManyPolls) {
  for (int i = 0; i < 300; ++i) answer_regulation("RUNNING");
  answer_regulation("FINISHED");
  wait_for_regulation({.timeout = 0ms});
  EXPECT_EQ(clock_->waits().size(), 300U);
  EXPECT_EQ(clock_->waits().back(), clock_->waits().at(50));
}

TEST_P(Jobs, ThrowTheStatusOfAFailedJob) {
  answer_regulation("PARTIAL_SUCCESS");
  try {
    wait_for_regulation();
    FAIL() << "nothing was thrown";
  } catch (const segment::JobFailedError& error) {
    EXPECT_EQ(error.job_status(), "PARTIAL_SUCCESS");
    EXPECT_EQ(error.kind(), segment::ErrorKind::job_failed);
    EXPECT_EQ(error.job().at("id").as_string(), "r1");
    EXPECT_NE(std::string(error.what()).find("PARTIAL_SUCCESS"), std::string::npos);
  }
}

TEST_P(Jobs, GiveUpBeforeAPauseThatWouldExceedTheTimeout) {
  for (int i = 0; i < 3; ++i) answer_regulation("RUNNING");
  EXPECT_THROW(wait_for_regulation({.initial_interval = 10s, .timeout = 26s}),
               segment::TimeoutError);
  EXPECT_EQ(clock_->waits(), (std::vector<std::chrono::milliseconds>{10s, 15s}));
}

TEST_P(Jobs, GiveUpBeforeAPauseThatWouldEndAtTheTimeout) {
  for (int i = 0; i < 3; ++i) answer_regulation("RUNNING");
  EXPECT_THROW(wait_for_regulation({.initial_interval = 10s, .timeout = 25s}),
               segment::TimeoutError);
  EXPECT_EQ(clock_->waits(), (std::vector<std::chrono::milliseconds>{10s}));
}

TEST_P(Jobs, EndImmediatelyOnAStopRequest) {
  answer_regulation("RUNNING");
  std::stop_source stop;
  EXPECT_THROW(wait_for_regulation({.call = {.stop = stop.get_token()},
                                    .on_status = [&](std::string_view) { stop.request_stop(); }}),
               segment::CancelledError);
  EXPECT_EQ(transport_->requests().size(), 1U);
}

TEST_P(Jobs, PropagateTheErrorOfAPoll) {
  transport_->add(404, R"({"errors":[{"type":"not-found"}]})");
  EXPECT_THROW(wait_for_regulation(), segment::NotFoundError);
}

TEST_P(Jobs, PollNoMoreOftenThanThePublishedLimitAllows) {
  // Two per minute: half a minute between polls.
  transport_->add(200, R"({"data":{"reports":[],"pagination":{"current":"a"}}})");
  transport_->add(200, R"({"data":{"reports":[
      {"sourceId":"s","start":"2026-08-01T10:00:00Z","end":null,"status":"RUNNING"},
      {"sourceId":"s","start":"2026-08-01T09:00:00Z","end":"2026-08-01T09:30:00Z","status":"SUCCESS"}
    ],"pagination":{"current":"a"}}})");
  transport_->add(200, R"({"data":{"reports":[
      {"sourceId":"s","start":"2026-08-01T10:00:00Z","end":"2026-08-01T10:30:00Z","status":"SUCCESS"}
    ],"pagination":{"current":"a"}}})");
  const segment::Timestamp since("2026-08-01T09:59:00Z");
  const auto sync = wait_for_warehouse_sync(since);
  EXPECT_EQ(sync.end->text(), "2026-08-01T10:30:00Z");
  EXPECT_EQ(clock_->waits(), (std::vector<std::chrono::milliseconds>{30s, 30s}));
}

TEST_P(Jobs, AcceptASyncThatStartedAtThatVeryMomentAndHasEnded) {
  for (const char* never : {"", "0001-01-01T00:00:00Z"}) {
    transport_->add(200, R"({"data":{"reports":[
        {"sourceId":"s","start":"2026-08-01T10:00:00Z","end":")" +
                             std::string(never) + R"(","status":"RUNNING"}
      ],"pagination":{"current":"a"}}})");
  }
  transport_->add(200, R"({"data":{"reports":[
      {"sourceId":"s","start":"2026-08-01T10:00:00Z","end":"2026-08-01T10:30:00Z","status":"SUCCESS"}
    ],"pagination":{"current":"a"}}})");
  const segment::Timestamp since("2026-08-01T10:00:00Z");
  const auto sync = wait_for_warehouse_sync(since);
  EXPECT_EQ(sync.status, "SUCCESS");
  EXPECT_EQ(transport_->requests().size(), 3U);
}

TEST_P(Jobs, WaitForReverseEtlSyncsPreviewsAndAudiences) {
  transport_->add(200,
                  R"({"data":{"reverseETLSyncStatus":{"syncId":"y","syncStatus":"IN_PROGRESS"}}})");
  transport_->add(200,
                  R"({"data":{"reverseETLSyncStatus":{"syncId":"y","syncStatus":"SUCCESS"}}})");
  EXPECT_EQ(wait_for_reverse_etl_sync().sync_status, "SUCCESS");

  transport_->add(200, R"({"data":{"audiencePreview":{"id":"p","status":"RUNNING"}}})");
  transport_->add(200, R"({"data":{"audiencePreview":{"id":"p","status":"FAILED"}}})");
  const auto wait_for_preview = [](const auto& jobs) {
    return jobs.wait_for_audience_preview(segment::SpaceId("s"), segment::AudiencePreviewId("p"));
  };
  EXPECT_THROW(by_front(wait_for_preview), segment::JobFailedError);

  transport_->add(200, R"({"data":{"audience":{"id":"a","status":"Computing"}}})");
  transport_->add(200, R"({"data":{"audience":{"id":"a","status":"Live"}}})");
  const auto wait_for_audience = [](const auto& jobs) {
    return jobs.wait_for_audience(segment::SpaceId("s"), segment::AudienceId("a"));
  };
  EXPECT_EQ(by_front(wait_for_audience).status, "Live");
}

TEST_P(Jobs, FailForAnIdThatCannotBeSentAndSendNothing) {
  EXPECT_THROW(by_front([](const auto& jobs) {
                 return jobs.wait_for_regulation(segment::RegulationId(""));
               }),
               segment::InvalidArgumentError);
  EXPECT_TRUE(transport_->requests().empty());
}

TEST_P(Jobs, CarryTheCallsTagInEachOfTheirOwnErrors) {
  const auto tag_of_error = [&](segment::WaitOptions options) {
    options.call.tag = "tenant-7";
    try {
      wait_for_regulation(options);
    } catch (const segment::Error& error) {
      return error.tag();
    }
    return std::string("nothing was thrown");
  };
  answer_regulation("FAILED");
  EXPECT_EQ(tag_of_error({}), "tenant-7");
  answer_regulation("RUNNING");
  EXPECT_EQ(tag_of_error({.timeout = 1s}), "tenant-7");
  answer_regulation("RUNNING");
  std::stop_source stop;
  EXPECT_EQ(tag_of_error({.call = {.stop = stop.get_token()},
                          .on_status = [&](std::string_view) { stop.request_stop(); }}),
            "tenant-7");
}

}  // namespace
