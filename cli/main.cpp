#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <string_view>

#include "calls/dry_run.hpp"
#include "command_line/help.hpp"
#include "command_line/parse_errors.hpp"
#include "command_line/swallowed_flags.hpp"
#include "commands/commands.hpp"
#include "messages/errors.hpp"
#include "messages/wording.hpp"
#include "output/output.hpp"
#include "segment/version.hpp"

namespace segment::cli {

namespace {

constexpr auto footer =
    "Environment, which takes precedence over the profile:\n"
    "  SEGMENT_TOKEN     the workspace's API token\n"
    "  SEGMENT_REGION    us (the default) or eu\n"
    "  SEGMENT_BASE_URL  another address; plain http for this machine only\n"
    "  SEGMENT_PROFILE   the profile to use: see segment configure\n"
    "  CURL_CA_BUNDLE, or SSL_CERT_FILE and SSL_CERT_DIR\n"
    "                    the authorities to trust, as for curl;\n"
    "                    --ca-file takes precedence\n"
    "  NO_COLOR, CLICOLOR, CLICOLOR_FORCE\n"
    "                    whether there are colours\n"
    "\n"
    "Exit codes: 0 success, 2 malformed command or input, 3 configuration, 4 401 or 403, 5 404, "
    "6 any other 4xx, 7 429, 8 5xx, 9 network, TLS or timeout, 10 an unreadable response, "
    "1 anything else.";

void build(CLI::App& program, Action& action) {
  program.require_subcommand(1);
  program.set_version_flag("--version", "segment " SEGMENT_PUBLIC_API_VERSION);
  program.footer(footer);
  program.formatter(std::make_shared<Help>());  // which commands inherit
  add_call_command(program, action);
  add_operations_command(program, action);
  add_workspace_command(program, action);
  add_insight_commands(program, action);
  add_configure_command(program, action);
  add_whoami_command(program, action);
  add_completion_command(program, action);
  add_man_command(program, action);
  add_group_commands(program, action);
  add_source_questions(program, action);
}

// `--help --all` is all of it.
CLI::AppFormatMode help_mode(int argc, const char* const* argv) {
  const auto is_all = [](const char* argument) { return std::string_view(argument) == "--all"; };
  return std::any_of(argv, argv + argc, is_all) ? CLI::AppFormatMode::All
                                                : CLI::AppFormatMode::Normal;
}

// False if help or the version was asked for, and printed.
bool understood(CLI::App& program, int argc, const char* const* argv) {
  Output output;
  try {
    program.parse(argc, argv);
    refuse_swallowed_flags(program, argc, argv);
    return true;
  } catch (const CLI::CallForHelp&) {
    output.write(program.help("", help_mode(argc, argv)));
  } catch (const CLI::CallForVersion& version) {
    output.line(version.what());
  } catch (const CLI::ParseError& error) {
    refuse_swallowed_flags(program, argc, argv);  // what follows from one would mislead
    throw Malformed(what_is_wrong(program, error) + "; --help says what can be typed");
  }
  output.flush();
  return false;
}

void run(int argc, const char* const* argv) {
  CLI::App program(
      "The Segment Public API on the command line.\n"
      "Without an account: segment sources list --sandbox",
      "segment");
  Action action;
  build(program, action);
  if (asks_for_candidates(argc, argv)) {
    print_candidates(program, argc, argv);
  } else if (understood(program, argc, argv)) {
    action();
  }
  Output{}.flush();
}

int complain(const std::string& message, int code) {
  std::fputs((error_line(in_words_of_the_command_line(message)) + "\n").c_str(), stderr);
  return code;
}

// Flushes what a dry run has shown.
int flushed() {
  try {
    Output{}.flush();
    return exit_success;
  } catch (const ReaderGone&) {
    return exit_success;
  } catch (const std::exception& error) {
    return complain(error.what(), exit_other);
  }
}

int guarded(int argc, const char* const* argv) {
  try {
    run(argc, argv);
    return exit_success;
  } catch (const ReaderGone&) {
    return exit_success;
  } catch (const Shown&) {
    return flushed();
  } catch (const Differs&) {
    return exit_other;
  } catch (const std::exception& error) {
    return complain(error.what(), exit_code(error));
  } catch (...) {
    return complain("something unknown went wrong", exit_other);
  }
}

// A socket would take the number of a closed stream, and then get what is written to the stream.
// What takes its place is opened the wrong way round, so that using it is still an error.
void occupy_closed_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(stream, F_GETFD) >= 0) continue;
    static_cast<void>(::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY));
  }
}

}  // namespace

}  // namespace segment::cli

int main(int argc, char** argv) {
  segment::cli::occupy_closed_streams();
  // If the reader goes away, a write fails, and that is handled there.
  std::signal(SIGPIPE, SIG_IGN);
  return segment::cli::guarded(argc, argv);
}
