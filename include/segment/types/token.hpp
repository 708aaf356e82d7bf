#pragma once

#include <functional>
#include <string>

#include "segment/types/secret.hpp"

namespace segment::inline SEGMENT_ABI {

/// A workspace's API token. It opens one workspace, in one region; a Workspace Owner makes it in
/// the Segment app. It cannot be printed, stands in no message of this library, and is wiped from
/// memory.
///
/// Copying: a copy is wiped on its own. Cost: one allocation. Thread safety: as `Secret`.
class SEGMENT_EXPORT Token : public Secret {
 public:
  /// No token: a client refuses to start with it.
  Token() noexcept = default;

  /// From text. White space around it is dropped.
  ///
  /// \param text the token; it is opaque, no prefix is asked for.
  /// \throws ConfigurationError when nothing is left, or when a control character, white space or a
  ///         byte outside ASCII stands inside, which would break the header it travels in.
  explicit Token(std::string text);

  /// From an environment variable.
  ///
  /// \param variable its name.
  /// \throws ConfigurationError when it is not set or does not hold a token.
  [[nodiscard]] static Token from_environment(const std::string& variable = "SEGMENT_TOKEN");

  /// From the first line of a file, for example a mounted secret.
  ///
  /// \param path the file's path.
  /// \throws ConfigurationError when it cannot be read, is larger than 64 KiB or does not hold a
  /// token.
  [[nodiscard]] static Token from_file(const std::string& path);
};

/// Called for the token before every attempt, so that a running server can change it. Called from
/// many threads at once; keep it quick, and keep the token yourself.
using TokenProvider = std::function<Token()>;

}  // namespace segment::inline SEGMENT_ABI
