#include "commands/print_response.hpp"

#include "output/values.hpp"

namespace segment::cli {

bool is_for_people(Format format, const CallFlags& flags) {
  return format == Format::table && !flags.query;
}

void print_response(Output& output, Format format, const CallFlags& flags, const Json& document,
                    const Json& items) {
  if (const auto pointer = flags.pointer()) {
    return print_value(output, format, pointer->find_in(document));
  }
  const bool by_line = format == Format::jsonl || format == Format::csv;
  print_value(output, format, by_line ? items : document);
}

}  // namespace segment::cli
