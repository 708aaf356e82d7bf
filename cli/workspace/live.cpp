#include "workspace/live.hpp"

#include <chrono>
#include <utility>

#include "calls/all_items.hpp"
#include "calls/prepare_call.hpp"
#include "operations/catalog.hpp"
#include "segment/schema.hpp"
#include "segment/types/timestamp.hpp"
#include "segment/version.hpp"
#include "terminal/progress.hpp"
#include "workspace/exporter.hpp"

namespace segment::cli::workspace {

Export export_of(const Connection& connection, const CallOptions& options,
                 const ExportChoice& choice, bool with_secrets) {
  const auto plan = export_plan(choice);
  Exporter exporter(connection.client(), options, with_secrets);
  {
    Progress progress(plan.size());  // removed before anything is printed
    for (const ExportStep& step : plan) {
      progress.step(step.call->id);
      exporter.take(step);
    }
  }
  Json document =
      Json::object({{"exportedBy", "segment " SEGMENT_PUBLIC_API_VERSION},
                    {"exportedAt", Timestamp(std::chrono::system_clock::now()).text()}});
  std::move(exporter).put_into(document);
  return {.document = std::move(document),
          .failure = exporter.failure(),
          .refusals = exporter.refusals()};
}

Json make_call(const Connection& connection, const CallOptions& options, std::string_view operation,
               const Json& input) {
  const JsonCall call = prepare_call(find_call(operation), input, options);
  if (!max_page_size(call.operation())) return call.run(connection.client()).data;
  Json data = Json::object();
  data[list_in_result(call.operation())->name] = all_items(call, connection.client());
  return data;
}

void prepare_only(const CallOptions& options, std::string_view operation, const Json& input) {
  static_cast<void>(prepare_call(find_call(operation), input, options));
}

}  // namespace segment::cli::workspace
