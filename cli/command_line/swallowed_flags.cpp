#include "command_line/swallowed_flags.hpp"

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>

#include "command_line/describe_command.hpp"
#include "command_line/typos.hpp"
#include "messages/errors.hpp"

namespace segment::cli {

namespace {

// A single dash means standard input, and a dash before a digit begins a number.
bool looks_like_a_flag(std::string_view typed) {
  return typed.size() > 1 && typed[0] == '-' && !(typed[1] >= '0' && typed[1] <= '9');
}

bool wants_a_value(const CLI::App& command, const std::string& flag) {
  const CLI::Option* option = command.get_option_no_throw(flag);
  return option != nullptr && takes_a_value(*option);
}

// A text that is not a flag of the command is not repeated, because it could be a secret.
[[noreturn]] void refuse(const CLI::App& command, const std::string& flag,
                         const std::string& value) {
  const std::string name = value.substr(0, value.find('='));
  const bool known = command.get_option_no_throw(name) != nullptr;
  throw Malformed(flag + " has no value, " + (known ? "but the flag " + name : "but a dash") +
                  " follows; a value that begins with a dash is written " + flag + "=-...");
}

}  // namespace

void refuse_swallowed_flags(const CLI::App& program, int argc, const char* const* argv) {
  const CLI::App& command = innermost_command(program);
  for (int i = 1; i < argc; ++i) {
    std::string flag = argv[i];
    if (flag == "--") return;
    if (!looks_like_a_flag(flag)) continue;
    const bool nothing_after_equals = flag.ends_with('=');
    if (nothing_after_equals) flag.pop_back();
    if (!wants_a_value(command, flag)) continue;
    if (nothing_after_equals) {
      throw Malformed(flag + "= has no value; an empty one is written " + flag + " ''");
    }
    if (i + 1 == argc) return;
    if (looks_like_a_flag(argv[++i])) refuse(command, flag, argv[i]);
  }
}

}  // namespace segment::cli
