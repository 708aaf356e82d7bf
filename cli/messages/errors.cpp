#include "messages/errors.hpp"

#include <string_view>

#include "segment/error.hpp"
#include "segment/helpers/text.hpp"
#include "terminal/colour.hpp"

namespace segment::cli {

namespace {

ExitCode code_of_status(int status) {
  if (status == 401 || status == 403) return exit_not_allowed;
  if (status == 429) return exit_rate_limited;
  if (status >= 400 && status < 500) return exit_refused;
  if (status >= 500 && status < 600) return exit_server_failed;
  return exit_other;
}

template <class Type>
bool is(const std::exception& error) {
  return dynamic_cast<const Type*>(&error) != nullptr;
}

}  // namespace

ExitCode exit_code(const std::exception& error) {
  if (is<NotFoundError>(error)) return exit_not_found;  // also if null says so instead of a status
  if (const auto* said_no = dynamic_cast<const ApiError*>(&error)) {
    return code_of_status(said_no->status());
  }
  if (is<Malformed>(error) || is<InvalidArgumentError>(error)) return exit_malformed;
  if (is<ConfigurationError>(error)) return exit_configuration;
  if (is<LocalLimitError>(error)) return exit_rate_limited;
  if (is<TransportError>(error)) return exit_no_answer;
  if (is<DecodeError>(error)) return exit_unreadable;
  return exit_other;
}

// Control characters, which could play tricks with a terminal, become a space.
std::string error_line(std::string_view message) {
  std::string line = coloured("error:", Colour::red, Stream::error) + " ";
  for (const char c : one_line(std::string(message))) {
    if (c != ' ' || !line.ends_with(' ')) line += c;
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace segment::cli
