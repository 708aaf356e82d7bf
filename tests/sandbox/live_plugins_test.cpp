#include "timed.hpp"

namespace segment::sandbox::test {
namespace {

using SandboxLivePlugins = TimedSandbox;

TEST_F(SandboxLivePlugins, HaveOneBundlePerSourceWithAGrowingVersion) {
  const Source of = source("app", "UBrsG9RVzw");
  EXPECT_THROW(client.live_plugins().get_latest(of.id), NotFoundError);
  const LivePlugin first = client.live_plugins().create(of.id, {.code = "one"});
  const LivePlugin second = client.live_plugins().create(of.id, {.code = "two"});
  EXPECT_EQ(first.version, 1);
  EXPECT_EQ(second.version, 2);
  EXPECT_EQ(second.id, first.id);
  EXPECT_NE(second.download_url, first.download_url);
  EXPECT_EQ(client.live_plugins().get_latest(of.id), second);
}

TEST_F(SandboxLivePlugins, RemainWhenTheirCodeIsRemoved) {
  const Source of = source("app", "UBrsG9RVzw");
  EXPECT_THROW(client.live_plugins().remove_code(of.id), NotFoundError);
  client.live_plugins().create(of.id, {.code = "one"});
  client.live_plugins().remove_code(of.id);
  EXPECT_TRUE(client.live_plugins().get_latest(of.id).code.is_null());
  EXPECT_THROW(client.live_plugins().create(SourceId{"none"}, {.code = "x"}), NotFoundError);
}

}  // namespace
}  // namespace segment::sandbox::test
