#pragma once

#include "segment/api/resources.hpp"
#include "segment/client_options.hpp"

namespace segment {

class Tokens;

/// The way into a workspace: one accessor for each group of the API's resources.
///
/// To call a group's methods include its header, `segment/api/sources.hpp` for one, or all of them with
/// `segment/segment.hpp`.
///
/// Copying: cheap; all copies share one transport with its connections. Cost: no thread, and no
/// connection before the first call. Thread safety: every method of every copy may be called from any
/// thread.
class Client : public Resources {
 public:
  /// \param options at least a token, or a token provider.
  /// \throws ConfigurationError for options that cannot work; nothing is sent.
  explicit Client(ClientOptions options);

  /// The API has no calls for tokens: this is what can be found out about one.
  [[nodiscard]] Tokens tokens() const;
};

}  // namespace segment
