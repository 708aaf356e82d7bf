#include "workspace/findings.hpp"

#include <array>
#include <string_view>

#include "segment/api/types/destination_filters.hpp"
#include "segment/api/types/destinations.hpp"
#include "segment/api/types/functions.hpp"
#include "segment/api/types/iam_groups.hpp"
#include "segment/api/types/iam_roles.hpp"
#include "segment/api/types/labels.hpp"
#include "segment/api/types/reverse_etl.hpp"
#include "segment/api/types/sources.hpp"
#include "segment/api/types/spaces.hpp"
#include "segment/api/types/tracking_plans.hpp"
#include "segment/api/types/transformations.hpp"
#include "segment/api/types/warehouses.hpp"

namespace segment::cli::workspace {

namespace {

template <class T>
void read_strictly(const Json& item) {
  static_cast<void>(from_json_strict<T>(item));
}

struct Reading {
  std::string_view kind;
  void (*read)(const Json& item);
};

constexpr std::array readings = {Reading{"role", read_strictly<Role>},
                                 Reading{"space", read_strictly<Space>},
                                 Reading{"label", read_strictly<Label>},
                                 Reading{"function", read_strictly<Function>},
                                 Reading{"source", read_strictly<Source>},
                                 Reading{"model", read_strictly<ReverseEtlModel>},
                                 Reading{"destination", read_strictly<Destination>},
                                 Reading{"subscription", read_strictly<DestinationSubscription>},
                                 Reading{"filter", read_strictly<DestinationFilter>},
                                 Reading{"warehouse", read_strictly<Warehouse>},
                                 Reading{"warehouse connection", read_strictly<Source>},
                                 Reading{"tracking plan", read_strictly<TrackingPlan>},
                                 Reading{"rule", read_strictly<TrackingPlanRule>},
                                 Reading{"plan connection", read_strictly<Source>},
                                 Reading{"schema settings", read_strictly<SourceSchemaSettings>},
                                 Reading{"transformation", read_strictly<Transformation>},
                                 Reading{"group", read_strictly<UserGroup>},
                                 Reading{"group member", read_strictly<UserGroupMember>}};

}  // namespace

std::vector<JsonFinding> findings_in(const Kind& kind, const Json& item) {
  for (const Reading& reading : readings) {
    if (reading.kind != kind.name || !item.is_object()) continue;
    try {
      reading.read(item);
    } catch (const InvalidJsonError& error) {
      return error.findings();
    }
  }
  return {};
}

}  // namespace segment::cli::workspace
