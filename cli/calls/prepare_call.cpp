#include "calls/prepare_call.hpp"

#include <optional>
#include <string>
#include <utility>

#include "input/input.hpp"
#include "messages/errors.hpp"
#include "operations/catalog.hpp"
#include "segment/helpers/text.hpp"
#include "segment/strict_reading.hpp"

namespace segment::cli {

namespace {

void check_version(const Operation& operation, std::optional<ApiVersion> version) {
  for (const OtherVersion& other : operation.other_versions) {
    if (other.version != version) continue;
    throw Malformed(std::string(to_string(other.version)) + " of " + std::string(operation.id) +
                    " is a command of its own: " + command_of(other));
  }
}

std::string text_of(const InvalidJsonError& error) {
  std::string text;
  for (const JsonFinding& finding : error.findings()) {
    text.append(text.empty() ? "" : "; ").append(dotted(finding.pointer)).append(" ");
    text.append(finding.message).append(did_you_mean(finding.suggestion));
  }
  return text;
}

}  // namespace

JsonCall prepare_call(const Operation& operation, const Json& input, CallOptions options) {
  check_version(operation, options.version);
  // The client of this program has no rule of its own for them.
  if (!options.masked_secrets) options.masked_secrets = MaskedSecrets::refuse;
  try {
    return {operation, input, std::move(options)};
  } catch (const InvalidJsonError& error) {
    throw Malformed(text_of(error));
  }
}

}  // namespace segment::cli
