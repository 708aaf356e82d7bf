#include "operations/resource.hpp"

#include <utility>

#include "operations/settings.hpp"
#include "state/ties.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

bool belongs(const Call& call, const Resource& resource, const Json& thing) {
  if (resource.parent.empty()) return true;
  const Json* parent = thing.find(resource.parent);
  return parent != nullptr && parent->is_string() && parent->as_string() == call.path.front();
}

std::optional<bool> enabled(const Json& thing) {
  const Json* member = thing.find("enabled");
  if (member == nullptr || !member->is_bool()) return std::nullopt;
  return member->as_bool();
}

std::string title(const Resource& resource, const Json& thing) {
  if (resource.title != nullptr) return resource.title(thing);
  const Json* name = thing.find("name");
  return name != nullptr && name->is_string() ? name->as_string() : thing.at("id").as_string();
}

// What is created if nothing but the tables is known.
Json from_example(Call& call, const Json& fresh) {
  Json thing = made_up_result(call);
  if (thing.is_object() && !thing.empty()) thing = std::move(thing.as_object().front().value);
  if (!thing.is_object()) thing = Json::object();
  for (const auto& member : fresh.as_object()) thing[member.name] = member.value;
  return thing;
}

}  // namespace

Json& kept(World& world, const Resource& resource, std::string_view id) {
  Json* thing = world.collection(resource.collection).find(id);
  if (thing == nullptr) throw not_found(resource.what);
  return *thing;
}

Json& kept(Call& call, const Resource& resource) {
  Json& thing = kept(call.world, resource, call.path.back());
  if (!belongs(call, resource, thing)) throw not_found(resource.what);
  return thing;
}

Json shown(World& world, const Resource& resource, const Json& thing) {
  return resource.shown != nullptr ? resource.shown(world, thing) : thing;
}

void touch(Call& call, const Resource& resource, const Json& thing) {
  call.touched = Touched{.type = std::string(resource.what),
                         .id = thing.at("id").as_string(),
                         .name = title(resource, thing),
                         .was_enabled = std::nullopt,
                         .is_enabled = enabled(thing)};
}

Handler list_all(const Resource& resource) {
  return [resource](Call& call) {
    const auto things = call.world.collection(resource.collection).matching([&](const Json& thing) {
      return belongs(call, resource, thing);
    });
    return page(call, things.size(),
                [&](std::size_t i) { return shown(call.world, resource, *things[i]); });
  };
}

Handler get_one(const Resource& resource) {
  return [resource](Call& call) {
    return one(call, shown(call.world, resource, kept(call, resource)));
  };
}

Handler create_one(const Resource& resource, Fill fill) {
  return [resource, fill = std::move(fill)](Call& call) {
    Json fresh = Json::object({{"id", nullptr}});
    if (!resource.parent.empty()) fresh[resource.parent] = call.path.front();
    if (fill != nullptr) {
      fill(call, fresh);
    } else {
      fresh = from_example(call, fresh);
    }
    const std::string id = call.world.ids().next(resource.what);  // only now: a refusal uses none
    fresh["id"] = id;
    const Json& thing = call.world.collection(resource.collection).put(id, std::move(fresh));
    touch(call, resource, thing);
    return one(call, shown(call.world, resource, thing));
  };
}

Handler update_one(const Resource& resource, Change change) {
  return [resource, change = std::move(change)](Call& call) {
    Json& thing = kept(call, resource);
    Json changed = thing;
    if (change != nullptr) {
      change(call, changed);
    } else {
      merge_body(call, changed);
    }
    const auto was_enabled = enabled(thing);
    thing = std::move(changed);
    touch(call, resource, thing);
    call.touched->was_enabled = was_enabled;
    return one(call, shown(call.world, resource, thing));
  };
}

Handler remove_one(const Resource& resource, Gone gone) {
  return [resource, gone = std::move(gone)](Call& call) {
    const Json thing = kept(call, resource);
    call.world.collection(resource.collection).erase(call.path.back());
    forget_what_belonged_to(call.world, resource.collection, call.path.back());
    if (gone != nullptr) gone(call, thing);
    touch(call, resource, thing);
    return Json();
  };
}

Handler below(const Resource& resource, Handler inner) {
  return [resource, inner = std::move(inner)](Call& call) {
    kept(call.world, resource, call.path.front());
    return inner(call);
  };
}

Handler in_version(ApiVersion version, Handler own, Handler other) {
  return [version, own = std::move(own), other = std::move(other)](Call& call) {
    return call.operation.has(version) ? own(call) : other(call);
  };
}

void merge_body(const Call& call, Json& thing) {
  for (const auto& member : call.body.as_object()) {
    if (member.name == "settings" && member.value.is_object()) {
      merge_settings(thing["settings"], member.value);
    } else if (member.value.is_null()) {
      thing.erase(member.name);
    } else {
      thing[member.name] = member.value;
    }
  }
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
