#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "segment/operation.hpp"
#include "segment/schema.hpp"
#include "segment/types/json.hpp"

namespace CLI {
class App;
}

namespace segment::cli {

/// A flag for each member of a query or a body. A simple value is typed as it is, anything else as
/// JSON; a list is a flag for each of its values. What may be null in the API is set to null by
/// `--clear` and its name: no text that is typed as a value means null. `--from-file` reads a value
/// from a file.
class MemberFlags {
 public:
  /// Adds the flags of an operation to its command. If the command has a flag of that name already,
  /// the member's flag begins with its part of the input: `--body-query`.
  void add_to(CLI::App& command, const Operation& call);

  /// The flag of the member whose name the command's own flag has taken: `--body-query` of
  /// `--query`; empty if there is none.
  [[nodiscard]] std::string beside(const std::string& flag) const;

  /// Puts what was typed into an input, replacing what is there.
  ///
  /// \throws Malformed for a text that is not a value of its member's type, and if the input then
  ///        still lacks something that the operation requires.
  void put_into(Json& input) const;

 private:
  struct Flag {
    std::string name;               // as it is typed, with its dashes
    std::vector<std::string> path;  // `query`, `pagination`, `count`
    Schema type;
    bool required;  // with everything that contains it
    bool nullable;
    std::vector<std::string> typed{};
  };

  // An object whose members get flags.
  struct Place {
    Schema type;
    std::vector<std::string> path;  // of the input
    bool required;
    std::string_view owner{};   // the type that has its sentences, if that is another one
    std::string_view prefix{};  // and what precedes each member's name there
  };

  void add_members(CLI::App& command, const Place& place);
  void add_flag(CLI::App& command, const SchemaMember& member, const Place& place);
  void add_clear_flag(CLI::App& command);
  void add_file_flag(CLI::App& command);
  static void refuse_file_as_value(const Flag& flag);
  void put_files_into(Json& input) const;
  void clear_in(Json& input) const;
  void refuse_missing(const Json& input) const;

  std::deque<Flag> flags_;  // they do not move, because the parser writes into them
  std::vector<std::string> cleared_{};
  std::vector<std::string> files_{};  // `subject-ids=ids.txt`
};

}  // namespace segment::cli
