#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace segment::cli {

/// What was typed before the word to complete, as the parser would read it.
struct TypedWords {
  const CLI::App* command = nullptr;           // the innermost one
  std::vector<std::string> arguments{};        // without flags, of that command
  std::map<std::string, std::string> flags{};  // with their values; empty without one
  const CLI::Option* open_flag = nullptr;      // whose value the word is; null if it is not a value
  std::string word{};                          // to complete, as far as it was typed
  std::string before{};                        // what precedes it in the same word: `--output=`
  std::size_t taken = 0;  // how much of both the shell takes for words of their own
};

/// \param words what follows the program's name, the last of them being completed. As in bash, an
///        equals sign or a colon may be a word of its own.
[[nodiscard]] TypedWords read_typed(const CLI::App& program, const std::vector<std::string>& words);

}  // namespace segment::cli
