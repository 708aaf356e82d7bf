#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "support/fake_client.hpp"
#include "support/loopback_server.hpp"
#include "support/transport_under_test.hpp"

namespace segment::test {

using testing::contains;
using testing::test_token;
using testing::thrown;

/// A client over the library's own transport and real sockets, without the environment's proxy.
/// Only the waits between attempts are not real.
inline Client socket_client(const std::string& base_url, ClientOptions options = {}) {
  options.token = Token(std::string(test_token));
  options.base_url = base_url;
  options.clock = std::make_shared<testing::ManualClock>();
  options.jitter = [] { return 1.0; };
  if (options.curl.proxy.empty()) options.curl.proxy = "none";
  options.transport = std::make_shared<TransportUnderTest>(options.curl);
  return Client(std::move(options));
}

/// One kind of call.
struct Verb {
  const char* name;
  std::function<void(const Client&, const CallOptions&)> call;
  /// GET, PUT and DELETE, which may be retried automatically.
  bool idempotent;
  /// All but GET.
  bool changes_something;
};

inline const std::vector<Verb>& every_verb() {
  static const std::vector<Verb> verbs = {
      {"GET", [](const Client& c, const CallOptions& o) { (void)c.workspaces().get(o); }, true,
       false},
      {"PUT",
       [](const Client& c, const CallOptions& o) {
         (void)c.sources().replace_labels(SourceId("s"), {.labels = std::vector<Label>{}}, o);
       },
       true, true},
      {"DELETE",
       [](const Client& c, const CallOptions& o) { c.sources().remove(SourceId("s"), o); }, true,
       true},
      {"POST",
       [](const Client& c, const CallOptions& o) {
         (void)c.sources().create(
             {.slug = "s", .enabled = true, .metadata_id = SourceMetadataId("m")}, o);
       },
       false, true},
      {"POST without body",
       [](const Client& c, const CallOptions& o) {
         (void)c.sources().create_write_key(SourceId("s"), o);
       },
       false, true},
      {"PATCH",
       [](const Client& c, const CallOptions& o) {
         (void)c.sources().update(SourceId("s"), {.name = "new"}, o);
       },
       false, true}};
  return verbs;
}

/// A response that each of those calls can read.
inline std::string good_body() {
  return R"({"data":{"status":"SUCCESS","labels":[],"workspace":{"id":"w"},"source":{"id":"s"}}})";
}

/// Every error must be readable as one line, and contain no token.
inline void expect_presentable(const Error& error) {
  const std::string text = error.what();
  EXPECT_FALSE(contains(text, test_token)) << text;
  EXPECT_FALSE(contains(error.facts().body, test_token)) << error.facts().body;
  EXPECT_FALSE(contains(text, "127.0.0.1/") || contains(text, "\n")) << text;
  EXPECT_TRUE(contains(text, "(GET ") || contains(text, "(PUT ") || contains(text, "(DELETE ") ||
              contains(text, "(POST ") || contains(text, "(PATCH "))
      << text;
}

}  // namespace segment::test
