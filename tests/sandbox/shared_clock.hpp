#pragma once

// A seeded sandbox and a client that share a clock: what the client waits, the sandbox grows older.

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "../../sandbox/src/engine/router.hpp"
#include "call/call_table.hpp"
#include "json/validate.hpp"
#include "talk.hpp"

namespace segment::sandbox::test {

class SharedClockSandbox : public ::testing::Test {
 protected:
  /// 15 August 2026, half past twelve.
  static constexpr std::chrono::sys_seconds noon_or_so{std::chrono::seconds{1786797000}};

  Client make_client() const {
    ClientOptions options = sandbox.client_options();
    options.clock = clock;
    options.timeouts.call = std::chrono::milliseconds{0};
    return Client(std::move(options));
  }
  SpaceId space() const { return client.spaces().list_page().items.front().id; }
  Source source(std::string_view slug) const {
    for (const Source& each : client.sources().list()) {
      if (each.slug == slug) return each;
    }
    throw std::runtime_error("no such source");
  }
  Destination destination(const SourceId& from) const {
    return client.sources().list_connected_destinations_page(from).items.front();
  }
  void pass(std::chrono::milliseconds time) { clock->advance(time); }

  /// The answer of a GET, which has to be just as the description has it.
  Json fetched(const std::string& target) {
    const auto response = talk.get(target);
    EXPECT_EQ(response.status, 200) << target << response.body;
    if (response.status != 200) return {};
    const Router router(detail::all_calls());
    const auto route = router.find("GET", target.substr(0, target.find('?')));
    Json answer = data(response);
    for (const auto& problem :
         detail::validate(*route->call->data, answer, {.unknown_members_are_problems = true})) {
      ADD_FAILURE() << target << ' ' << problem.path << ' ' << problem.message;
    }
    return answer;
  }

  std::shared_ptr<testing::ManualClock> clock = std::make_shared<testing::ManualClock>(noon_or_so);
  Sandbox sandbox{SandboxOptions{.rate_limits = false, .clock = clock}};
  Client client = make_client();
  Talk talk{sandbox};
};

}  // namespace segment::sandbox::test
