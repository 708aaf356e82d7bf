#include <algorithm>
#include <string>
#include <utility>

#include "operations/labels.hpp"
#include "operations/registry.hpp"
#include "operations/resources.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

// The workspace's own labels for those that the body names; a 422 for each that does not exist.
Json::Array named_labels(Call& call) {
  Json::Array labels;
  std::vector<ErrorItem> errors;
  const auto& named = call.body.at("labels").as_array();
  for (std::size_t i = 0; i < named.size(); ++i) {
    if (const Json* label = find_label(call.world, named[i])) {
      labels.push_back(*label);
    } else {
      const std::string field = "labels." + std::to_string(i);
      errors.push_back({invalid_input, "is not a label of the workspace", field});
    }
  }
  if (!errors.empty()) throw Refusal{422, std::move(errors)};
  return labels;
}

void put_on(Json::Array& carried, Json::Array labels) {
  for (Json& label : labels) {
    if (std::ranges::find(carried, label) == carried.end()) carried.push_back(std::move(label));
  }
}

Json label_source(Call& call, bool replace) {
  Json& source = kept(call, source_resource);
  Json::Array labels = named_labels(call);
  auto& carried = source["labels"].as_array();
  if (replace) carried.clear();
  put_on(carried, std::move(labels));
  touch(call, source_resource, source);
  return one(call, carried);
}

}  // namespace

void add_source_labels(Handlers& handlers) {
  handlers["addLabelsToSource"] = [](Call& call) { return label_source(call, false); };
  handlers["replaceLabelsInSource"] = [](Call& call) { return label_source(call, true); };
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
