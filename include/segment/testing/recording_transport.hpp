#pragma once

#include <memory>
#include <string>
#include <vector>

#include "segment/http/transport.hpp"
#include "segment/testing/redaction.hpp"

namespace segment::inline SEGMENT_ABI::testing {

/// Options of a RecordingTransport. All are optional.
///
/// Copying: a value; copies share the transport. Cost: small. Thread safety: as a struct.
struct RecordingOptions {
  /// Sends the requests. Null: a libcurl transport with default options.
  std::shared_ptr<http::Transport> transport{};
  /// What is a secret beside what is known to be one.
  Redaction redaction{};
  /// Names of headers to write beside those that the library reads: Accept, Content-Type, Date,
  /// Location, Retry-After, the rate limit's and the request id's. Credentials and cookies are
  /// never written, even if named here.
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
  /// \param path of the file to write; its folder has to be there.
  /// \param options how to record.
  /// \throws ConfigurationError where there is no such folder.
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

}  // namespace segment::inline SEGMENT_ABI::testing
