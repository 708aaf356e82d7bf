#include <algorithm>
#include <string>
#include <string_view>

#include "operations/audiences.hpp"
#include "operations/progress.hpp"
#include "operations/registry.hpp"
#include "operations/spaces.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

constexpr Resource preview_resource{
    .collection = names::audience_previews, .what = "audience preview", .parent = "spaceId"};

constexpr std::uint64_t sample_size = 3;

void fill_preview(Call& call, Json& fresh) {
  const std::string& type = call.body.at("audienceType").as_string();
  fresh["audienceType"] = type;
  fresh["definition"] = audience_definition(call.body.at("definition"), type);
  const Json* options = call.given("options");
  fresh["options"] = options != nullptr ? *options : Json::object();
  if (!fresh["options"].contains("filterByExternalIds")) {
    fresh["options"]["filterByExternalIds"] = usual_external_ids();
  }
  fresh["startedAt"] = time_text(call.now);
  // The headers still report the rate limit per minute.
  constexpr int previews_a_month = 700;
  [[maybe_unused]] const auto month =
      call.quotas.take_from_month("audience previews of " + call.path.front(), 1, previews_a_month);
}

Json create_preview(Call& call) {
  static const Handler create = create_one(preview_resource, fill_preview);
  create(call);
  return one(call, Json::object({{"id", call.touched->id}}));
}

// The only check of a query: nothing else can make a preview fail.
bool is_balanced(std::string_view query) {
  return std::ranges::count(query, '(') == std::ranges::count(query, ')');
}

Json member_of(const Json& preview, std::uint64_t number) {
  const Json* target = preview.at("definition").find("targetEntity");
  Json member = Json::object({{"id", made_up_id(preview.at("audienceType").as_string(), number)}});
  if (target == nullptr || target->is_null() || *target == Json("profile")) return member;
  member["idProperty"] = "id";
  member["relationshipSlug"] = *target;
  member["properties"] = Json::object({{"id", member.at("id")}});
  member["profilesTruncated"] = false;
  return member;
}

void add_results(Json& preview) {
  preview["results"] = Json::array();
  for (std::uint64_t i = 1; i <= sample_size; ++i) {
    preview["results"].push_back(member_of(preview, i));
  }
  preview["size"] = audience_size(preview.at("definition"), preview.at("audienceType").as_string());
}

Json get_preview(Call& call) {
  Json preview = kept(call, preview_resource);
  const bool running = age(call, preview.at("startedAt")) < job_done;
  preview.erase("startedAt");
  preview.erase("spaceId");
  if (running) {
    preview["status"] = "RUNNING";
  } else if (is_balanced(preview.at("definition").at("query").as_string())) {
    preview["status"] = "COMPLETED";
    add_results(preview);
  } else {
    preview["status"] = "FAILED";
    preview["failureReason"] = "The definition has a parenthesis without its counterpart.";
  }
  return one(call, preview);
}

}  // namespace

void add_audience_previews(Handlers& handlers) {
  handlers["createAudiencePreview"] = in_space(create_preview);
  handlers["getAudiencePreview"] = in_space(get_preview);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
