#include "messages/warnings.hpp"

#include <cstdio>
#include <string>

#include "messages/deprecation.hpp"
#include "segment/helpers/text.hpp"
#include "terminal/colour.hpp"

namespace segment::cli {

void warn(std::string_view message) {
  std::string line = coloured("warning:", Colour::yellow, Stream::error) + " ";
  std::fputs(line.append(one_line(std::string(message))).append("\n").c_str(), stderr);
}

void warn_if_deprecated(const Operation& operation) {
  const std::string message = deprecation_of(operation);
  if (!message.empty()) warn(message);
}

void warn_of_short_list(const SchemaMismatch& schema_mismatch) {
  if (schema_mismatch.kind != SchemaMismatch::Kind::short_list) return;
  std::string message(schema_mismatch.operation);
  message.append(": ").append(schema_mismatch.detail);
  warn(message + "; the token may not see the others");
}

}  // namespace segment::cli
