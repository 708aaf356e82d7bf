#pragma once

#include <optional>
#include <string>

#include "segment/call_options.hpp"

namespace CLI {
class App;
}

namespace segment::cli {

/// How a call is made: the flags that every command which calls the API has. Kept as they were
/// typed.
struct CallFlags {
  std::optional<std::string> timeout{};
  std::optional<std::string> attempts{};
  std::optional<std::string> version{};
  std::optional<std::string> masked_secrets{};
  std::optional<std::string> short_lists{};
  std::optional<std::string> ca_file{};
  bool sandbox = false;
  bool verbose = false;

  /// What they mean for one call.
  ///
  /// \throws Malformed for a value that makes no sense.
  [[nodiscard]] CallOptions call_options() const;
};

/// Adds the flags to a command.
void add_call_flags(CLI::App& command, CallFlags& flags);

/// Adds `--version`, which asks for a version of the API.
void add_version_flag(CLI::App& command, CallFlags& flags);

/// Adds `--masked-secrets`, for what sends a body.
void add_masked_secrets_flag(CLI::App& command, CallFlags& flags);

/// Adds `--short-lists`, for lists in pages.
void add_short_lists_flag(CLI::App& command, CallFlags& flags);

}  // namespace segment::cli
