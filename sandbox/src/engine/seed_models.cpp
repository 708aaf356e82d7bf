#include "engine/seed_parts.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

void add_models_seed(World& world, const MakeThing& make) {
  const auto database = seeded(world, names::sources, "slug", "crm-database");
  const auto model = make("createReverseEtlModel",
                          Json::object({{"sourceId", database},
                                        {"name", "Customers"},
                                        {"description", "Who bought something, with their plan."},
                                        {"enabled", true},
                                        {"query", "SELECT id, email, plan FROM customers"},
                                        {"queryIdentifierColumn", "id"}}),
                          {});
  const auto ads = seeded(world, names::destinations, "name", "Ads");
  const auto subscription = make("createDestinationSubscription",
                                 Json::object({{"name", "Customers that are new"},
                                               {"actionId", "qMoXWpe1bnTEmcG3hBwZfM"},
                                               {"trigger", "event = \"new\""},
                                               {"enabled", true},
                                               {"modelId", model}}),
                                 {ads});
  make("createReverseEtlManualSync",
       Json::object({{"sourceId", database}, {"modelId", model}, {"subscriptionId", subscription}}),
       {});
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
