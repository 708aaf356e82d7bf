#include <memory>
#include <string>

#include <gtest/gtest.h>

#include <segment/testing/recording.hpp>

#include "sandbox/talk.hpp"
#include "testing/recordings.hpp"

namespace segment::sandbox::test {
namespace {

// What a program under test might do. Returns what it found.
std::string tour(const Client& client, const std::string& password) {
  std::string found;
  for (const Source& source : client.sources().list({.count = 2})) found += source.slug + " ";
  const Source made = client.sources().create({.slug = "recorded",
                                               .enabled = true,
                                               .metadata_id = SourceMetadataId("IqDTy1TpoU"),
                                               .settings = Json::object({{"password", password}})});
  const WriteKey& key = made.write_keys.at(0);
  (void)client.sources().create_write_key(made.id);
  client.sources().remove_write_key(made.id, key);
  found += std::to_string(client.sources().get(made.id).write_keys.size());
  client.sources().remove(made.id);
  EXPECT_THROW((void)client.sources().get(made.id), NotFoundError);
  return found;
}

TEST(RecordAndReplay, AWholeSessionIsReplayedWithoutAServer) {
  const testing::Folder folder;
  std::string at_first;
  std::string token;
  {
    Sandbox sandbox;
    token = sandbox.token();
    http::CurlOptions direct;
    direct.proxy = "none";
    ClientOptions options = sandbox.client_options();
    options.transport = std::make_shared<testing::RecordingTransport>(
        folder.file(),
        testing::RecordingOptions{.transport = std::make_shared<http::CurlTransport>(direct)});
    at_first = tour(Client(options), "the real password");
  }
  const std::string text = testing::text_of(folder.file());
  EXPECT_FALSE(testing::contains(text, token)) << text;
  EXPECT_FALSE(testing::contains(text, "the real password")) << text;

  const auto replay = std::make_shared<testing::ReplayTransport>(folder.file());
  EXPECT_EQ(tour(Client({.token = Token("for-tests"), .transport = replay}), "another password"),
            at_first);
  EXPECT_TRUE(replay->unused().empty());
}

}  // namespace
}  // namespace segment::sandbox::test
