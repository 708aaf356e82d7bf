#include "operations/labels.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "operations/registry.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

// Key and value together; a key can contain any separator, so its length says where it ends.
std::string id_of(const std::string& key, const std::string& value) {
  return std::to_string(key.size()) + ":" + key + value;
}

std::string id_of(const Json& label) {
  return id_of(label.at("key").as_string(), label.at("value").as_string());
}

void touch_label(Call& call, const std::string& key, const std::string& value) {
  call.touched = Touched{.type = "label", .id = key + ":" + value, .name = key + ":" + value};
}

Json create_label(Call& call) {
  Json label = Json::object();
  const Json& given = call.body.at("label");
  for (const char* name : {"key", "value", "description"}) {
    if (const Json* member = given.find(name)) label[name] = *member;
  }
  for (const char* name : {"key", "value"}) {
    if (label.at(name).as_string().empty()) {
      throw invalid(std::string("label.") + name, "must not be empty");
    }
  }
  if (find_label(call.world, label) != nullptr) {
    throw conflict("A label with this key and value already exists.");
  }
  put_label(call.world, label);
  touch_label(call, label.at("key").as_string(), label.at("value").as_string());
  return one(call, label);
}

Json list_labels(Call& call) { return page(call, call.world.collection(names::labels).all()); }

Json delete_label(Call& call) {
  const std::string& key = call.path.at(0);
  const std::string& value = call.path.at(1);
  if (!call.world.collection(names::labels).erase(id_of(key, value))) throw not_found("label");
  call.world.collection(names::sources).each([&](const std::string&, Json& source) {
    std::erase_if(source["labels"].as_array(), [&](const Json& label) {
      return label.at("key").as_string() == key && label.at("value").as_string() == value;
    });
  });
  touch_label(call, key, value);
  return {};
}

}  // namespace

void put_label(World& world, Json label) {
  const std::string id = id_of(label);
  world.collection(names::labels).put(id, std::move(label));
}

const Json* find_label(World& world, const Json& label) {
  return world.collection(names::labels).find(id_of(label));
}

void add_labels(Handlers& handlers) {
  handlers["createLabel"] = create_label;
  handlers["listLabels"] = list_labels;
  handlers["deleteLabel"] = delete_label;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
