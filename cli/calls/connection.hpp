#pragma once

#include <cstdint>
#include <memory>

#include "call/core.hpp"
#include "command_line/call_flags.hpp"

#if defined(SEGMENT_CLI_HAS_SANDBOX)
namespace segment::inline SEGMENT_ABI::sandbox {
class Sandbox;
}
#endif

namespace segment::cli {

/// Whether it is said on standard error what a long command waits for.
enum class Waits : std::uint8_t { silent, told };

/// The API that the commands call: Segment's, by the environment, or a sandbox of the program's
/// own.
///
/// Read from the environment: `SEGMENT_TOKEN`; `SEGMENT_REGION`, `us` or `eu`; `SEGMENT_BASE_URL`;
/// and, as curl reads them, `CURL_CA_BUNDLE`, `SSL_CERT_FILE` and `SSL_CERT_DIR`. One that is set
/// to nothing counts as not set.
class Connection {
 public:
  /// \throws ConfigurationError for an environment that says too little or what cannot be.
  explicit Connection(const CallFlags& flags, Waits waits = Waits::silent);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] const std::shared_ptr<const detail::Core>& core() const noexcept { return core_; }

 private:
#if defined(SEGMENT_CLI_HAS_SANDBOX)
  std::unique_ptr<sandbox::Sandbox> sandbox_;
#endif
  std::shared_ptr<const detail::Core> core_;
};

}  // namespace segment::cli
