#include "input/input.hpp"

#include "input/files.hpp"
#include "messages/errors.hpp"
#include "segment/strict_reading.hpp"

namespace segment::cli {

std::string dotted(std::string_view pointer) {
  std::string path;
  for (std::size_t i = 1; i < pointer.size(); ++i) {
    const char next = i + 1 < pointer.size() ? pointer[i + 1] : ' ';
    if (pointer[i] == '~' && (next == '0' || next == '1')) {
      path += next == '0' ? '~' : '/';
      ++i;
    } else {
      path += pointer[i] == '/' ? '.' : pointer[i];
    }
  }
  return path;
}

Json parse_json(const std::string& text, const std::string& what) {
  try {
    return parse_strict(text);
  } catch (const InvalidJsonError& error) {
    throw Malformed(what + " names " + dotted(error.findings().front().pointer) + " twice");
  } catch (const DecodeError& error) {  // of what was given, not of a response
    throw Malformed(what + " is not JSON: " + error.what());
  }
}

Json read_input(const std::string& source) {
  const Json input = parse_json(read_text(source, "the input file"), "the input");
  if (!input.is_object()) {
    throw Malformed(
        "the input is not a JSON object; it looks like "
        R"({"path": {}, "query": {}, "body": {}})");
  }
  for (const auto& [name, part] : input.as_object()) {
    if (name != "path" && name != "query" && name != "body") {
      throw Malformed("the input's member \"" + name + "\" is none of path, query, body");
    }
    if (!part.is_object()) throw Malformed("the input's " + name + " is not a JSON object");
  }
  return input;
}

}  // namespace segment::cli
