#include <string>

#include "operations/people.hpp"
#include "operations/registry.hpp"
#include "operations/resources.hpp"
#include "segment/types/timestamp.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

Json& bundle_of(Call& call) {
  const std::string& source =
      kept(call.world, source_resource, call.path.front()).at("id").as_string();
  Json* bundle = call.world.collection(names::live_plugins).find(source);
  if (bundle == nullptr) throw not_found("live plugin");
  return *bundle;
}

Json new_bundle(Call& call, const std::string& source) {
  return Json::object({{"id", call.world.ids().next("live plugin")},
                       {"sourceId", source},
                       {"createdAt", Timestamp(call.now).text()},
                       {"createdBy", owner_id()},
                       {"downloadURL", nullptr},
                       {"version", 0},
                       {"code", nullptr}});
}

// A source has one bundle; a later upload is its next version.
Json upload(Call& call) {
  const std::string& source =
      kept(call.world, source_resource, call.path.front()).at("id").as_string();
  auto& all = call.world.collection(names::live_plugins);
  Json* present = all.find(source);
  Json& bundle = present != nullptr ? *present : all.put(source, new_bundle(call, source));
  const std::int64_t version = bundle.at("version").as_integer() + 1;
  bundle["version"] = version;
  bundle["code"] = call.body.at("code");
  bundle["downloadURL"] = "https://cdn.example.test/v1/projects/" + source + "/live-plugins/" +
                          std::to_string(version) + ".js";
  return one(call, bundle);
}

// The plugins stay enabled: the bundle still exists, and is empty.
Json remove_code(Call& call) {
  bundle_of(call)["code"] = nullptr;
  return {};
}

}  // namespace

void add_live_plugins(Handlers& handlers) {
  handlers["createLivePlugin"] = upload;
  handlers["getLatestFromLivePlugins"] = [](Call& call) { return one(call, bundle_of(call)); };
  handlers["deleteLivePluginCode"] = remove_code;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
