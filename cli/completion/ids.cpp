#include "completion/ids.hpp"

#include <chrono>
#include <exception>
#include <functional>
#include <string>
#include <utility>

#include "calls/connection.hpp"
#include "completion/candidates.hpp"
#include "completion/id_cache.hpp"
#include "operations/catalog.hpp"
#include "output/output.hpp"
#include "segment/api/operations.hpp"
#include "segment/json_call.hpp"
#include "segment/profile.hpp"
#include "segment/schema.hpp"

namespace segment::cli {

namespace {

// People who press Tab do not wait long.
constexpr std::chrono::seconds patience{2};

const Operation* list_at(std::string_view path) {
  for (const Operation* operation : operations::all()) {
    if (operation->path == path && lists_ids(*operation)) return operation;
  }
  return nullptr;
}

Json fetch(const IdList& list, const Client& client) {
  const Json input = Json::object({{"path", path_of(*list.operation, list.path)}});
  CallOptions options;
  options.timeout = patience;
  options.max_attempts = 1;
  if (const auto most = max_page_size(*list.operation)) {
    options.query.push_back({"pagination.count", std::to_string(*most)});
  }
  const JsonCall call(*list.operation, input, options);
  Json found = Json::object();
  for (const Json& item : items_of(*list.operation, call.run(client).data)) {
    const Json* id = item.find("id");
    const Json* name = item.find("name");
    if (name == nullptr) name = item.find("slug");
    if (id == nullptr || !id->is_string()) continue;
    found[id->as_string()] = name != nullptr && name->is_string() ? name->as_string() : "";
  }
  return found;
}

Json ids_of_sandbox(const IdList& list) {
  CallFlags flags;
  flags.sandbox = true;
  const Connection connection(flags);
  return fetch(list, connection.client());
}

std::string key_of(const IdList& list, const Environment& environment) {
  std::string key = environment.profile + '\n' + environment.base_url + '\n';
  key.append(to_string(environment.region)).append("\n").append(list.operation->path);
  for (const std::string& value : list.path) key += '\n' + value;
  // Without a profile, another token may belong to another workspace. A few bits reveal nothing
  // about it.
  if (environment.token_source == Environment::TokenSource::variable) {
    const auto bits = std::hash<std::string_view>{}(environment.token().reveal()) & 0xFFFFU;
    key += '\n' + std::to_string(bits);
  }
  return key;
}

Json ids_of_workspace(const IdList& list, const std::string& profile) {
  Environment environment = Environment::read(profile);
  const std::string key = key_of(list, environment);
  if (auto known = cached_ids(key)) return *std::move(known);
  Json found;
  try {
    environment.settings.token_command_timeout = patience;
    found = fetch(list, Client(environment.client_options()));
  } catch (const std::exception&) {
    // Recorded, so that not every keypress waits for a network that does not respond.
  }
  cache_ids(key, found);
  return found;
}

}  // namespace

std::optional<IdList> list_of_argument(const Operation& operation,
                                       const std::vector<std::string>& arguments) {
  const auto names = path_parameters(operation);
  if (arguments.size() >= names.size()) return std::nullopt;
  const std::string parameter = "/{" + std::string(names[arguments.size()]) + "}";
  const std::string_view path = operation.path.substr(0, operation.path.find(parameter));
  const Operation* list = list_at(collection_of(path));
  return list != nullptr ? std::optional(IdList{list, arguments}) : std::nullopt;
}

std::optional<const Operation*> list_of_member(std::string_view member) {
  for (const Operation* operation : operations::all()) {
    const auto names = path_parameters(*operation);
    if (names.empty() || names.front() != member || member == "id") continue;
    if (const auto list = list_of_argument(*operation, {})) return list->operation;
  }
  return std::nullopt;
}

void add_ids(const IdList& list, const std::map<std::string, std::string>& flags,
             std::vector<Candidate>& found) {
  const auto profile = flags.find("--profile");
  const Json ids = flags.contains("--sandbox")
                       ? ids_of_sandbox(list)
                       : ids_of_workspace(list, profile != flags.end() ? profile->second : "");
  if (!ids.is_object()) return;
  for (const auto& [id, name] : ids.as_object()) found.push_back({id, name.as_string()});
}

}  // namespace segment::cli
