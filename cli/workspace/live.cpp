#include "workspace/live.hpp"

#include <chrono>
#include <utility>

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
    Progress progress(plan.size());  // gone before anything is printed
    for (const ExportStep& step : plan) {
      progress.step(step.call->id);
      exporter.take(step);
    }
  }
  Json document =
      Json::object({{"exportedBy", "segment " SEGMENT_PUBLIC_API_VERSION},
                    {"exportedAt", Timestamp(std::chrono::system_clock::now()).text()}});
  const Json found = exporter.document();
  for (const auto& [name, value] : found.as_object()) document[name] = value;
  return {.document = std::move(document), .failure = exporter.failure()};
}

Json make_call(const Connection& connection, const CallOptions& options, std::string_view operation,
               const Json& input) {
  const JsonCall call = prepare_call(find_call(operation), input, options);
  if (!max_page_size(call.operation())) return call.run(connection.client()).data;
  const std::string list(list_in_result(call.operation())->name);
  Json items = Json::array();
  call.for_each_page(
      connection.client(),
      [&](const JsonResult& page) {
        const Json* found = page.data.find(list);
        if (found == nullptr || !found->is_array()) return;
        for (const Json& item : found->as_array()) items.push_back(item);
      },
      JsonCall::PageSize::largest);
  return Json::object({{list, std::move(items)}});
}

void prepare_only(const CallOptions& options, std::string_view operation, const Json& input) {
  static_cast<void>(prepare_call(find_call(operation), input, options));
}

}  // namespace segment::cli::workspace
