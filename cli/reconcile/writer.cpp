#include "reconcile/writer.hpp"

#include <utility>
#include <vector>

#include "operations/catalog.hpp"
#include "reconcile/compare.hpp"
#include "segment/error.hpp"
#include "segment/schema.hpp"

namespace segment::cli::workspace {

namespace {

// A thing below a parent has both ids in its path.
std::vector<std::string> ids_in_path(const std::string& parent, const std::string& id) {
  if (parent.empty()) return {id};
  return {parent, id};
}

// The members that a request takes.
Json members_for(const Schema& body, const Json& members, bool with_nulls) {
  Json taken = Json::object();
  for (const SchemaMember& member : body.members()) {
    const Json* value = members.find(member.name);
    if (value != nullptr && (with_nulls || !value->is_null())) taken[member.name] = *value;
  }
  return taken;
}

// A request that requires settings may get empty ones.
void put_required_settings(const Schema& body, Json& taken) {
  const auto settings = body.member("settings");
  if (settings && settings->required && !taken.contains("settings") &&
      settings->schema.kind() == Schema::Kind::free_object) {
    taken["settings"] = Json::object();
  }
}

// Without the id nothing else can be written to it. It may be there nevertheless: the next run
// finds it by its name.
const Json& created_in(const Json& data, const Operation& call) {
  const bool has_member = data.is_object() && !data.empty();
  const Json* created = has_member ? &data.as_object().front().value : nullptr;
  const Json* id = created != nullptr ? created->find("id") : nullptr;
  if (id != nullptr && id->is_string() && !id->as_string().empty()) return *created;
  throw DecodeError(std::string(call.id) +
                        " got a response that cannot be read: it has no id of what was created",
                    {.operation = std::string(call.id), .outcome_unknown = true});
}

// Changes of a subscription are nested one level deeper, and one has another name than in
// responses.
Json update_body(const Operation& call, Json members) {
  const Schema schema = *body_schema(call);
  const auto below = schema.member("input");
  if (!below) {
    Json body = members_for(schema, members, true);
    if (!body.empty()) put_required_settings(schema, body);
    return body;
  }
  if (const Json* model = members.find("modelId")) members["reverseETLModelId"] = *model;
  Json input = members_for(below->schema, members, true);
  return input.empty() ? input : Json::object({{"input", std::move(input)}});
}

void set_null_at(Json& json, const std::vector<std::string>& path) {
  Json* place = &json;
  for (const std::string& step : path) place = &(*place)[step];
  *place = nullptr;
}

}  // namespace

Writer::Special Writer::special_for(std::string_view kind) {
  if (kind == "label") return &Writer::write_label;
  if (kind == "warehouse connection") return &Writer::write_warehouse_connection;
  if (kind == "plan connection") return &Writer::write_plan_connection;
  if (kind == "schema settings") return &Writer::write_schema_settings;
  return nullptr;
}

void Writer::write(std::span<const Step* const> steps) {
  if (!steps.front()->kind().batch.empty()) return write_batch(steps);
  for (const Step* step : steps) write_one(*step);
}

// If it is already gone, all is well.
void Writer::write_one(const Step& step) {
  try {
    if (const Special special = special_for(step.kind().name)) return (this->*special)(step);
    if (step.action == Action::create) return create(step);
    if (step.action == Action::change) return change(step);
    remove(step);
  } catch (const NotFoundError&) {
    if (step.action != Action::remove) throw;
  }
}

Json Writer::translated(const Thing& thing) const {
  Json members = references_.translate(thing).members;
  if (Json* settings = members.find("settings")) *settings = without_masked(std::move(*settings));
  return members;
}

std::string Writer::parent_of(const Step& step) const {
  if (step.present != nullptr) return step.present->parent;
  return step.kind().parent.empty() ? std::string()
                                    : references_.find(step.kind().parent, step.wanted->parent);
}

std::string Writer::id_of(const Step& step) const {
  return step.present != nullptr ? step.present->id
                                 : references_.find(step.kind().name, step.wanted->id);
}

void Writer::create(const Step& step) {
  const Kind& kind = step.kind();
  const Operation& call = find_call(kind.create);
  const Json members = translated(*step.wanted);
  Json body = members_for(*body_schema(call), members, false);
  put_required_settings(*body_schema(call), body);
  // Each connection is a step of its own.
  if (wanted_.covers(kind_called("warehouse connection"))) {
    if (!kind.created_without.empty()) body[kind.created_without] = true;
  }
  const Json data = call_(
      kind.create, Json::object({{"path", path_of(call, {parent_of(step)})}, {"body", body}}));
  const Json& created = created_in(data, call);
  const std::string id = created.at("id").as_string();
  references_.add(kind.name, step.wanted->id, id);
  const Json* entry = created.find("catalogId");
  if (!step.wanted->catalog_id.empty() && entry != nullptr && entry->is_string()) {
    references_.add(catalog, step.wanted->catalog_id, entry->as_string());
  }
  Json rest = Json::object();
  for (const auto& [name, value] : members.as_object()) {
    const Json* has = created.find(name);
    if (value.is_null() || body.contains(name)) continue;
    if (has == nullptr || !(*has == value)) rest[name] = value;
  }
  update(step, id, rest);
}

void Writer::change(const Step& step) { update(step, step.present->id, changed_members(step)); }

void Writer::update(const Step& step, const std::string& id, const Json& members) {
  const Kind& kind = step.kind();
  const Operation& call = find_call(kind.update);
  Json body = update_body(call, members);
  if (!body.empty()) {
    const Json path = path_of(call, ids_in_path(parent_of(step), id));
    call_(kind.update, Json::object({{"path", path}, {"body", std::move(body)}}));
  }
  for (const KindMember& member : kind.members) {
    const Json* list = member.replaced_by.empty() ? nullptr : members.find(member.name);
    if (list == nullptr || (list->empty() && step.action == Action::create)) continue;
    Json input = Json::object({{"path", path_of(find_call(member.replaced_by), {id})}});
    input["body"][member.name] = *list;
    call_(member.replaced_by, input);
  }
}

// If the API merges the member, one key as a whole, because it is not documented how deep it
// merges; otherwise all of it.
Json Writer::changed_members(const Step& step) const {
  const Json wanted = translated(*step.wanted);
  Json members = Json::object();
  for (const Change& change : step.changes) {
    if (change.takes_away && !prune_) continue;
    const std::string& name = change.path.front();
    const Json* value = wanted.find(name);
    const bool by_key = step.kind().find(name)->is(merged) && change.path.size() > 1;
    const Json* part = by_key && value != nullptr ? value->find(change.path[1]) : nullptr;
    if (by_key && part != nullptr && !members[name].contains(change.path[1])) {
      members[name][change.path[1]] = *part;
    }
    if (!by_key) members[name] = value != nullptr ? *value : Json();
  }
  for (const Change& change : step.changes) {
    const bool by_key = step.kind().find(change.path.front())->is(merged);
    if (change.takes_away && prune_ && by_key) set_null_at(members, change.path);
  }
  for (auto& [name, value] : members.as_object()) {
    if (value.is_null() && !step.kind().find(name)->replaced_by.empty()) value = Json::array();
  }
  return members;
}

void Writer::remove(const Step& step) {
  const Operation& call = find_call(step.kind().remove);
  call_(call.id,
        Json::object({{"path", path_of(call, ids_in_path(step.present->parent, id_of(step)))}}));
}

}  // namespace segment::cli::workspace
