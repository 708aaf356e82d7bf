// What audiences and computed traits have in common: both are computed from a query.

#include <cctype>
#include <string>

#include "operations/audiences.hpp"
#include "operations/progress.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

std::string key_of(std::string_view name) {
  std::string key;
  for (char c : name) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0;
    key += plain ? static_cast<char>(std::tolower(static_cast<unsigned char>(c))) : '_';
  }
  return key;
}

}  // namespace

void check_name(const Call& call) {
  const Json* name = call.given("name");
  if (name != nullptr && name->as_string().empty()) throw invalid("name", "must not be empty");
}

std::string new_key(Call& call, const Resource& resource) {
  check_name(call);
  std::string key = key_of(call.body.at("name").as_string());
  call.world.collection(resource.collection).each([&](const std::string&, const Json& other) {
    if (other.at("spaceId") != call.path.front() || other.at("key") != Json(key)) return;
    throw conflict("The space already has one with this key.");
  });
  return key;
}

void stamp_changed(const Call& call, Json& thing) {
  thing["updatedBy"] = made_up_id("user", 1);
  thing["updatedAt"] = time_text(call.now);
}

void stamp_created(const Call& call, Json& thing) {
  thing["createdBy"] = made_up_id("user", 1);
  thing["createdAt"] = time_text(call.now);
  stamp_changed(call, thing);
}

std::string computed_status(const Call& call, const Json& kept) {
  if (!kept.at("enabled").as_bool()) return "Disabled";
  const auto since_made = age(call, kept.at("createdAt"));
  if (since_made < job_begun) return "Preparing";
  if (since_made < job_done) return "Backfilling";
  const Json* busy = kept.find("busySince");
  return busy != nullptr && age(call, *busy) < job_done ? "Computing" : "Live";
}

void check_unlocked(const Call& call, const Json& kept) {
  const Json* locked = kept.find("lockedSince");
  if (locked != nullptr && age(call, *locked) < job_done) {
    throw conflict("The previous change is still being processed.");
  }
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
