#include "engine/seed.hpp"

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/audit.hpp"
#include "engine/seed_parts.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

// The seed is the same whatever the limits: a plan of three rules, even if a request may send one.
SandboxOptions without_limits(SandboxOptions options) {
  options.max_rules = std::numeric_limits<std::size_t>::max();
  return options;
}

class Seeder {
 public:
  Seeder(World& world, const SeedTools& tools)
      : world_(world), tools_(tools), options_(without_limits(tools.options)) {}

  // The id of what was created, or nothing if the call creates nothing.
  std::string make(std::string_view operation, Json body, std::vector<std::string> path = {}) {
    const WireRequest nobody;
    Call call{.operation = *tools_.router.by_id(operation),
              .options = options_,
              .request = nobody,
              .world = world_,
              .quotas = tools_.quotas,
              .now = options_.clock->system_now(),
              .path = std::move(path),
              .body = std::move(body)};
    const Json answer = tools_.handlers.at(operation)(call);
    write_audit_trail(call);
    return call.touched ? call.touched->id : id_in(answer);
  }

  std::string source(const std::string& slug, const char* kind, bool enabled = true) {
    return make("createSource",
                Json::object({{"slug", slug}, {"enabled", enabled}, {"metadataId", kind}}));
  }

  void label(const std::string& source, const char* key, const char* value) {
    make("addLabelsToSource",
         Json::object({{"labels", Json::array({Json::object({{"key", key}, {"value", value}})})}}),
         {source});
  }

  std::string destination(const char* name, const std::string& source, const char* kind,
                          Json settings, bool enabled = true) {
    return make("createDestination", Json::object({{"sourceId", source},
                                                   {"metadataId", kind},
                                                   {"name", name},
                                                   {"enabled", enabled},
                                                   {"settings", std::move(settings)}}));
  }

 private:
  // The id of the resource in the response, for calls that the audit trail does not record.
  static std::string id_in(const Json& answer) {
    if (!answer.is_object() || answer.empty()) return {};
    const Json& thing = answer.as_object().front().value;
    const Json* id = thing.is_object() ? thing.find("id") : nullptr;
    return id != nullptr ? id->as_string() : std::string();
  }

  World& world_;
  const SeedTools& tools_;
  SandboxOptions options_;
};

struct Sources {
  std::string website;
  std::string api;
  std::string ios;
};

void seed_warehouses(Seeder& seeder, const Sources& sources) {
  const Json disconnected = Json(true);
  const auto snowflake =
      seeder.make("createWarehouse",
                  Json::object({{"metadataId", "HldzVEWEVj"},
                                {"name", "Analytics"},
                                {"disconnectAllSources", disconnected},
                                {"settings", Json::object({{"host", "example.snowflake.test"},
                                                           {"username", "SEGMENT"},
                                                           {"password", "made-up"},
                                                           {"database", "EVENTS"}})}}));
  const auto postgres = seeder.make(
      "createWarehouse", Json::object({{"metadataId", "55EAfzFzSM"},
                                       {"name", "Reporting"},
                                       {"enabled", false},
                                       {"disconnectAllSources", disconnected},
                                       {"settings", Json::object({{"host", "db.example.test"}})}}));
  for (const auto& source : {sources.website, sources.api}) {
    seeder.make("addConnectionFromSourceToWarehouse", {}, {snowflake, source});
  }
  seeder.make("addConnectionFromSourceToWarehouse", {}, {postgres, sources.website});
}

void seed_destinations(Seeder& seeder, const Sources& sources) {
  const auto product = seeder.destination(
      "Product analytics", sources.website, "54521fd725e721e32a72eebb",
      Json::object({{"apiKey", "made-up-amplitude-key"}, {"trackAllPages", true}}));
  seeder.destination("Ads", sources.website, "60ad61f9ff47a16b8fb7b5d9",
                     Json::object({{"measurementId", "G-0000000000"}, {"apiSecret", "made-up"}}));
  seeder.destination("Mobile funnels", sources.ios, "5d1993dc0d9bf2000154ce64",
                     Json::object({{"projectToken", "made-up-mixpanel-token"}}));
  seeder.destination("Order hook", sources.api, "614a3c7d791c91c41bae7599",
                     Json::object({{"url", "https://hooks.example.test/orders"}}), false);
  seeder.make("createDestinationSubscription",
              Json::object({{"name", "Every track call"},
                            {"actionId", "5iHdRLmNhGnPnKV8FyxkDg"},
                            {"trigger", "type = \"track\""},
                            {"enabled", true}}),
              {product});
}

}  // namespace

std::string seeded(World& world, std::string_view collection, std::string_view member,
                   const char* value) {
  return world.collection(collection)
      .all([&](const Json& thing) { return thing.at(member) == Json(value); })
      .at(0)
      .at("id")
      .as_string();
}

void add_seed(World& world, const SeedTools& tools) {
  Seeder seeder(world, tools);
  if (tools.options.seed) {
    const auto make = [&](std::string_view operation, Json body, std::vector<std::string> path) {
      return seeder.make(operation, std::move(body), std::move(path));
    };
    Sources sources;
    sources.website = seeder.source("website", "IqDTy1TpoU");
    const auto orders = add_source_function_seed(world, make);
    sources.api = seeder.source("orders-api", orders.c_str());
    make("createFunctionDeployment", {}, {"sfn_" + sources.api});
    sources.ios = seeder.source("ios-app", "UBrsG9RVzw");
    seeder.source("crm-database", "kpzBbpkLsn");
    seeder.source("payments", "1fn2ZTcAWJ");
    seeder.source("old-website", "IqDTy1TpoU", false);
    seeder.label(sources.website, "environment", "prod");
    seeder.label(sources.api, "environment", "dev");
    seed_destinations(seeder, sources);
    seed_warehouses(seeder, sources);
    add_people_seed(world, make);
    add_rules_seed(world, make);
    add_models_seed(world, make);
    add_space_seed(world, make);
  }
  for (std::size_t i = 1; i <= tools.options.extra_sources; ++i) {
    seeder.source("extra-" + std::to_string(i), "IqDTy1TpoU");
  }
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
