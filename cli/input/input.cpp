#include "input/input.hpp"

#include <algorithm>
#include <charconv>

#include "input/files.hpp"
#include "messages/errors.hpp"
#include "segment/helpers/text.hpp"
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

namespace {

// People who edit the text look for a line, not for a byte.
std::string with_line(const std::string& message, std::string_view text) {
  constexpr std::string_view before = "from byte ";
  const std::size_t begin = message.find(before);
  if (begin == message.npos || text.find('\n') == text.npos) return message;
  std::size_t byte = 0;
  const char* digits = message.data() + begin + before.size();
  std::from_chars(digits, message.data() + message.size(), byte);
  const std::string_view read = text.substr(0, std::min(byte, text.size()));
  const auto line = 1 + std::ranges::count(read, '\n');
  return message.substr(0, begin) + "from line " + std::to_string(line) + " on";
}

[[noreturn]] void refuse_part(const std::string& name) {
  throw Malformed("the input's member \"" + name +
                  "\" is not path, query or body; it belongs in one of them: {\"body\": {\"" +
                  name + "\": ...}}");
}

std::string file_named(const std::string& source) {
  if (source.starts_with('{') || source.starts_with('[')) {
    throw Malformed("--input takes the name of a file, or - for standard input, not JSON");
  }
  return "the input file " + one_line(source);
}

}  // namespace

Json parse_json(const std::string& text, const std::string& what) {
  if (text.find_first_not_of(" \t\r\n") == text.npos) throw Malformed(what + " is empty");
  try {
    return parse_strict(text);
  } catch (const InvalidJsonError& error) {
    throw Malformed(what + " names " + dotted(error.findings().front().pointer) + " twice");
  } catch (const DecodeError& error) {  // about the input, not about a response
    throw Malformed(what + " is not JSON: " + with_line(error.what(), text));
  }
}

Json read_input(const std::string& source) {
  const Json input = parse_json(read_text(source, file_named(source)), "the input");
  if (!input.is_object()) {
    throw Malformed(
        "the input is not a JSON object; it looks like "
        R"({"path": {}, "query": {}, "body": {}})");
  }
  for (const auto& [name, part] : input.as_object()) {
    if (name != "path" && name != "query" && name != "body") {
      refuse_part(name);
    }
    if (!part.is_object()) throw Malformed("the input's " + name + " is not a JSON object");
  }
  return input;
}

}  // namespace segment::cli
