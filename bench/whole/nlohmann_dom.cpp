// libcurl and nlohmann::json by hand: the response becomes a tree, the tree becomes structs.
#include <nlohmann/json.hpp>

#include "by_hand/create_source.hpp"
#include "by_hand/plain_source.hpp"
#include "contender.hpp"
#include "fetch.hpp"

namespace {

using nlohmann::json;
using Source = bench::PlainSource<json>;

template <class T>
std::optional<T> optional(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || found->is_null()) return std::nullopt;
  return found->get<T>();
}

bench::PlainOption<json> read_option(const json& object) {
  return {.name = object.at("name"),
          .type = object.at("type"),
          .required = object.at("required"),
          .description = optional<std::string>(object, "description"),
          .default_value = optional<json>(object, "defaultValue"),
          .label = optional<std::string>(object, "label")};
}

bench::PlainMetadata<json> read_metadata(const json& object) {
  bench::PlainMetadata<json> metadata{.id = object.at("id"),
                                      .name = object.at("name"),
                                      .slug = object.at("slug"),
                                      .description = object.at("description")};
  const json& logos = object.at("logos");
  metadata.logos = {.default_url = logos.at("default"),
                    .mark = optional<std::string>(logos, "mark"),
                    .alt = optional<std::string>(logos, "alt")};
  for (const json& option : object.at("options")) metadata.options.push_back(read_option(option));
  metadata.categories = object.at("categories").get<std::vector<std::string>>();
  metadata.is_cloud_event_source = object.at("isCloudEventSource");
  metadata.status = object.at("status");
  metadata.partner_owned = optional<bool>(object, "partnerOwned");
  return metadata;
}

Source read_source(const json& object) {
  Source source{.id = object.at("id"),
                .slug = object.at("slug"),
                .name = optional<std::string>(object, "name"),
                .metadata = read_metadata(object.at("metadata")),
                .workspace_id = object.at("workspaceId"),
                .enabled = object.at("enabled"),
                .write_keys = object.at("writeKeys").get<std::vector<std::string>>(),
                .settings = optional<json>(object, "settings")};
  for (const json& label : object.at("labels")) {
    source.labels.push_back({.key = label.at("key"),
                             .value = label.at("value"),
                             .description = optional<std::string>(label, "description")});
  }
  return source;
}

std::vector<Source> read_sources(const json& array) {
  std::vector<Source> sources;
  for (const json& source : array) sources.push_back(read_source(source));
  return sources;
}

json write(const bench::PlainCreateSource& source) {
  return {{"slug", source.slug},
          {"enabled", source.enabled},
          {"metadataId", source.metadata_id},
          {"settings", json::object_t(source.settings.begin(), source.settings.end())}};
}

class NlohmannDom final : public bench::Contender {
 public:
  explicit NlohmannDom(const std::string& base_url) : fetch_(base_url) {}

  std::size_t get() override { return count_one(fetch_.get()); }
  std::size_t create() override { return count_one(fetch_.create(write(to_create_).dump())); }

  std::size_t page(int size) override {
    const json answer = json::parse(fetch_.page(size));
    return read_sources(answer.at("data").at("sources")).size();
  }

  std::size_t walk(const std::string& first) override {
    std::size_t came = 0;
    for (std::optional<std::string> cursor = first; cursor;) {
      const json answer = json::parse(fetch_.page_at(*cursor));
      came += read_sources(answer.at("data").at("sources")).size();
      cursor = optional<std::string>(answer.at("data").at("pagination"), "next");
    }
    return came;
  }

 private:
  static std::size_t count_one(const std::string& body) {
    const json answer = json::parse(body);
    return read_source(answer.at("data").at("source")).id.empty() ? 0 : 1;
  }

  bench::Fetch fetch_;
  bench::PlainCreateSource to_create_ = bench::source_to_create();
};

}  // namespace

int main(int argc, char** argv) {
  return bench::run(argc, argv,
                    [](const auto& base_url) { return std::make_unique<NlohmannDom>(base_url); });
}
