#include "terminal/colour.hpp"

#include <cstdlib>

#include "terminal/terminal.hpp"

namespace segment::cli {

namespace {

std::string_view setting(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::string_view code_of(Colour colour) {
  switch (colour) {
    case Colour::red:
      return "\x1b[31m";
    case Colour::green:
      return "\x1b[32m";
    case Colour::yellow:
      return "\x1b[33m";
    case Colour::dim:
      return "\x1b[2m";
    case Colour::bold:
      break;
  }
  return "\x1b[1m";
}

}  // namespace

bool has_colours(Stream stream) {
  if (!setting("NO_COLOR").empty()) return false;
  const std::string_view forced = setting("CLICOLOR_FORCE");
  if (!forced.empty() && forced != "0") return true;
  if (setting("CLICOLOR") == "0" || setting("TERM") == "dumb") return false;
  return stream == Stream::output ? output_is_terminal() : error_is_terminal();
}

std::string coloured(std::string_view text, Colour colour, Stream stream) {
  if (!has_colours(stream)) return std::string(text);
  return std::string(code_of(colour)).append(text).append("\x1b[0m");
}

}  // namespace segment::cli
