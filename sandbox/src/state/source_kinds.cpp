#include <string>
#include <utility>

#include "state/kinds.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

struct SourceKind {
  const char* id;
  const char* name;
  const char* slug;
  const char* description;
  const char* category;
  bool is_cloud = false;
};

constexpr SourceKind all_source_kinds[] = {
    {"IqDTy1TpoU", "Javascript", "javascript", "Pages in a web browser.", "Website"},
    {"4hLEdvpgsE", "Node.js", "node.js", "A server that runs on Node.js.", "Server"},
    {"PLGZ5lVMrN", "Python", "python", "A server written in Python.", "Server"},
    {"UBrsG9RVzw", "iOS", "ios", "An app on Apple's devices.", "Mobile"},
    {"HrhUzwKwrm", "Kotlin (Android)", "kotlin-android", "An app on Android.", "Mobile"},
    {"iUJsLMxe1K", "HTTP API", "http-api", "Whatever can send a POST.", "Server"},
    {"1fn2ZTcAWJ", "Stripe", "stripe", "Charges, customers and invoices.", "Payments", true},
    {"b4KIvQyFSY", "Zendesk", "zendesk", "Tickets and who wrote them.", "Helpdesk", true},
    {"kpzBbpkLsn", "Postgres", "postgres-reverse-etl", "Rows of a database.", "Reverse ETL"},
};

Json options_of(const SourceKind& kind) {
  Json options = Json::array();
  if (kind.is_cloud) {
    options.push_back(
        option("apiToken", "password", true, "API token", "Opens the account that is read."));
    options.push_back(option("syncHours", "number", false, "Hours between syncs",
                             "How far apart two looks at the account are."));
  }
  if (std::string(kind.category) == "Website") {
    options.push_back(
        option("websiteUrl", "string", false, "Website", "Where the pages are that send."));
    options.push_back(option("apiHost", "string", false, "API host",
                             "Where the pages send to, if not to the usual place."));
  }
  if (std::string(kind.category) == "Reverse ETL") {
    options.push_back(option("host", "string", true, "Host", "Where the database is."));
    options.push_back(
        option("password", "password", true, "Password", "Opens the database for reading."));
  }
  return options;
}

}  // namespace

void fill_source_kinds(World& world) {
  for (const SourceKind& kind : all_source_kinds) {
    world.collection(names::source_kinds)
        .put(kind.id, Json::object({{"id", kind.id},
                                    {"name", kind.name},
                                    {"slug", kind.slug},
                                    {"description", kind.description},
                                    {"logos", logos(kind.slug)},
                                    {"options", options_of(kind)},
                                    {"categories", Json::array({kind.category})},
                                    {"isCloudEventSource", kind.is_cloud},
                                    {"status", "PUBLIC"},
                                    {"partnerOwned", false}}));
  }
}

void fill_catalog(World& world) {
  fill_source_kinds(world);
  fill_destination_kinds(world);
  fill_warehouse_kinds(world);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
