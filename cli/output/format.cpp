#include "output/format.hpp"

#include <utility>

#include "messages/errors.hpp"

namespace segment::cli {

Format format_named(std::string_view name) {
  constexpr std::pair<std::string_view, Format> formats[] = {{"table", Format::table},
                                                             {"json", Format::json},
                                                             {"jsonl", Format::jsonl},
                                                             {"csv", Format::csv},
                                                             {"yaml", Format::yaml}};
  for (const auto& [known, format] : formats) {
    if (known == name) return format;
  }
  throw Malformed("--output must be table, json, jsonl, csv or yaml");
}

}  // namespace segment::cli
