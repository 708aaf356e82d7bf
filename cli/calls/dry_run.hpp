#pragma once

#include <string>

#include "command_line/call_flags.hpp"
#include "segment/client_options.hpp"
#include "segment/error.hpp"
#include "segment/http/request.hpp"

namespace segment::cli {

/// A request was shown instead of sent, so the command has done its work.
class Shown : public ConfigurationError {
 public:
  using ConfigurationError::ConfigurationError;
};

/// A request as a command line that a shell reads correctly, with `$SEGMENT_TOKEN` in place of the
/// token.
[[nodiscard]] std::string curl_command(const http::Request& request);

/// A request in HTTP's own form, with `$SEGMENT_TOKEN` in place of the token.
[[nodiscard]] std::string request_text(const http::Request& request);

/// Has a client show its first request, and send nothing: its call ends with `Shown`.
void show_instead_of_sending(ClientOptions& options, DryRun how);

}  // namespace segment::cli
