#include "messages/warnings.hpp"

#include <cstdio>
#include <string>

namespace segment::cli {

void warn_of_short_list(const SchemaMismatch& schema_mismatch) {
  if (schema_mismatch.kind != SchemaMismatch::Kind::short_list) return;
  std::string line = "warning: " + std::string(schema_mismatch.operation) + ": ";
  line += std::string(schema_mismatch.detail) + "; the token may not see the others\n";
  std::fputs(line.c_str(), stderr);
}

}  // namespace segment::cli
