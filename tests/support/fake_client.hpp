#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <typeinfo>
#include <utility>

#include "segment/segment.hpp"
#include "segment/testing/fake_transport.hpp"
#include "segment/testing/manual_clock.hpp"

namespace segment::testing {

/// The token of every client here, which must never appear in any text.
inline constexpr std::string_view test_token = "sgp_the-secret.of/the+tests";

/// The write key in every response here, which must not appear in a log or an error message either.
inline constexpr std::string_view test_write_key = "wk-the-write.key/of+the-tests";

/// Fails the test if a text, an event or an error contains a secret of the tests.
inline void expect_no_secret(std::string_view text) {
  for (std::string_view secret : {test_token, test_write_key}) {
    EXPECT_EQ(text.find(secret), std::string_view::npos) << "a secret is shown in: " << text;
  }
}
inline void expect_no_secret(const CallEvent& event) {
  expect_no_secret(event.request_id);
  expect_no_secret(event.operation.path);
  for (const auto& header : event.headers) expect_no_secret(header.name + ": " + header.value);
}
inline void expect_no_secret(const Error& error) {
  expect_no_secret(error.what());
  expect_no_secret(error.facts().request_id);
  expect_no_secret(error.facts().pointer);
}

/// A client whose transport, clock and jitter the test controls. The jitter is always 1: with an
/// initial backoff of 500 ms the waits are 500, 1000, 2000 ... ms. Each event of each call is
/// searched for secrets.
struct FakeClient {
  explicit FakeClient(ClientOptions options = {}) : client(with_fakes(std::move(options))) {}

  /// The requests sent so far.
  [[nodiscard]] std::size_t sent() const { return transport->requests().size(); }

  /// The URL of the last request, without the US base URL.
  [[nodiscard]] std::string target() const {
    const std::string url = transport->last_request().url;
    constexpr std::string_view base = "https://api.segmentapis.com";
    return url.starts_with(base) ? url.substr(base.size()) : url;
  }

  /// The body of the last request; if it had none, a text that cannot be a body.
  [[nodiscard]] std::string body() const {
    return transport->last_request().body.value_or("(no body)");
  }

  /// A header of the last request; if it had none, a text that cannot be a header.
  [[nodiscard]] std::string header(std::string_view name) const {
    const http::Request request = transport->last_request();
    return std::string(request.headers.find(name).value_or("(no header)"));
  }

  std::shared_ptr<FakeTransport> transport = std::make_shared<FakeTransport>();
  std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>();
  Client client;

 private:
  ClientOptions with_fakes(ClientOptions options) {
    if (options.token.empty()) options.token = Token(std::string(test_token));
    if (!options.transport) options.transport = transport;
    if (!options.clock) options.clock = clock;
    if (!options.jitter) options.jitter = [] { return 1.0; };
    options.on_event = [observer = std::move(options.on_event)](const CallEvent& event) {
      expect_no_secret(event);
      if (observer) observer(event);
    };
    return options;
  }
};

/// Runs something that must throw exactly an E without a secret in its text, and returns a copy.
template <class E, class Action>
E thrown(Action&& action) {
  try {
    std::forward<Action>(action)();
    ADD_FAILURE() << "nothing was thrown";
  } catch (const E& error) {
    EXPECT_TRUE(typeid(error) == typeid(E)) << "another type: " << error.what();
    expect_no_secret(error);
    return error;
  } catch (const std::exception& error) {
    ADD_FAILURE() << "another type was thrown: " << error.what();
  }
  return E("nothing was thrown");
}

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// A connection that broke while the request was in flight: it may have been processed.
inline http::Failure broken() { return {http::FailureKind::broken, true, "the connection broke"}; }

/// A connection that was never made: the request certainly did not arrive.
inline http::Failure refused() { return {http::FailureKind::connect, false, "connection refused"}; }

inline constexpr std::string_view a_workspace =
    R"({"data":{"workspace":{"id":"w1","slug":"acme","name":"Acme"}}})";
inline constexpr std::string_view a_success = R"({"data":{"status":"SUCCESS"}})";
inline constexpr std::string_view a_source =
    R"({"data":{"source":{"id":"s1","slug":"web","enabled":true,"workspaceId":"w1",)"
    R"("writeKeys":["wk-the-write.key/of+the-tests"],"metadata":{"id":"m1"},"labels":[]}}})";

}  // namespace segment::testing
