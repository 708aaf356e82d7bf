#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "segment/error.hpp"
#include "segment/http/transport.hpp"
#include "segment/testing/redaction.hpp"

namespace segment::inline SEGMENT_ABI::testing {

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
  /// query's
  /// parameters and of an object's members does not matter.
  strict,
  /// A request is answered by the first recorded one not yet asked for that has its method, path
  /// and
  /// query; where all those were asked for, by the last of them again. Bodies are not looked at.
  lenient,
};

/// Options of a ReplayTransport. All are optional.
///
/// Copying: a value. Cost: small. Thread safety: as a struct.
struct ReplayOptions {
  ReplayMode mode = ReplayMode::strict;
  /// What else is a secret: keeps it out of the messages about a mismatch.
  Redaction redaction{};
};

/// A transport without a network that replays the file that a RecordingTransport wrote.
///
/// Headers, the token and the server's address are not compared. Where the file has `~secret-1~`, a
/// request may have any text, the real secret or another, but the same one each time; or that very
/// placeholder, which an earlier response may have contained.
///
/// Copying: not copyable; share it by shared pointer. Cost: keeps the recording in memory. Thread
/// safety: all members may be called from any thread; in strict mode it is then up to chance which
/// request is next.
class SEGMENT_EXPORT ReplayTransport final : public http::Transport {
 public:
  /// \param path of the file.
  /// \param options how to play back.
  /// \throws ConfigurationError where the file cannot be read or is no recording.
  explicit ReplayTransport(const std::string& path, ReplayOptions options = {});
  ~ReplayTransport() override;

  /// The recorded requests that were not asked for, in the file's order, as `GET /sources`.
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
