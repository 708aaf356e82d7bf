#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "command_line/call_flags.hpp"
#include "output/format.hpp"
#include "segment/client.hpp"
#include "segment/profile.hpp"

#if defined(SEGMENT_CLI_HAS_SANDBOX)
namespace segment::inline SEGMENT_ABI::sandbox {
class Sandbox;
}
#endif

namespace segment::cli {

/// Whether a long command says on standard error what it is waiting for.
enum class Waits : std::uint8_t { silent, reported };

/// The API that the commands call: Segment's, as the flags, the environment and a profile say
/// (`segment::Environment`), or a sandbox of the program's own.
class Connection {
 public:
  /// \throws ConfigurationError for an environment that lacks something or has an invalid value.
  explicit Connection(const CallFlags& flags, Waits waits = Waits::silent);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] const Client& client() const noexcept { return *client_; }
  /// What the environment and the profile say; empty with a sandbox.
  [[nodiscard]] const Environment& environment() const noexcept { return environment_; }
  /// The format to print in: that of the flag, otherwise the profile's, otherwise the usual one.
  [[nodiscard]] Format format(Format usual) const;

 private:
  [[nodiscard]] ClientOptions options_for(const CallFlags& flags);
  [[nodiscard]] ClientOptions options_from_environment(const CallFlags& flags);

#if defined(SEGMENT_CLI_HAS_SANDBOX)
  std::unique_ptr<sandbox::Sandbox> sandbox_;
#endif
  Environment environment_{};
  std::optional<Format> format_{};
  std::optional<Client> client_{};
};

}  // namespace segment::cli
