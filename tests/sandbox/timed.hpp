#pragma once

// A sandbox whose time only moves when a test moves it, and a client of it.

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "talk.hpp"

namespace segment::sandbox::test {

class TimedSandbox : public ::testing::Test {
 protected:
  explicit TimedSandbox(bool seed = false)
      : sandbox(SandboxOptions{.seed = seed, .rate_limits = false, .clock = clock}),
        client(options()) {}

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
  /// All that a list has, over all its pages.
  template <class List>
  static auto all(List&& list) {
    std::vector<std::remove_cvref_t<decltype(*list.begin())>> items;
    for (const auto& item : list) items.push_back(item);
    return items;
  }
  /// The field that the first error names; empty where there is no error.
  template <class Action>
  static std::string refused_field(Action&& action) {
    try {
      std::forward<Action>(action)();
    } catch (const ValidationError& error) {
      return error.errors().front().field;
    }
    return {};
  }

  std::shared_ptr<testing::ManualClock> clock = std::make_shared<testing::ManualClock>(
      std::chrono::system_clock::time_point(std::chrono::seconds(1'790'000'000)));
  Sandbox sandbox;
  Client client;

 private:
  ClientOptions options() const {
    ClientOptions chosen = sandbox.client_options();
    chosen.clock = clock;
    chosen.timeouts.call = std::chrono::milliseconds{0};
    return chosen;
  }
};

}  // namespace segment::sandbox::test
