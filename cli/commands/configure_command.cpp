#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "command_line/call_flags.hpp"
#include "commands/commands.hpp"
#include "input/files.hpp"
#include "input/toml_comments.hpp"
#include "messages/errors.hpp"
#include "messages/warnings.hpp"
#include "output/format.hpp"
#include "output/output.hpp"
#include "segment/error.hpp"
#include "segment/profile.hpp"
#include "terminal/prompt.hpp"

namespace segment::cli {

namespace {

struct ConfigureArguments {
  std::string profile{};
  std::optional<std::string> region{};
  std::optional<std::string> base_url{};
  std::optional<std::string> output{};
  std::optional<std::string> token_variable{};
  std::optional<std::string> token_file{};
  std::vector<std::string> token_command{};
  bool with_token = false;
  bool make_default = false;
  Token token{};  // that was read or typed
};

constexpr auto usual_profile = "default";

bool says_token(const ConfigureArguments& given) {
  return given.with_token || given.token_variable || given.token_file ||
         !given.token_command.empty();
}

Region region_of(const std::string& name) {
  if (const auto region = parse_region(name)) return *region;
  throw Malformed("--region must be us or eu");
}

std::string first_line_of_input() {
  std::string line;
  std::getline(std::cin, line);
  return line;
}

void clear_token(Profile& profile) {
  profile.token = Token();
  profile.token_variable.clear();
  profile.token_file.clear();
  profile.token_command.clear();
}

void refuse_several_tokens(const ConfigureArguments& given) {
  const int sources = (given.with_token ? 1 : 0) + (given.token_variable ? 1 : 0) +
                      (given.token_file ? 1 : 0) + (given.token_command.empty() ? 0 : 1);
  if (sources > 1) {
    throw Malformed(
        "a token has one source: use one of --with-token, --token-variable, --token-file and "
        "--token-command");
  }
}

void set_token(Profile& profile, const ConfigureArguments& given) {
  if (!says_token(given) && given.token.empty()) return;
  clear_token(profile);
  profile.token = given.token;
  if (given.token_variable) profile.token_variable = *given.token_variable;
  if (given.token_file) profile.token_file = *given.token_file;
  profile.token_command = given.token_command;
}

void apply(Profile& profile, const ConfigureArguments& given) {
  if (given.region) profile.region = region_of(*given.region);
  if (given.base_url) profile.base_url = *given.base_url;
  if (given.output) {
    static_cast<void>(format_named(*given.output));
    profile.output = *given.output;
  }
  set_token(profile, given);
}

// What the flags leave open, if somebody is there to say it.
void ask_for_rest(const Profile& profile, ConfigureArguments& given) {
  if (!says_token(given)) {
    const std::string kept = profile.has_token() ? " (press Enter to keep the current one)" : "";
    std::string typed = ask_unseen("The workspace's API token" + kept + ":");
    if (!typed.empty()) given.token = Token(std::move(typed));
  }
  if (!given.region && profile.base_url.empty()) {
    const std::string usual(to_string(profile.region.value_or(Region::us)));
    const std::string typed = ask("Region, us or eu [" + usual + "]:");
    if (!typed.empty()) given.region = typed;
  }
}

// Before it is written: every command after it would fail.
void refuse_unreadable(const Profile& profile) {
  try {
    check_profile(profile);
  } catch (const ConfigurationError& error) {
    throw Malformed(std::string("nothing was written: ") + error.what());
  }
}

void choose_profile(ConfigureArguments& given, const ProfileFile& file) {
  if (!given.profile.empty()) return;
  given.profile = file.default_profile.empty() ? usual_profile : file.default_profile;
  if (!can_ask() || says_token(given)) return;
  const std::string typed = ask("Profile [" + given.profile + "]:");
  if (!typed.empty()) given.profile = typed;
}

// Before the file is written, because every command after that would fail.
void require_usable(const Profile& profile) {
  if (!profile.has_token()) {
    throw Malformed(
        "the profile needs a token: pipe it in with --with-token, or say where it comes from with "
        "--token-command, --token-file or --token-variable");
  }
  refuse_unreadable(profile);
}

void change_profile(ProfileFile& file, const ConfigureArguments& given) {
  file.invalid.erase(given.profile);
  Profile& profile = file.profiles[given.profile];
  apply(profile, given);
  require_usable(profile);
  if (given.make_default || file.default_profile.empty()) file.default_profile = given.profile;
}

// Somebody else may write the file in the meantime: the change is then made to what they wrote.
void write_change(ProfileFile& file, const ConfigureArguments& given) {
  for (;;) {
    change_profile(file, given);
    try {
      return write_profile_file(file);
    } catch (const ConfigurationError&) {
      ProfileFile present = read_profile_file(file.path);
      if (present.content_id == file.content_id) throw;
      file = std::move(present);
    }
  }
}

std::vector<std::string> what_is_lost(const ProfileFile& file, const std::string& profile) {
  std::vector<std::string> lost;
  if (const auto invalid = file.invalid.find(profile); invalid != file.invalid.end()) {
    lost.push_back("the profile " + profile +
                   " was rewritten, because it was invalid: " + invalid->second);
  }
  const auto text = file.path.empty() ? std::nullopt : read_text_if_there(file.path);
  if (text && has_comment(*text)) {
    lost.push_back("the comments in " + file.path + " were lost: configure does not keep them");
  }
  return lost;
}

void run_configure(ConfigureArguments given) {
  refuse_several_tokens(given);
  ProfileFile file = read_profile_file();
  choose_profile(given, file);
  if (given.with_token) given.token = Token(first_line_of_input());
  Profile profile = file.profiles[given.profile];
  apply(profile, given);  // what is wrong with a flag shows before the questions
  if (can_ask()) ask_for_rest(profile, given);
  const std::vector<std::string> lost = what_is_lost(file, given.profile);
  write_change(file, given);
  for (const std::string& each : lost) warn(each);
  std::string line = "The profile " + given.profile + " is in " + file.path;
  if (file.default_profile == given.profile) line += " and is the default";
  Output{}.line(line + ".");
}

void add_token_flags(CLI::App& command, ConfigureArguments& given) {
  command.add_flag("--with-token", given.with_token,
                   "Read the token from standard input, and keep it in the file");
  command
      .add_option("--token-command", given.token_command,
                  "A program that prints the token, and its arguments, one flag per word")
      ->type_name("WORD")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
  command.add_option("--token-file", given.token_file, "A file that contains the token")
      ->type_name("FILE");
  command
      .add_option("--token-variable", given.token_variable, "A variable that contains the token")
      ->type_name("NAME");
}

}  // namespace

void add_configure_command(CLI::App& program, Action& action) {
  const auto given = std::make_shared<ConfigureArguments>();
  CLI::App& command = *program.add_subcommand(
      "configure", "Write a profile: how to reach a workspace, and where its token comes from");
  refuse_empty(*command
                    .add_option("--profile", given->profile,
                                "The profile to write (default: the default one)")
                    ->type_name("NAME"));
  add_token_flags(command, *given);
  command.add_option("--region", given->region, "The region of the workspace")->type_name("us|eu");
  command.add_option("--base-url", given->base_url, "An address other than the region's")
      ->type_name("URL");
  command.add_option("--output", given->output, "How this profile's commands print results")
      ->type_name("table|json|jsonl|csv|yaml");
  command.add_flag("--default", given->make_default, "Use it if no profile is named");
  command.footer(
      "On a terminal it asks for what the flags leave open; the token is not shown. The file is "
      "written with mode 0600.");
  command.callback([&action, given] { action = [given] { run_configure(*given); }; });
}

}  // namespace segment::cli
