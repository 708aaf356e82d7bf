// Errors that only name their operation carry the call's tag too.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <string>

#include "segment/async.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

const CallOptions tagged{.tag = "tenant 7"};

TEST(TheTagOfACall, IsInTheErrorOfAClientThatWasShutDown) {
  FakeClient fake;
  fake.client.shutdown(std::chrono::steady_clock::time_point::min());
  for (const auto& call : std::vector<std::function<void()>>{
           [&] { (void)fake.client.workspaces().get(tagged); },
           [&] { (void)fake.client.async().workspaces().get(tagged).get(); },
           [&] { (void)fake.client.sources().list({}, tagged).to_vector(); }}) {
    EXPECT_EQ(thrown<CancelledError>(call).tag(), "tenant 7");
  }
}

TEST(TheTagOfACall, IsInTheErrorOfARepeatedCursor) {
  FakeClient fake;
  fake.transport->respond_with([](const http::Request&) {
    return http::Response{
        200, {}, R"({"data":{"sources":[],"pagination":{"current":"a","next":"b"}}})"};
  });
  const auto error =
      thrown<DecodeError>([&] { (void)fake.client.sources().list({}, tagged).to_vector(); });
  EXPECT_EQ(error.tag(), "tenant 7");
}

TEST(TheTagOfACall, IsInTheErrorOfAPagePastTheEnd) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"sources":[],"pagination":{"current":"a"}}})");
  auto pages = fake.client.async().sources().list({}, tagged).pages();
  (void)pages.next().get();
  EXPECT_EQ(thrown<InvalidArgumentError>([&] { (void)pages.next().get(); }).tag(), "tenant 7");
}

TEST(TheTagOfACall, IsInTheErrorOfAnExecutorThatDropsItsWork) {
  FakeClient fake;
  fake.transport->add(200, std::string(a_workspace));
  auto task = fake.client.async([](const auto&) {}).workspaces().get(tagged);
  EXPECT_EQ(thrown<CancelledError>([&] { (void)task.get(); }).tag(), "tenant 7");
}

}  // namespace
}  // namespace segment::testing
