// A source of a program that uses two versions of the library; compiled with the headers of each.

#include <segment/error.hpp>
#include <segment/types/secret.hpp>
#include <segment/types/timestamp.hpp>

#include <chrono>
#include <stdexcept>
#include <string>

std::string USE() {
  const segment::Json json = segment::Json::object({{"name", "web"}, {"enabled", true}});
  if (!json.contains("name")) throw std::logic_error("what was written was not read");
  const segment::Timestamp begin{std::chrono::system_clock::time_point{}};
  try {
    (void)segment::Token::from_environment("A_VARIABLE_THAT_IS_NOT_SET");
  } catch (const segment::ConfigurationError&) {
    return std::string(SEGMENT_PUBLIC_API_VERSION) + ' ' + begin.text();
  }
  return "an error was not caught";
}
