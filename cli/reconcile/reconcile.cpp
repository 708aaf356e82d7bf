#include "reconcile/reconcile.hpp"

#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "messages/errors.hpp"
#include "reconcile/writer.hpp"
#include "segment/error.hpp"
#include "terminal/progress.hpp"
#include "workspace/live.hpp"
#include "workspace/read_snapshot.hpp"
#include "workspace/sides.hpp"

namespace segment::cli::workspace {

namespace {

constexpr auto the_workspace = "the workspace";

// If the token sees only a part of a list, the missing items would seem new.
CallFlags with_whole_lists(CallFlags flags) {
  if (!flags.short_lists) flags.short_lists = "refuse";
  return flags;
}

constexpr std::string_view profile_prefix = "profile:";

// The profile that a side names.
std::optional<std::string> profile_in(const std::string& side) {
  if (!side.starts_with(profile_prefix)) return std::nullopt;
  return side.substr(profile_prefix.size());
}

// Only a file has one beside it: not standard input, a workspace, or a pipe such as /dev/fd/63.
std::string ids_beside(const std::string& side) {
  std::error_code failure;
  const bool is_file =
      side != "-" && !profile_in(side) && std::filesystem::is_regular_file(side, failure);
  return is_file ? side + ".ids.json" : std::string();
}

// Read only once, because standard input can only be read once. Nothing: the side is a workspace.
std::optional<Json> document_of(const std::optional<std::string>& side) {
  if (!side || profile_in(*side)) return std::nullopt;
  return read_document(*side);
}

}  // namespace

Reconciliation::Reconciliation(const Sides& sides, const CallFlags& flags)
    : flags_(with_whole_lists(flags)),
      options_(flags_.call_options()),
      chosen_(chosen_kinds(sides.choice)) {
  if (sides.wanted == "-" && sides.present == "-") {
    throw Malformed("only one of the two sides can be standard input");
  }
  const auto other = document_of(sides.present);
  wanted_ = std::make_unique<Snapshot>(read_wanted(sides, other));
  std::erase_if(chosen_, [&](const Kind* kind) { return !wanted_->covers(*kind); });
  present_ = std::make_unique<Snapshot>(read_present(sides, other));
  ids_ = std::make_unique<IdFile>(sides.ids.empty() ? ids_beside(sides.wanted) : sides.ids,
                                  present_->workspace_id);
  matching_ = std::make_unique<Matching>(
      *wanted_, *present_,
      [&](std::string_view kind, const std::string& id) { return ids_->find(kind, id); });
  references_ = std::make_unique<References>(matching_->references());
  plan_ = make_plan(*wanted_, *present_, *matching_, *references_, chosen_);
  plan_.notes.insert(plan_.notes.begin(), misspelt_.begin(), misspelt_.end());
}

const Connection& Reconciliation::connection() {
  if (!connection_) connection_ = std::make_unique<Connection>(flags_, Waits::reported);
  return *connection_;
}

Snapshot Reconciliation::read_profile(const std::string& profile,
                                      std::unique_ptr<Connection>& connection) const {
  CallFlags flags = flags_;
  flags.profile = profile;
  connection = std::make_unique<Connection>(flags, Waits::reported);
  // Both sides would be one workspace.
  for (const std::string& variable : connection->environment().overriding) {
    throw ConfigurationError(variable + " is set and takes precedence over the profile " + profile +
                             ", which is to be compared; unset it");
  }
  return read_workspace(*connection, options_, chosen_, "the workspace of " + profile);
}

Snapshot Reconciliation::read_wanted(const Sides& sides, const std::optional<Json>& other) {
  if (const auto profile = profile_in(sides.wanted)) {
    std::unique_ptr<Connection> own;
    return read_profile(*profile, own);
  }
  Json document = read_document(sides.wanted);
  if (names_catalog_by_slug(document)) {
    if (other) {
      add_catalog(document, *other);
    } else {
      add_catalog(document, connection(), options_);
    }
  }
  return read_snapshot(document, name_of_file(sides.wanted), &misspelt_);
}

Snapshot Reconciliation::read_present(const Sides& sides, const std::optional<Json>& other) {
  if (other) return read_snapshot(*other, name_of_file(*sides.present));
  if (!sides.present) return read_workspace(connection(), options_, chosen_, the_workspace);
  return read_profile(*profile_in(*sides.present), connection_);
}

Format Reconciliation::format() const {
  if (connection_) return connection_->format(Format::table);
  return flags_.format().value_or(Format::table);
}

void Reconciliation::check(bool prune) const {
  const MakeCall prepare = [&](std::string_view operation, const Json& input) {
    prepare_only(options_, operation, input);
    return Json::object({{"thing", Json::object({{"id", "checked"}})}});
  };
  workspace::check(plan_, *references_, *wanted_, prune, prepare);
}

void Reconciliation::require_ids_can_be_kept() const { ids_->require_writable(); }

MakeCall Reconciliation::call() {
  return [this](std::string_view operation, const Json& input) {
    return make_call(connection(), options_, operation, input);
  };
}

Applied Reconciliation::apply(bool prune) {
  References& references = *references_;
  Writer writer(call(), references, *wanted_, prune);
  const std::vector<Unit> units = units_of(plan_, prune);
  Progress progress(units.size());
  ids_->keep(references);
  return workspace::apply(
      units, writer, [&](const Step& step) { progress.step(in_words(step)); },
      [&] { ids_->keep(references); });
}

std::vector<Undeployed> Reconciliation::undeployed_after(const Applied& applied) const {
  return workspace::undeployed_after(applied, *wanted_, *present_, *matching_, *references_);
}

Deployed Reconciliation::deploy(std::vector<Undeployed> functions) {
  return workspace::deploy(std::move(functions), call());
}

}  // namespace segment::cli::workspace
