#include "completion/typed.hpp"

#include <CLI/CLI.hpp>

#include "command_line/describe_command.hpp"

namespace segment::cli {

namespace {

const CLI::Option* flag_of(const CLI::App& command, const std::string& name) {
  return name.starts_with("-") ? command.get_option_no_throw(name) : nullptr;
}

void take_word(TypedWords& typed, const std::string& word) {
  if (typed.open_flag != nullptr) {
    if (word == "=") return;  // bash takes it for a word of its own
    typed.flags[typed.open_flag->get_name()] = word;
    typed.open_flag = nullptr;
    return;
  }
  const std::size_t equals = word.find('=');
  const CLI::Option* flag = flag_of(*typed.command, word.substr(0, equals));
  if (flag != nullptr) {
    if (equals != std::string::npos) {
      typed.flags[flag->get_name()] = word.substr(equals + 1);
    } else if (takes_a_value(*flag)) {
      typed.open_flag = flag;
    } else {
      typed.flags[flag->get_name()];
    }
    return;
  }
  if (const CLI::App* subcommand = command_called(*typed.command, word)) {
    typed.command = subcommand;
    typed.arguments.clear();
  } else {
    typed.arguments.push_back(word);
  }
}

}  // namespace

TypedWords read_typed(const CLI::App& program, const std::vector<std::string>& words) {
  TypedWords typed{.command = &program};
  if (words.empty()) return typed;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) take_word(typed, words[i]);
  typed.word = words.back() == "=" && typed.open_flag != nullptr ? "" : words.back();
  return typed;
}

}  // namespace segment::cli
