#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "output/format.hpp"
#include "output/pointer.hpp"
#include "segment/call_options.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace segment::cli {

/// Whether a request is sent, or how it is shown instead.
enum class DryRun : std::uint8_t {
  off,
  request,  ///< as HTTP has it
  curl,     ///< as a command line of curl's
};

/// How a call is made: the flags that every command which calls the API has. Kept as they were
/// typed.
struct CallFlags {
  std::optional<std::string> timeout{};
  std::optional<std::string> attempts{};
  std::optional<std::string> version{};
  std::optional<std::string> masked_secrets{};
  std::optional<std::string> short_lists{};
  std::optional<std::string> ca_file{};
  std::optional<std::string> profile{};
  std::optional<std::string> output{};
  std::optional<std::string> query{};
  bool sandbox = false;
  bool verbose = false;
  bool yes = false;
  DryRun dry_run = DryRun::off;

  /// What they mean for one call.
  ///
  /// \throws Malformed for a value that makes no sense.
  [[nodiscard]] CallOptions call_options() const;

  /// What `--output` says.
  ///
  /// \throws Malformed for an unknown format.
  [[nodiscard]] std::optional<Format> format() const;

  /// What `--query` says.
  ///
  /// \throws Malformed for a text that is not a JSON pointer.
  [[nodiscard]] std::optional<JsonPointer> pointer() const;
};

/// Adds the flags to a command.
void add_call_flags(CLI::App& command, CallFlags& flags);

/// Adds `--output` and `--query`.
void add_output_flags(CLI::App& command, CallFlags& flags);

/// Adds `--dry-run` and `--curl`.
void add_dry_run_flags(CLI::App& command, CallFlags& flags);

/// Adds `--yes`, for what deletes.
void add_yes_flag(CLI::App& command, CallFlags& flags);

/// Adds `--version`, which asks for a version of the API.
void add_version_flag(CLI::App& command, CallFlags& flags);

/// Adds `--masked-secrets`, for what sends a body.
void add_masked_secrets_flag(CLI::App& command, CallFlags& flags);

/// Adds `--short-lists`, for lists in pages.
///
/// \param usual what the command does without it.
void add_short_lists_flag(CLI::App& command, CallFlags& flags,
                          ShortLists usual = ShortLists::report);

/// Refuses an empty value, which comes from a variable that a script has not set.
void refuse_empty(CLI::Option& option);

}  // namespace segment::cli
