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

/// What a list's last page says about the page after it: the API promises neither.
enum class LastPage : std::uint8_t {
  leaves_next_out,    ///< `next` is absent
  says_next_is_null,  ///< `next` is there, and null
};

/// How a sandbox is set up. Nothing has to be given.
///
/// Copying: a value; copies share the clock. Cost: small. Thread safety: as a struct.
struct SandboxOptions {
  /// The port on 127.0.0.1. Zero: any that is free.
  std::uint16_t port = 0;
  /// The one token that is accepted; any text that can stand in a header.
  std::string token = "sandbox-token-that-opens-nothing-else";
  /// Whether the workspace starts with sources, destinations and warehouses, or with no more than
  /// the catalog and the labels for its environments.
  bool seed = true;
  /// Sources beside those of the seed, to page through.
  std::size_t extra_sources = 0;
  /// Whether rates are limited at all.
  bool rate_limits = true;
  /// Limits in place of the published ones, by operation id. One of zero requests lifts the limit.
  std::map<std::string, RateLimit, std::less<>> operation_limits{};
  /// The limit of each operation for which none is published. There is one, and nobody says which.
  RateLimit default_limit{6000, RatePeriod::minute};
  /// How much the token may do, over all operations. Zero requests: as much as it wants.
  RateLimit token_limit{};
  LastPage last_page = LastPage::leaves_next_out;
  /// Whether pages say how many items the whole list has.
  bool total_entries = true;
  /// The largest request body that is taken, in bytes; a larger one is a 413.
  std::size_t max_request_bytes = std::size_t{4} << 20U;
  /// The longest list of rules that a request may have, and the most that a tracking plan may hold
  /// to have them replaced. Some workspaces have 2000.
  std::size_t max_rules = 200;
  /// Whether members of the input that the API's description does not know are a 422, and so are
  /// settings that the kind of a destination does not have. One user of a live workspace saw the
  /// first; without it such members are passed over.
  bool refuse_unknown_members = false;
  /// How many connections are served at the same time. One more ends the one that has been idle
  /// longest, or is turned away with a 503 where all are busy.
  std::size_t max_connections = 512;
  /// How many requests `Sandbox::requests` remembers, the newest ones.
  std::size_t max_logged_requests = 10'000;
  /// How many events the audit trail has, the newest ones.
  std::size_t max_audit_events = 10'000;
  /// Counts the windows of the rate limits, stamps the audit trail and waits out delays. Null: the
  /// machine's own.
  std::shared_ptr<Clock> clock{};
};

/// One request as the sandbox saw it. Holds no token, no path parameter and no body.
struct RequestRecord {
  /// The operation's own name, for example `getSource`. Empty: there is no such operation.
  std::string operation{};
  /// As it came over the wire, for example `GET`.
  std::string method{};
  /// The path's template, for example `/sources/{sourceId}`. Empty: there is no such operation.
  std::string path{};
  /// The status of the answer; of a cut or reset one, the status that it was to have.
  int status = 0;
  /// The answer's X-Request-Id.
  std::string request_id{};
};

/// A Segment workspace in a box: an HTTP server on this machine that answers the Public API's
/// calls, keeps what is created, checks what it is sent, pages, limits rates, and misbehaves on
/// request.
///
///     segment::sandbox::Sandbox sandbox;
///     segment::Client client(sandbox.client_options());
///
/// A fault can also be asked for in the request itself, by the header `X-Sandbox-Fault`: see
/// `sandbox/README.md`.
///
/// Copying: not copyable. Cost: a thread, one more for each open connection up to
/// `SandboxOptions::max_connections`, and one socket. Thread safety: every member may be called
/// from any thread.
class Sandbox {
 public:
  /// Starts the server; it takes requests once this returns.
  ///
  /// \throws std::runtime_error when the port cannot be had; ConfigurationError for a token that
  /// cannot
  ///         stand in a header.
  explicit Sandbox(SandboxOptions options = {});

  /// Stops the server: open connections are closed at once, requests under way are not waited for
  /// longer than they need to notice.
  ~Sandbox();

  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  /// For example `http://127.0.0.1:40123`, without a slash at its end.
  [[nodiscard]] std::string base_url() const;

  /// The port that it listens on.
  [[nodiscard]] std::uint16_t port() const;

  /// The token that it accepts.
  [[nodiscard]] const std::string& token() const;

  /// Options for a client that talks to this sandbox: the token, the address, and no proxy between.
  [[nodiscard]] ClientOptions client_options() const;

  /// The newest requests, in the order in which they were answered: at most
  /// `SandboxOptions::max_logged_requests`. A client reads the same from `GET /_sandbox/requests`.
  [[nodiscard]] std::vector<RequestRecord> requests() const;

  /// Lets the next call of an operation go wrong. Faults of one operation befall its calls in the
  /// order in which they were handed over.
  ///
  /// \param operation the API's own name, for example `getSource`; `*` for whichever is called
  /// next. \param fault what happens. \throws InvalidArgumentError for an operation that there is
  /// not, and for a fault that cannot be.
  void next(std::string_view operation, Fault fault);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace segment::inline SEGMENT_ABI::sandbox
