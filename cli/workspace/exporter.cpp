#include "workspace/exporter.hpp"

#include <utility>

#include "calls/all_items.hpp"
#include "calls/prepare_call.hpp"
#include "operations/catalog.hpp"
#include "output/secrets.hpp"
#include "segment/schema.hpp"

namespace segment::cli {

namespace {

// `{"labels": [...]}` contains no more than its list.
Json unwrapped(const Operation& call, Json data) {
  const auto result = result_schema(call);
  if (!result || result->members().size() != 1) return data;
  Json* only = data.find(result->members().front().name);
  return only != nullptr ? std::move(*only) : Json();
}

std::vector<std::string> ids_in(const Json& items) {
  std::vector<std::string> ids;
  if (!items.is_array()) return ids;
  for (const Json& item : items.as_array()) {
    const Json* id = item.find("id");
    if (id != nullptr && id->is_string() && !id->as_string().empty())
      ids.push_back(id->as_string());
  }
  return ids;
}

void append(Json& all, Json more) {
  if (!all.is_array() || !more.is_array()) {
    all = std::move(more);
    return;
  }
  for (Json& item : more.as_array()) all.push_back(std::move(item));
}

}  // namespace

void Exporter::take(const ExportStep& step) {
  if (step.queries.empty()) return note(step, {}, 0, step.lacks);
  if (step.parent != nullptr) return take_below(step);
  if (auto found = read(step, {})) {
    ids_[step.call] = ids_in(*found);
    if (step.is_wanted) data_[step.call->id] = std::move(*found);
  }
}

void Exporter::take_below(const ExportStep& step) {
  Json by_id = Json::object();
  for (const std::string& id : ids_[step.parent]) {
    try {
      if (auto found = read(step, id)) by_id[id] = std::move(*found);
    } catch (const PermissionDeniedError& error) {
      // What this token may not see of one item, it may not see of the next.
      note(step, id, error);
      break;
    }
  }
  if (!by_id.empty()) data_[step.call->id] = std::move(by_id);
}

std::optional<Json> Exporter::read(const ExportStep& step, const std::string& id) {
  Json input = Json::object();
  if (step.parent != nullptr) {
    input["path"][path_parameters(*step.call).front()] = id;
  }
  try {
    Json all = Json::array();
    for (const Json& query : step.queries) {
      input["query"] = query;
      append(all, fetch(*step.call, input));
    }
    return all;
  } catch (const PermissionDeniedError& error) {
    if (step.parent != nullptr) throw;
    note(step, id, error);
  } catch (const ApiError& error) {
    note(step, id, error);
  } catch (const DecodeError& error) {
    if (!failure_) failure_ = std::current_exception();
    note(step, id, 0, error.what());
  }
  return std::nullopt;
}

Json Exporter::fetch(const Operation& call, const Json& input) {
  const JsonCall prepared = prepare_call(call, input, options_);
  Json found = max_page_size(call) ? all_items(prepared, client_)
                                   : unwrapped(call, prepared.run(client_).data);
  if (!with_secrets_) take_secrets_out(found);
  return found;
}

// Called while the error is being handled. A bad token, and a server that refuses more requests,
// end the whole export.
void Exporter::note(const ExportStep& step, const std::string& id, const ApiError& error) {
  const int status = error.status();
  if (status == 401 || status == 429) throw;
  const bool lacking = status >= 400 && status < 500;
  if (!lacking && !failure_) failure_ = std::current_exception();
  refusals_.emplace(std::string(step.call->id), std::current_exception());
  const auto& items = error.items();
  note(step, id, status, items.empty() ? std::string() : items.front().message);
}

void Exporter::note(const ExportStep& step, const std::string& id, int status,
                    const std::string& reason) {
  Json entry = Json::object({{"operation", step.call->id}});
  if (!id.empty()) entry["id"] = id;
  if (status != 0) entry["status"] = status;
  if (!reason.empty()) entry["reason"] = reason;
  skipped_.push_back(std::move(entry));
}

void Exporter::put_into(Json& document) && {
  document["data"] = std::move(data_);
  document["skipped"] = std::move(skipped_);
}

}  // namespace segment::cli
