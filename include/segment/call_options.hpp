#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "segment/http/header.hpp"
#include "segment/http/response.hpp"
#include "segment/operation.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI {

/// One parameter of a URL's query, not yet percent-encoded.
struct QueryParameter {
  std::string name{};
  std::string value{};
};

/// What happens to a body whose settings hold a secret as the API shows it, masked with bullets
/// (`••••`): written back, it would replace the real one.
enum class MaskedSecrets : std::uint8_t {
  refuse,  ///< an InvalidArgumentError that names the member; nothing is sent
  strip,   ///< the member is left out, so that the setting stays as it is
  send,    ///< it is sent as it stands
};

/// What happens when a list ends with fewer items than the API itself counts in it: a token is not
/// shown what it may not see.
enum class ShortLists : std::uint8_t {
  report,  ///< `ClientOptions::on_schema_mismatch` is called
  refuse,  ///< the same, and the last page is a DecodeError
};

/// Per-call overrides. Everything left out is as the client has it.
///
/// Precedence: these win over the client's options; of `timeout` and `deadline` the earlier ends
/// the call.
///
/// Copying: a value. Cost: small; an empty one allocates nothing. Thread safety: as a struct.
struct CallOptions {
  /// For the whole call: its attempts and the waits between them; of a list, for one page. Zero:
  /// none.
  std::optional<std::chrono::milliseconds> timeout{};
  /// For one request and its response. Zero: none.
  std::optional<std::chrono::milliseconds> attempt_timeout{};
  /// A point in time for the whole, all pages of a list too.
  std::optional<std::chrono::steady_clock::time_point> deadline{};
  /// Free text of the application's, for example a tenant or a job: events, policies and errors
  /// repeat it. It is never sent, and not redacted: keep secrets out of it.
  std::optional<std::string> tag{};
  /// Ends the call with a CancelledError, wherever it is.
  std::stop_token stop{};
  /// The version of the API to ask for. One that the method is not for is an InvalidArgumentError,
  /// which names the method that is.
  std::optional<ApiVersion> version{};
  /// Sent beside the library's own, or instead of them. `Authorization`, what belongs to the
  /// connection (`Host`, `Content-Length`, `Transfer-Encoding`, `Cookie`, `Connection` and the
  /// like), and an `Accept` that names a version are an InvalidArgumentError.
  std::vector<http::Header> headers{};
  /// Query parameters beside the operation's own, for what is newer than this library.
  std::vector<QueryParameter> query{};
  /// An object whose members are added to the body, replacing members of the same name.
  std::optional<Json> body{};
  /// Attempts at most; 1: no retry.
  std::optional<int> max_attempts{};
  /// Whether the call is retried although its outcome is unknown, whatever the operation says.
  std::optional<bool> idempotent{};
  /// Called with every HTTP response of the call, whatever its status, before it is judged. Headers
  /// and body are as the policies left them.
  std::function<void(const http::Response&)> on_response{};
  /// What happens to masked secrets in the body.
  std::optional<MaskedSecrets> masked_secrets{};
  /// What happens when a list ends short.
  std::optional<ShortLists> short_lists{};
};

}  // namespace segment::inline SEGMENT_ABI
