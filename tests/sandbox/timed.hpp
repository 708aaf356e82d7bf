#pragma once

// A sandbox and a client that share a clock which only the tests advance: when the client waits,
// time passes for the sandbox too.

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "json/typed/validate.hpp"
#include "operations/operation_tables.hpp"
#include "operations/router.hpp"
#include "segment/api/operations.hpp"
#include "talk.hpp"

namespace segment::sandbox::test {

/// With an empty workspace by default.
class TimedSandbox : public ::testing::Test {
 protected:
  explicit TimedSandbox(bool seed = false)
      : sandbox(SandboxOptions{.seed = seed, .rate_limits = false, .clock = clock}),
        client(options()) {}

  /// 15 August 2026, half past twelve.
  static constexpr std::chrono::sys_seconds noon_or_so{std::chrono::seconds{1786797000}};

  Source source(const std::string& slug = "shop", const char* kind = "IqDTy1TpoU") const {
    return client.sources().create(
        {.slug = slug, .enabled = true, .metadata_id = SourceMetadataId{kind}});
  }
  Destination destination(const Source& from, const std::string& name = "Hook") const {
    return client.destinations().create(
        {.source_id = from.id,
         .metadata_id = DestinationMetadataId{"614a3c7d791c91c41bae7599"},
         .name = name,
         .settings = Json::object()});
  }
  void pass(std::chrono::milliseconds time) { clock->advance(time); }
  /// All items of a list, from all its pages.
  template <class List>
  static auto all(List&& list) {
    std::vector<std::remove_cvref_t<decltype(*list.begin())>> items;
    for (const auto& item : list) items.push_back(item);
    return items;
  }
  /// The field that the first error names; empty if there is no error.
  template <class Action>
  static std::string refused_field(Action&& action) {
    try {
      std::forward<Action>(action)();
    } catch (const ValidationError& error) {
      return error.items().front().field;
    }
    return {};
  }
  /// The response to a GET, which must match the description exactly.
  Json fetched(const std::string& target) {
    const auto response = talk.get(target);
    EXPECT_EQ(response.status, 200) << target << response.body;
    if (response.status != 200) return {};
    const detail::Router router(operations::all());
    const auto route = router.find("GET", target.substr(0, target.find('?')));
    Json answer = data(response);
    for (const auto& problem :
         detail::validate(*route->call->data, answer, {.unknown_members_are_problems = true})) {
      ADD_FAILURE() << target << ' ' << problem.path << ' ' << problem.message;
    }
    return answer;
  }

  std::shared_ptr<testing::ManualClock> clock = std::make_shared<testing::ManualClock>(noon_or_so);
  Sandbox sandbox;
  Client client;
  Talk talk{sandbox};

 private:
  ClientOptions options() const {
    ClientOptions chosen = sandbox.client_options();
    chosen.clock = clock;
    chosen.timeouts.call = std::chrono::milliseconds{0};
    return chosen;
  }
};

/// With a seeded workspace.
class SeededSandbox : public TimedSandbox {
 protected:
  SeededSandbox() : TimedSandbox(true) {}

  /// The space that the seed leaves empty.
  SpaceId space() const { return client.spaces().list_page().items.back().id; }
  /// What was seeded under this slug.
  Source source(std::string_view slug) const {
    for (const Source& each : client.sources().list()) {
      if (each.slug == slug) return each;
    }
    throw std::runtime_error("no such source");
  }
  /// The first destination of a source.
  Destination destination(const SourceId& from) const {
    return client.sources().list_connected_destinations_page(from).items.front();
  }
};

}  // namespace segment::sandbox::test
