#include "segment/testing/recording.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>
#include <vector>

#include "recordings.hpp"

namespace segment::testing {
namespace {

TEST(RecordingTransport, WritesAFileThatAPersonCanReview) {
  Recorded recorded;
  recorded.fake->add(201, R"({"data":{"label":{"key":"team","value":"growth"}}})",
                     {{"X-Request-Id", "r-1"}, {"Date", "today"}, {"Server", "nobody reads it"}});
  recorded.client.labels().create({.label = Label{.key = "team", .value = "growth"}});
  EXPECT_EQ(recorded.text(), R"({
  "segmentRecording": 1,
  "exchanges": [
    {
      "request": {
        "method": "POST",
        "path": "/labels",
        "headers": {
          "Accept": "application/vnd.segment.v1+json",
          "Content-Type": "application/vnd.segment.v1+json"
        },
        "body": {
          "label": {
            "key": "team",
            "value": "growth"
          }
        }
      },
      "response": {
        "status": 201,
        "headers": {
          "X-Request-Id": "r-1",
          "Date": "today",
          "Content-Type": "application/json"
        },
        "body": {
          "data": {
            "label": {
              "key": "team",
              "value": "growth"
            }
          }
        }
      }
    }
  ]
}
)");
}

TEST(RecordingTransport, RespondsAsTheWrappedTransportDoes) {
  Recorded recorded;
  recorded.fake->add(200, one_label);
  EXPECT_EQ(recorded.client.labels().list().to_vector().front().value, "growth");
  recorded.fake->add(404, "{}");
  EXPECT_THROW((void)recorded.client.sources().get(SourceId("none")), NotFoundError);
}

TEST(RecordingTransport, TheSameExchangesMakeTheSameFile) {
  std::string texts[2];
  for (std::string& text : texts) {
    Recorded recorded;
    recorded.fake->add(200, std::string(a_source)).add(200, one_label);
    (void)recorded.client.sources().get(SourceId("s1"));
    (void)recorded.client.labels().list().to_vector();
    text = recorded.text();
  }
  EXPECT_EQ(texts[0], texts[1]);
}

TEST(RecordingTransport, SavesOnDestruction) {
  const Folder folder;
  {
    auto fake = std::make_shared<FakeTransport>();
    fake->add(200, one_label);
    FakeClient client({.transport = std::make_shared<RecordingTransport>(
                           folder.file(), RecordingOptions{.transport = fake})});
    (void)client.client.labels().list().to_vector();
    EXPECT_EQ(folder.files(), 0U) << "nothing is written before";
  }
  EXPECT_TRUE(contains(text_of(folder.file()), "growth"));
  EXPECT_EQ(folder.files(), 1U) << "no temporary file is left behind";
}

TEST(RecordingTransport, LeavesAnEarlierFileAloneIfNothingWasRecorded) {
  const Folder folder;
  std::ofstream(folder.file()) << "earlier";
  { const RecordingTransport recording(folder.file()); }
  EXPECT_EQ(text_of(folder.file()), "earlier");
}

TEST(RecordingTransport, AFileThatCannotBeWrittenIsAConfigurationError) {
  const Folder folder;
  thrown<ConfigurationError>([&] { RecordingTransport(folder.file("none/recording.json")); });
  thrown<ConfigurationError>([&] { RecordingTransport(""); });

  RecordingTransport recording(folder.file("taken"));
  std::filesystem::create_directory(folder.file("taken"));
  std::ofstream(folder.file("taken/file")) << "so that it cannot be replaced";
  const auto error = thrown<ConfigurationError>([&] { recording.save(); });
  EXPECT_TRUE(contains(error.what(), folder.file("taken"))) << error.what();
  EXPECT_EQ(folder.files(), 1U) << "no temporary file is left behind";
}

TEST(RecordingTransport, RecordsAFailureAndWhatTheWrappedTransportThrows) {
  Recorded recorded;
  recorded.fake->add(broken()).respond_with(
      [](const http::Request&) -> http::Outcome { throw std::runtime_error("out of order"); });
  const CallOptions once{.max_attempts = 1};
  EXPECT_THROW((void)recorded.client.labels().list(once).to_vector(), TransportError);
  EXPECT_THROW((void)recorded.client.labels().list(once).to_vector(), TransportError);
  const Json failure = recorded.exchange(0).at("failure");
  EXPECT_EQ(failure.at("kind"), Json("broken"));
  EXPECT_EQ(failure.at("mayHaveBeenSent"), Json(true));
  EXPECT_EQ(failure.at("message"), Json("the connection broke"));
  EXPECT_EQ(recorded.exchange(1).at("failure").at("message"),
            Json("the transport threw: out of order"));
}

TEST(RecordingTransport, KeepsEveryHeaderThatTheLibraryReads) {
  Recorded recorded;
  const http::Headers read{{"date", "d"},
                           {"Retry-After", "7"},
                           {"X-RateLimit-Limit", "1"},
                           {"X-RateLimit-Remaining", "2"},
                           {"x-ratelimit-consumed", "3"},
                           {"X-RateLimit-Reset", "4"},
                           {"Location", "/x"},
                           {"X-Request-Id", "r-1"},
                           {"Request-Id", "r-2"},
                           {"X-Amzn-RequestId", "r-3"},
                           {"X-Amz-Cf-Id", "r-4"}};
  recorded.fake->add(http::Response{200, read, one_label});
  (void)recorded.client.labels().list().to_vector();
  const Json headers = recorded.exchange(0).at("response").at("headers");
  for (const http::HeaderView header : read) {
    ASSERT_NE(headers.find(header.name), nullptr) << header.name;
    EXPECT_EQ(headers.at(header.name), Json(header.value));
  }
}

TEST(RecordingTransport, KeepsABodyThatIsNotJsonAsTextAndBytesThatAreNotTextAsBytes) {
  Recorded recorded;
  recorded.fake->add(502, "<html>bad gateway</html>").add(200, "\xFF\x01z");
  const CallOptions once{.max_attempts = 1};
  EXPECT_THROW((void)recorded.client.labels().list(once).to_vector(), ServerError);
  EXPECT_THROW((void)recorded.client.labels().list(once).to_vector(), DecodeError);
  EXPECT_EQ(recorded.exchange(0).at("response").at("bodyText"), Json("<html>bad gateway</html>"));

  const auto replay = recorded.replay();
  http::Request request{.url = "https://example.test/labels"};
  (void)replay->send(request);
  EXPECT_EQ(std::get<http::Response>(replay->send(request)).body, "\xFF\x01z");
}

TEST(RecordingTransport, RecordsFromManyThreads) {
  Recorded recorded;
  recorded.fake->respond_with(
      [](const http::Request&) { return http::Response{.status = 200, .body = one_label}; });
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        for (int k = 0; k < 10; ++k) (void)recorded.client.labels().list().to_vector();
        recorded.recording->save();
      });
    }
  }
  EXPECT_EQ(Json::parse(recorded.text()).at("exchanges").size(), 80U);
}

}  // namespace
}  // namespace segment::testing
