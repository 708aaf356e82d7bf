#pragma once

#include <memory>
#include <string>
#include <vector>

#include "segment/http/transport.hpp"
#include "segment/testing/redaction.hpp"

namespace segment::inline SEGMENT_ABI::testing {

/// How a RecordingTransport records. Nothing has to be given.
///
/// Copying: a value; copies share the transport. Cost: small. Thread safety: as a struct.
struct RecordingOptions {
  /// Sends the requests. Null: a libcurl transport with its usual options.
  std::shared_ptr<http::Transport> transport{};
  /// What is a secret beside what is known to be one.
  Redaction redaction{};
  /// Names of headers to write beside those that the library reads: Accept, Content-Type, Date,
  /// Location, Retry-After, the rate limit's and the request id's. Credentials and cookies are
  /// never written, whatever stands here.
  std::vector<std::string> headers{};
};

/// A transport that sends what it is given by another one, and writes each exchange, secrets
/// removed, to a JSON file to read, to commit and to play back with a ReplayTransport.
///
/// In the file each secret is `~secret-1~`, `~secret-2~` and so on, the same one wherever it
/// stands; the number 1 is the first request's token. What is no secret by its name, its form or a
/// rule of the caller's own is written as it is: read the file before it is committed.
///
/// Nothing is on the disk before `save` or the destructor, and then all of it at once: a file of
/// the same name is replaced whole, or left as it is.
///
/// Copying: not copyable; share it by shared pointer. Cost: keeps every exchange in memory. Thread
/// safety: all members may be called from any thread; exchanges are written in the order in which
/// their requests began.
class SEGMENT_EXPORT RecordingTransport final : public http::Transport {
 public:
  /// \param path of the file to write; its folder has to be there.
  /// \param options how to record.
  /// \throws ConfigurationError where there is no such folder.
  explicit RecordingTransport(std::string path, RecordingOptions options = {});

  /// Writes what has not been saved, and nothing where nothing was recorded. An error is swallowed:
  /// call `save` to see it.
  ~RecordingTransport() override;

  /// Writes the file with every exchange that is finished.
  ///
  /// \throws ConfigurationError where it cannot be written; a file that was there is then
  /// unchanged.
  void save();

  /// Sends the request by the wrapped transport, and records what came of it. What that one throws
  /// is recorded as a failure, and let through.
  [[nodiscard]] http::Outcome send(const http::Request& request) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace segment::inline SEGMENT_ABI::testing
