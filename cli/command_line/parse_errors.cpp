#include "command_line/parse_errors.hpp"

#include <CLI/CLI.hpp>
#include <string_view>

#include "command_line/typos.hpp"

namespace segment::cli {

namespace {

// The flag that the parser's message is about: `--count: 1 required INTEGER missing`, and
// `Could not convert: --all = x`.
const CLI::Option* flag_in(const CLI::App& command, std::string_view message) {
  const std::size_t begin = message.find('-');
  if (begin == message.npos) return nullptr;
  message.remove_prefix(begin);
  return command.get_option_no_throw(std::string(message.substr(0, message.find_first_of(": ="))));
}

std::string what_is_missing(const CLI::App& program, const CLI::ParseError& error) {
  // For a word that is not a command, the parser says only that a command is required.
  if (!program.remaining(true).empty()) return what_is_unknown(program);
  const CLI::App& command = innermost_command(program);
  const bool lacks_command =
      command.get_require_subcommand_min() > 0 && command.get_subcommands().empty();
  if (lacks_command) return words_of(command) + " needs a command";
  return error.what();
}

}  // namespace

std::string what_is_wrong(const CLI::App& program, const CLI::ParseError& error) {
  const bool is_extra = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
  if (is_extra) return what_is_unknown(program);
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    return what_is_missing(program, error);
  }
  const CLI::Option* flag = flag_in(innermost_command(program), error.what());
  if (flag == nullptr) return error.what();
  const std::string name = flag->get_name();
  if (flag->get_items_expected_max() == 0) return name + " takes no value";
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) == nullptr) return error.what();
  return flag->count() > 1 ? name + " was given " + std::to_string(flag->count()) + " times"
                           : name + " needs a value";
}

}  // namespace segment::cli
