#pragma once

/// \file
/// How a program reaches its workspace, told by environment variables and by a file of profiles:
///
///     client = segment::Client(segment::ClientOptions::from_environment());
///
/// The file is `segment/config.toml` in `$XDG_CONFIG_HOME`, else in `~/.config`. The command line
/// writes it (`segment configure`), and it is written by hand:
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

/// One profile of the file. A token comes from one place: of the four members that name one at most
/// one is there.
struct Profile {
  /// The token itself. A file that holds one must be readable for its owner alone.
  Token token{};
  /// An environment variable that holds it.
  std::string token_variable{};
  /// A file whose first line is the token; must be readable for its owner alone. A path that is
  /// relative begins at the folder of the profiles' file, `~/` at the home folder.
  std::string token_file{};
  /// A program that prints it, and its arguments. No shell is between.
  std::vector<std::string> token_command{};
  /// How long that program may take.
  std::chrono::seconds token_command_timeout{60};
  std::optional<Region> region{};
  /// Another address than the region's.
  std::string base_url{};
  /// How the command line prints what calls return.
  std::string output{};
};

/// The file of profiles.
struct ProfileFile {
  std::string path{};
  /// The one to use where none is named. Empty: none.
  std::string default_profile{};
  std::map<std::string, Profile> profiles{};
  /// Profiles that mean nothing, and why. Nothing of them is above; they hinder no other profile.
  std::map<std::string, std::string> broken{};
};

/// Where the file of profiles is looked for. Empty where neither `XDG_CONFIG_HOME` nor `HOME` says
/// so.
[[nodiscard]] SEGMENT_EXPORT std::string profile_file_path();

/// Reads a file of profiles; one that does not exist has none.
///
/// \param path empty: that of `profile_file_path`.
/// \throws ConfigurationError for a file that cannot be read or means nothing, a token that others
///         can read, and where this library was built without a reader of TOML. Of a profile that
///         means nothing `broken` says why.
[[nodiscard]] SEGMENT_EXPORT ProfileFile read_profile_file(std::string path = {});

/// Refuses a profile that could not be read again.
///
/// \throws ConfigurationError that says what is wrong with it.
SEGMENT_EXPORT void check_profile(const Profile& profile);

/// Writes it, with mode 0600 and atomically, and makes its folder. Comments in it are lost, and
/// profiles that are `broken` stay as they stand in the file.
///
/// \throws ConfigurationError where it cannot be written, and for a profile that could not be read
///         again; the file is what it was then.
SEGMENT_EXPORT void write_profile_file(const ProfileFile& file);

/// What environment variables and a profile say together: `SEGMENT_TOKEN`, `SEGMENT_REGION`,
/// `SEGMENT_BASE_URL`, each before what the profile says; `SEGMENT_PROFILE`, which names the
/// profile; and, as curl reads them, `CURL_CA_BUNDLE`, `SSL_CERT_FILE` and `SSL_CERT_DIR`. A
/// variable that is set to nothing counts as not set.
///
/// Copying: a value. Cost: small. Thread safety: as a struct.
struct Environment {
  /// Where the token comes from.
  enum class TokenSource : std::uint8_t { none, variable, profile, file, command };

  /// The profile's name; empty: there is none.
  std::string profile{};
  /// What the profile says; of variables that go before it nothing stands here.
  Profile settings{};
  TokenSource token_source = TokenSource::none;
  /// The variable or the file that the token comes from.
  std::string token_origin{};
  Region region = Region::us;
  /// Empty: the region's.
  std::string base_url{};
  /// The variables that go before what the profile says as well.
  std::vector<std::string> overriding{};

  /// Reads the variables and, where one is named, the profile. No token is fetched.
  ///
  /// \param profile its name; empty: that of `SEGMENT_PROFILE`, else the file's default.
  /// \throws ConfigurationError for a profile that does not exist, and for what means nothing.
  [[nodiscard]] static SEGMENT_EXPORT Environment read(std::string_view profile = {});

  /// Fetches the token: runs the profile's command, where it has one. What that says on standard
  /// error is shown, what it prints never.
  ///
  /// \throws ConfigurationError where there is none, with what to do.
  [[nodiscard]] SEGMENT_EXPORT Token token() const;

  /// Where the token comes from, for people: `the environment variable SEGMENT_TOKEN`.
  [[nodiscard]] SEGMENT_EXPORT std::string token_source_text() const;

  /// The options of a client that is set up so; with the token.
  [[nodiscard]] SEGMENT_EXPORT ClientOptions client_options() const;

  /// The same without a token.
  [[nodiscard]] SEGMENT_EXPORT ClientOptions client_options_without_token() const;
};

}  // namespace segment::inline SEGMENT_ABI
