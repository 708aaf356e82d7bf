#include <string>
#include <utility>

#include "operations/registry.hpp"
#include "operations/resources.hpp"
#include "segment/types/timestamp.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

std::string filter_title(const Json& kept) { return kept.at("title").as_string(); }

constexpr Resource destination_filter_resource{.collection = names::destination_filters,
                                               .what = "destination filter",
                                               .parent = "destinationId",
                                               .title = &filter_title};

// The share of events is a fraction, not a percentage, despite the member's name.
void check_actions(const Call& call) {
  const Json* actions = call.given("actions");
  for (std::size_t i = 0; actions != nullptr && i < actions->size(); ++i) {
    const Json* percent = actions->at(i).find("percent");
    if (percent == nullptr) continue;
    if (percent->as_number() >= 0 && percent->as_number() <= 1) continue;
    throw invalid("actions." + std::to_string(i) + ".percent", "must be from 0 to 1");
  }
}

void fill_destination_filter(Call& call, Json& fresh) {
  const Json& destination = kept(call.world, destination_resource, call.path.front());
  check_reference(call, "sourceId", names::sources);
  if (destination.at("sourceId") != call.body.at("sourceId")) {
    throw invalid("sourceId", "does not feed this destination");
  }
  check_actions(call);
  merge_body(call, fresh);
  fresh["createdAt"] = Timestamp(call.now).text();
  fresh["updatedAt"] = Timestamp(call.now).text();
}

void change_destination_filter(Call& call, Json& thing) {
  check_actions(call);
  merge_body(call, thing);
  thing["updatedAt"] = Timestamp(call.now).text();
}

}  // namespace

void add_destination_filters(Handlers& handlers) {
  handlers["createFilterForDestination"] =
      below(destination_resource, create_one(destination_filter_resource, fill_destination_filter));
  handlers["listFiltersFromDestination"] =
      below(destination_resource, list_all(destination_filter_resource));
  handlers["getFilterInDestination"] =
      below(destination_resource, get_one(destination_filter_resource));
  handlers["updateFilterForDestination"] = below(
      destination_resource, update_one(destination_filter_resource, change_destination_filter));
  handlers["removeFilterFromDestination"] =
      below(destination_resource, remove_one(destination_filter_resource));
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
