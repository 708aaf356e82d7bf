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

// The words as they were typed: bash splits them at these signs, `profile:staging` into three.
std::vector<std::string> joined(const std::vector<std::string>& words, std::size_t& taken) {
  std::vector<std::string> whole;
  bool goes_on = false;
  for (const std::string& word : words) {
    const bool is_sign = !word.empty() && word.find_first_not_of("=:") == std::string::npos;
    if (whole.empty() || !(is_sign || goes_on)) {
      whole.push_back(word);
      taken = 0;
    } else {
      taken = whole.back().size() + (is_sign ? word.size() : 0);
      whole.back() += word;
    }
    goes_on = is_sign;
  }
  return whole;
}

// `--output=js` is a flag whose value goes as far as `js`.
void split_last_word(TypedWords& typed) {
  const std::size_t equals = typed.word.find('=');
  if (typed.open_flag != nullptr || equals == std::string::npos) return;
  const CLI::Option* flag = flag_of(*typed.command, typed.word.substr(0, equals));
  if (flag == nullptr || !takes_a_value(*flag)) return;
  typed.open_flag = flag;
  typed.before = typed.word.substr(0, equals + 1);
  typed.word.erase(0, equals + 1);
}

}  // namespace

TypedWords read_typed(const CLI::App& program, const std::vector<std::string>& words) {
  TypedWords typed{.command = &program};
  if (words.empty()) return typed;
  const std::vector<std::string> whole = joined(words, typed.taken);
  for (std::size_t i = 0; i + 1 < whole.size(); ++i) take_word(typed, whole[i]);
  typed.word = whole.back();
  split_last_word(typed);
  return typed;
}

}  // namespace segment::cli
