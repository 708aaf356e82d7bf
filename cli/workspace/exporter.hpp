#pragma once

#include <exception>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "segment/call_options.hpp"
#include "segment/client.hpp"
#include "segment/error.hpp"
#include "segment/types/json.hpp"
#include "workspace/export_plan.hpp"

namespace segment::cli {

/// Reads a workspace, call by call, into one JSON document. What the workspace does not have, or
/// the token may not see, is noted and is not a failure. An operation that fails is noted too, and
/// the others continue: the document is then incomplete, and `failure` says so.
class Exporter {
 public:
  /// \param with_secrets whether the document contains write keys.
  Exporter(Client client, CallOptions options, bool with_secrets)
      : client_(std::move(client)), options_(std::move(options)), with_secrets_(with_secrets) {}

  void take(const ExportStep& step);

  /// Puts the results into a document: `data` by the operations' names, and `skipped`.
  void put_into(Json& document) &&;

  /// The first failure after which the export continued; null if there was none.
  [[nodiscard]] std::exception_ptr failure() const noexcept { return failure_; }
  /// Why an operation was skipped: the first error that it was answered with.
  [[nodiscard]] const auto& refusals() const noexcept { return refusals_; }

 private:
  [[nodiscard]] std::optional<Json> read(const ExportStep& step, const std::string& id);
  [[nodiscard]] Json fetch(const Operation& call, const Json& input);
  void take_below(const ExportStep& step);
  void note(const ExportStep& step, const std::string& id, const ApiError& error);
  void note(const ExportStep& step, const std::string& id, int status, const std::string& reason);

  Client client_;
  CallOptions options_;
  bool with_secrets_;
  Json data_ = Json::object();
  Json skipped_ = Json::array();
  std::exception_ptr failure_{};
  std::map<std::string, std::exception_ptr> refusals_{};
  std::map<const Operation*, std::vector<std::string>> ids_;  // of the items of each list
};

}  // namespace segment::cli
