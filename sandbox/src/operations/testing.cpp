#include <algorithm>
#include <string>

#include "operations/registry.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

// However long a delay is requested, no client waits longer than this.
constexpr std::int64_t longest_delay = 60'000;

bool is_set(const Call& call, std::string_view name) {
  const Json* flag = call.query.find(name);
  return flag != nullptr && flag->as_bool();
}

// Everything except secrets, whatever their names.
Json echoed_headers(const Call& call) {
  Json headers = Json::object();
  for (const auto& [name, value] : call.request.headers) {
    const bool secret = http::same_name(name, "Authorization") ||
                        value.find(call.options.token) != std::string::npos;
    if (secret || !is_utf8(name) || !is_utf8(value)) continue;
    headers[detail::lower(name)] = value;
  }
  return headers;
}

int checked_status(const Call& call, int usual) {
  const std::int64_t status = number_parameter(call, "statusCode", usual);
  if (status < 200 || status > 599) throw invalid("statusCode", "must be from 200 to 599");
  return static_cast<int>(status);
}

// An error status needs an error body, whether or not an error was requested.
void trigger(const Call& call, const std::string& message) {
  const auto client_error = [&] { return std::clamp(checked_status(call, 400), 400, 499); };
  if (is_set(call, "triggerError")) throw refuse(client_error(), "bad-request", message);
  if (is_set(call, "triggerMultipleErrors")) {
    const ErrorItem error{"bad-request", message};
    throw Refusal{client_error(), {error, error}};
  }
  if (is_set(call, "triggerUnexpectedError")) throw refuse(500, "server", message);
  const int status = checked_status(call, 200);
  if (status >= 400) throw refuse(status, "echo", message);
}

Json echo(Call& call) {
  const std::string& message = call.query.at("message").as_string();
  const std::int64_t delay = number_parameter(call, "delay", 0);
  if (delay < 0) throw invalid("delay", "must not be negative");
  call.wait = std::chrono::milliseconds(std::min(delay, longest_delay));
  trigger(call, message);
  call.status = checked_status(call, 200);
  return Json::object({{"method", "get"}, {"message", message}, {"headers", echoed_headers(call)}});
}

}  // namespace

void add_testing(Handlers& handlers) { handlers["echo"] = echo; }

}  // namespace segment::inline SEGMENT_ABI::sandbox
