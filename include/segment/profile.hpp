#pragma once

/// \file
/// How a program reaches its workspace, according to environment variables and a file of profiles:
///
///     client = segment::Client(segment::ClientOptions::from_environment());
///
/// The file is `segment/config.toml` in `$XDG_CONFIG_HOME`, or else in `~/.config`. `segment
/// configure` writes it, or you write it by hand:
///
/// \verbatim
/// default_profile = "production"
///
/// [profiles.production]
/// region = "eu"
/// token_command = ["pass", "show", "segment/production"]
///
/// [profiles.staging]
/// token_file = "staging.token"
/// output = "json"
/// \endverbatim

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "segment/client_options.hpp"

namespace segment::inline SEGMENT_ABI {

/// The region of this name, `us` or `eu` in any case; nothing for any other name.
[[nodiscard]] SEGMENT_EXPORT std::optional<Region> parse_region(std::string_view name) noexcept;

/// One profile of the file. A token comes from one place: at most one of the four members that name
/// one is set.
struct Profile {
  /// The token itself. A file that contains one must be readable by its owner only.
  Token token{};
  /// An environment variable that contains it.
  std::string token_variable{};
  /// A file whose first line is the token; must be readable by its owner only. A relative path
  /// starts at the folder of the profiles' file, `~/` at the home folder.
  std::string token_file{};
  /// A program that prints it, and its arguments. It runs without a shell.
  std::vector<std::string> token_command{};
  /// How long that program may take.
  std::chrono::seconds token_command_timeout{60};
  std::optional<Region> region{};
  /// An address other than the region's.
  std::string base_url{};
  /// The output format of the command line.
  std::string output{};

  /// Whether one of the four members names a token.
  [[nodiscard]] SEGMENT_EXPORT bool has_token() const noexcept;
};

/// The file of profiles.
struct ProfileFile {
  std::string path{};
  /// The one to use if none is named. Empty: none.
  std::string default_profile{};
  std::map<std::string, Profile> profiles{};
  /// Invalid profiles, and why they are invalid. They are not among the profiles above and do not
  /// affect them.
  std::map<std::string, std::string> invalid{};
  /// Identifies the content that was read, so that `write_profile_file` notices what others have
  /// written since. Empty: the file was not read.
  std::string content_id{};
};

/// The path of the file of profiles. Empty if neither `XDG_CONFIG_HOME` nor `HOME` is set.
[[nodiscard]] SEGMENT_EXPORT std::string profile_file_path();

/// Reads a file of profiles. A file that does not exist has none.
///
/// \param path empty: that of `profile_file_path`.
/// \throws ConfigurationError for a file that is unreadable or invalid, for a token that others can
///         read, and if this library was built without TOML support. An invalid profile is no
///         error: see `invalid`.
[[nodiscard]] SEGMENT_EXPORT ProfileFile read_profile_file(std::string path = {});

/// Refuses a profile that could not be read back.
///
/// \throws ConfigurationError that says what is wrong with it.
SEGMENT_EXPORT void check_profile(const Profile& profile);

/// Writes the file atomically, with mode 0600, and creates its folder. Comments in the file are
/// lost, and `invalid` profiles stay as they are in the file. If the path is a symbolic link, the
/// file that it points to is written. Two processes that write at the same time do so one after the
/// other.
///
/// \param file after `read_profile_file`, overwrites only what was read then; with an empty
///        `content_id`, whatever there is. Its `content_id` becomes that of what was written.
/// \throws ConfigurationError if it cannot be written, for a name or a profile that could not be
///         read back, and if the file has changed since it was read: read it again, and make your
///         changes there. The file is then unchanged.
SEGMENT_EXPORT void write_profile_file(ProfileFile& file);

/// The combined settings of environment variables and a profile: `SEGMENT_TOKEN`, `SEGMENT_REGION`
/// and `SEGMENT_BASE_URL`, each taking precedence over the profile; `SEGMENT_PROFILE`, which names
/// the profile; and `CURL_CA_BUNDLE`, `SSL_CERT_FILE` and `SSL_CERT_DIR`, read as curl does. A
/// variable with an empty value counts as not set.
struct Environment {
  /// Where the token comes from.
  enum class TokenSource : std::uint8_t { none, variable, profile, file, command };

  /// The profile's name; empty if there is none.
  std::string profile{};
  /// The profile's settings, without the variables that override them.
  Profile settings{};
  TokenSource token_source = TokenSource::none;
  /// The variable or the file that the token comes from.
  std::string token_origin{};
  Region region = Region::us;
  /// Empty: the region's.
  std::string base_url{};
  /// The variables that override the profile.
  std::vector<std::string> overriding{};

  /// Reads the variables and, if one is named, the profile. Does not fetch the token.
  ///
  /// \param profile its name; empty: that of `SEGMENT_PROFILE`, or else the file's default.
  /// \throws ConfigurationError for a profile that does not exist, and for invalid values.
  [[nodiscard]] static SEGMENT_EXPORT Environment read(std::string_view profile = {});

  /// Fetches the token: runs the profile's command, if it has one. The command's standard error is
  /// shown, its standard output never.
  ///
  /// \throws ConfigurationError if there is none; it says what to do.
  [[nodiscard]] SEGMENT_EXPORT Token token() const;

  /// Where the token comes from, in words: `the environment variable SEGMENT_TOKEN`.
  [[nodiscard]] SEGMENT_EXPORT std::string token_source_text() const;

  /// The options of a client with these settings, including the token.
  [[nodiscard]] SEGMENT_EXPORT ClientOptions client_options() const;

  /// The same without a token.
  [[nodiscard]] SEGMENT_EXPORT ClientOptions client_options_without_token() const;
};

}  // namespace segment::inline SEGMENT_ABI
