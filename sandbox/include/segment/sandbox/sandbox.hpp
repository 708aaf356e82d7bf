#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <segment/client_options.hpp>
#include <segment/clock.hpp>
#include <segment/operation.hpp>
#include <segment/sandbox/fault.hpp>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// What `next` is on a list's last page: the API promises neither.
enum class LastPage : std::uint8_t {
  leaves_next_out,    ///< `next` is absent
  says_next_is_null,  ///< `next` is there, and null
};

/// Options of a sandbox. All are optional.
///
/// Copying: a value; copies share the clock.
struct SandboxOptions {
  /// The port on 127.0.0.1. Zero: any free one.
  std::uint16_t port = 0;
  /// The only token that is accepted; any text that is valid in a header.
  std::string token = "sandbox-token-that-opens-nothing-else";
  /// Whether the workspace starts with sources, destinations and warehouses, or with only the
  /// catalog and the labels of its environments.
  bool seed = true;
  /// Additional sources, to page through.
  std::size_t extra_sources = 0;
  /// Whether rates are limited at all.
  bool rate_limits = true;
  /// Limits that replace the published ones, by operation id. Zero requests: no limit.
  std::map<std::string, RateLimit, std::less<>> operation_limits{};
  /// The limit of operations without a published one.
  RateLimit default_limit{6000, RatePeriod::minute};
  /// The limit of the token over all operations. Zero requests: none.
  RateLimit token_limit{};
  LastPage last_page = LastPage::leaves_next_out;
  /// Whether pages include `totalEntries`.
  bool total_entries = true;
  /// The largest request body, in bytes; a larger one is a 413.
  std::size_t max_request_bytes = std::size_t{4} << 20U;
  /// The maximum number of rules in one request, and of rules that a tracking plan may hold for a
  /// PUT to replace them; at least 1. Some workspaces have 2,000. The seed is not limited.
  std::size_t max_rules = 200;
  /// Whether unknown input members, and settings that the destination's kind does not have, are a
  /// 422; otherwise they are ignored.
  bool refuse_unknown_members = false;
  /// The maximum number of concurrent connections, at least 1. One more closes the one that has
  /// been idle longest, or gets a 503 if all are busy.
  std::size_t max_connections = 512;
  /// How many of the most recent requests `Sandbox::requests` returns.
  std::size_t max_logged_requests = 10'000;
  /// How many of the most recent events the audit trail keeps.
  std::size_t max_audit_events = 10'000;
  /// Drives rate limit windows, audit trail timestamps and delays. Null: the machine's own clock.
  std::shared_ptr<Clock> clock{};
};

/// One request that the sandbox received. Contains no token, no path parameter and no body.
struct RequestRecord {
  /// The operation's API name, for example `getSource`. Empty: no such operation.
  std::string operation{};
  /// The HTTP verb, for example `GET`.
  std::string method{};
  /// The path template, for example `/sources/{sourceId}`. Empty: no such operation.
  std::string path{};
  /// The response status; of a cut or reset response, the status it would have had.
  int status = 0;
  /// The response's X-Request-Id.
  std::string request_id{};
};

/// A Segment workspace in a box: an HTTP server on this machine that implements the Public API. It
/// stores what is created, validates input, pages lists, enforces rate limits and injects faults on
/// request.
///
///     segment::sandbox::Sandbox sandbox;
///     segment::Client client(sandbox.client_options());
///
/// A request can also ask for a fault itself, with the header `X-Sandbox-Fault`: see
/// `sandbox/README.md`.
///
/// Copying: not copyable. Cost: one thread, plus one for each open connection up to
/// `SandboxOptions::max_connections`, and one socket. Thread safety: every member may be called
/// from any thread.
class SEGMENT_EXPORT Sandbox {
 public:
  /// Starts the server; it accepts requests once the constructor returns.
  ///
  /// \throws std::runtime_error if the port is not available; ConfigurationError for a token that
  ///        is not valid in a header, and for a maximum of zero where it must be at least 1.
  explicit Sandbox(SandboxOptions options = {});

  /// Stops the server and closes open connections; requests in progress are abandoned.
  ~Sandbox();

  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  /// For example `http://127.0.0.1:40123`, without a slash at its end.
  [[nodiscard]] std::string base_url() const;

  /// The port it listens on.
  [[nodiscard]] std::uint16_t port() const;

  /// The token it accepts.
  [[nodiscard]] const std::string& token() const;

  /// Options for a client of this sandbox: token, base URL, and no proxy.
  [[nodiscard]] ClientOptions client_options() const;

  /// The most recent requests in the order of their responses, at most
  /// `SandboxOptions::max_logged_requests`. Clients read the same from `GET /_sandbox/requests`.
  [[nodiscard]] std::vector<RequestRecord> requests() const;

  /// Injects a fault into the next call of an operation. Faults of one operation apply in the order
  /// in which they were added.
  ///
  /// \param operation the API's own name, for example `getSource`; `*` for any operation.
  /// \param fault what happens.
  /// \throws InvalidArgumentError for an unknown operation or an invalid fault.
  void next(std::string_view operation, Fault fault);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace segment::inline SEGMENT_ABI::sandbox
