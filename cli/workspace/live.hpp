#pragma once

#include <exception>
#include <map>
#include <string>
#include <string_view>

#include "calls/connection.hpp"
#include "segment/call_options.hpp"
#include "segment/types/json.hpp"
#include "workspace/export_plan.hpp"

namespace segment::cli::workspace {

/// A workspace as one document.
struct Export {
  Json document{};
  /// The first failure after which it continued: the document is then incomplete. Null if there was
  /// none.
  std::exception_ptr failure{};
  /// Why operations are missing that the workspace does not have or the token may not call.
  std::map<std::string, std::exception_ptr> refusals{};
};

/// Exports a workspace, with a bar for people while the document grows.
[[nodiscard]] Export export_of(const Connection& connection, const CallOptions& options,
                               const ExportChoice& choice, bool with_secrets);

/// Makes a call; returns the response's `data`.
///
/// \param input of `path`, `query` and `body`.
Json make_call(const Connection& connection, const CallOptions& options, std::string_view operation,
               const Json& input);

/// Prepares a call without sending it.
///
/// \throws Malformed, or InvalidArgumentError, for an input that cannot be sent.
void prepare_only(const CallOptions& options, std::string_view operation, const Json& input);

}  // namespace segment::cli::workspace
