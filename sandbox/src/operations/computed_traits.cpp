#include <string>
#include <utility>

#include "operations/audiences.hpp"
#include "operations/progress.hpp"
#include "operations/registry.hpp"
#include "operations/spaces.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

constexpr Resource trait_resource{
    .collection = names::computed_traits, .what = "computed trait", .parent = "spaceId"};

Json shown_trait(const Call& call, const Json& kept) {
  Json shown = kept;
  const std::string status = computed_status(call, kept);
  shown["status"] = status == "Preparing" ? "Backfilling" : status;  // traits have no such status
  shown.erase("busySince");
  shown.erase("lockedSince");
  return shown;
}

void fill_trait(Call& call, Json& fresh) {
  fresh["key"] = new_key(call, trait_resource);
  fresh["enabled"] = true;
  for (const auto& member : call.body.as_object()) fresh[member.name] = member.value;
  stamp_created(call, fresh);
}

void change_trait(Call& call, Json& trait) {
  check_name(call);
  check_unlocked(call, trait);
  merge_body(call, trait);
  stamp_changed(call, trait);
  trait["busySince"] = time_text(call.now);
  trait["lockedSince"] = time_text(call.now);
}

// The responses of the generic handlers lack the status, which depends on the time.
Handler with_status(Handler inner) {
  return [inner = std::move(inner)](Call& call) {
    inner(call);
    return one(call, shown_trait(call, kept(call.world, trait_resource, call.touched->id)));
  };
}

Json get_trait(Call& call) { return one(call, shown_trait(call, kept(call, trait_resource))); }

Json list_computed_traits(Call& call) {
  auto all = call.world.collection(trait_resource.collection).all([&](const Json& trait) {
    return trait.at("spaceId") == call.path.front();
  });
  for (Json& trait : all) trait = shown_trait(call, trait);
  return page(call, all);
}

}  // namespace

void add_computed_traits(Handlers& handlers) {
  handlers["createComputedTrait"] = in_space(with_status(create_one(trait_resource, fill_trait)));
  handlers["listComputedTraits"] = in_space(list_computed_traits);
  handlers["getComputedTrait"] = in_space(get_trait);
  handlers["updateComputedTraitForSpace"] =
      in_space(with_status(update_one(trait_resource, change_trait)));
  handlers["removeComputedTraitFromSpace"] = in_space(remove_one(trait_resource));
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
