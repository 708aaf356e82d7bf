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

/// What happens to a body whose settings contain a secret that the API masked with bullets
/// (`••••`). Written back, it would replace the real secret.
enum class MaskedSecrets : std::uint8_t {
  refuse,  ///< an InvalidArgumentError that names the member; nothing is sent
  strip,   ///< the member is left out, so that the setting stays as it is
  send,    ///< it is sent as is
};

/// What happens when a list ends with fewer items than the API counts, for example because the
/// token may not see all of them.
enum class ShortLists : std::uint8_t {
  report,  ///< `ClientOptions::on_schema_mismatch` is called
  refuse,  ///< the same, and the last page is a DecodeError
};

/// Per-call overrides. Everything left out is taken from the client's options.
///
/// Precedence: these override the client's options; whichever of `timeout` and `deadline` comes
/// first ends the call.
///
/// Copying: a value. Cost: small; an empty one allocates nothing.
struct CallOptions {
  /// The time limit of the whole call: its attempts and the waits between them; for a list, of one
  /// page. Zero: none.
  std::optional<std::chrono::milliseconds> timeout{};
  /// The time limit of one request and its response. Zero: none.
  std::optional<std::chrono::milliseconds> attempt_timeout{};
  /// The point in time when the whole call must end, including all pages of a list.
  std::optional<std::chrono::steady_clock::time_point> deadline{};
  /// Free text of your own, for example a tenant or a job. Events, policies and errors repeat it.
  /// It is never sent, and not redacted: keep secrets out of it.
  std::optional<std::string> tag{};
  /// Cancels the call with a CancelledError, at any stage.
  std::stop_token stop{};
  /// The version of the API to request. A version that the method does not support is an
  /// InvalidArgumentError, which names the right method.
  std::optional<ApiVersion> version{};
  /// Sent in addition to the library's own headers, or instead of them. `Authorization`, headers of
  /// the connection (`Host`, `Content-Length`, `Transfer-Encoding`, `Cookie`, `Connection` and the
  /// like), and an `Accept` that names a version are an InvalidArgumentError.
  std::vector<http::Header> headers{};
  /// Query parameters in addition to the operation's own, for those newer than this library.
  std::vector<QueryParameter> query{};
  /// An object whose members are added to the body, replacing members of the same name.
  std::optional<Json> body{};
  /// The maximum number of attempts; 1: no retry.
  std::optional<int> max_attempts{};
  /// Whether the call is retried even if its outcome is unknown, overriding the operation.
  std::optional<bool> idempotent{};
  /// Called with every HTTP response of the call, whatever its status, before the library evaluates
  /// it. Headers and body are as the policies left them.
  std::function<void(const http::Response&)> on_response{};
  /// What happens to masked secrets in the body.
  std::optional<MaskedSecrets> masked_secrets{};
  /// What happens when a list is short.
  std::optional<ShortLists> short_lists{};
};

}  // namespace segment::inline SEGMENT_ABI
