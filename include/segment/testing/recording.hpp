#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "segment/error.hpp"
#include "segment/http/transport.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::testing {

/// What a recording treats as a secret, in addition to what it recognises by itself: the request's
/// own token, values with secret names (`password`, `apiKey`, `writeKeys`, `client_secret` and the
/// like), texts in the format of a well-known kind of key, and texts in `settings` that look like a
/// key.
///
/// Copying: a value; copies share the function.
struct Redaction {
  /// Names of members, query parameters and path segments whose value is a secret. The whole name
  /// must match, ignoring case and separators: `deploy_hook` also matches `deployHook`.
  std::vector<std::string> secret_names{};
  /// Called for every text that no other rule redacted: is it a secret? `name` is the nearest
  /// member, query parameter or path segment before it; empty if there is none. One call at a time.
  /// Empty: not called.
  std::function<bool(std::string_view name, std::string_view text)> is_secret{};
};

/// Options of a RecordingTransport. All are optional.
///
/// Copying: a value; copies share the transport.
struct RecordingOptions {
  /// Sends the requests. Null: a libcurl transport with default options.
  std::shared_ptr<http::Transport> transport{};
  /// What else is a secret.
  Redaction redaction{};
  /// Names of headers to write in addition to those that the library reads: Accept, Content-Type,
  /// Date, Location, Retry-After, the rate limit's and the request id's. Credentials and cookies
  /// are never written, even if named here.
  std::vector<std::string> headers{};
};

/// A transport that sends requests through another one and writes each exchange, with secrets
/// redacted, to a JSON file to review, commit and replay with a ReplayTransport.
///
/// In the file each secret is `~secret-1~`, `~secret-2~` and so on, the same everywhere; the first
/// is the token. Anything that is not a secret by its name, its form or a rule of yours is written
/// as is: review the file before you commit it.
///
/// Nothing is written before `save` or the destructor, which replace a file of the same name as a
/// whole, or leave it unchanged on an error.
///
/// Copying: not copyable; share it by shared pointer. Cost: keeps every exchange in memory. Thread
/// safety: all members may be called from any thread; exchanges are written in the order in which
/// their requests began.
class SEGMENT_EXPORT RecordingTransport final : public http::Transport {
 public:
  /// \param path of the file to write; its folder must exist.
  /// \param options how to record.
  /// \throws ConfigurationError if the folder does not exist.
  explicit RecordingTransport(std::string path, RecordingOptions options = {});

  /// Saves unsaved exchanges, if there are any. Errors are swallowed: call `save` to see them.
  ~RecordingTransport() override;

  /// Writes the file with every finished exchange.
  ///
  /// \throws ConfigurationError if it cannot be written; an existing file is then unchanged.
  void save();

  /// Sends the request through the wrapped transport and records the outcome. An exception is
  /// recorded as a failure and rethrown.
  [[nodiscard]] http::Outcome send(const http::Request& request) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A request that the recording has no response for. It leaves the call immediately: it never
/// counts as a network failure, and nothing is retried.
class SEGMENT_EXPORT ReplayMismatchError : public ConfigurationError {
 public:
  using ConfigurationError::ConfigurationError;
  ~ReplayMismatchError() override;
};

/// How closely requests must match the recording.
enum class ReplayMode : std::uint8_t {
  /// Each request equals the next recorded one: method, path, query and body. The order of a
  /// query's parameters and of an object's members does not matter.
  strict,
  /// A request gets the response of the first unused recorded request with the same method, path
  /// and query; if all of them were used, that of the last one again. Bodies are ignored.
  lenient,
};

/// Options of a ReplayTransport. All are optional.
struct ReplayOptions {
  ReplayMode mode = ReplayMode::strict;
  /// What else is a secret: kept out of the messages about a mismatch.
  Redaction redaction{};
};

/// A transport without a network that replays the file that a RecordingTransport wrote.
///
/// Headers, the token and the server's address are not compared. Where the file has `~secret-1~`, a
/// request may have any text, the real secret or another, but the same one each time; or that very
/// placeholder, which an earlier response may have contained.
///
/// Copying: not copyable; share it by shared pointer. Cost: keeps the recording in memory. Thread
/// safety: all members may be called from any thread; in strict mode the order of
/// concurrent requests is then not deterministic.
class SEGMENT_EXPORT ReplayTransport final : public http::Transport {
 public:
  /// \param path of the file.
  /// \param options how to replay.
  /// \throws ConfigurationError if the file cannot be read or is not a recording.
  explicit ReplayTransport(const std::string& path, ReplayOptions options = {});
  ~ReplayTransport() override;

  /// The recorded requests that were not made, in the file's order, as `GET /sources`.
  [[nodiscard]] std::vector<std::string> unused() const;

  /// Requests that did not match, oldest first, as described by the errors: for code under test
  /// that swallows errors.
  [[nodiscard]] std::vector<std::string> mismatches() const;

  /// Returns the recorded response or failure.
  ///
  /// \throws ReplayMismatchError that says what differs.
  [[nodiscard]] http::Outcome send(const http::Request& request) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace segment::inline SEGMENT_ABI::testing
