#include "reconcile/reconcile.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "reconcile/writer.hpp"
#include "segment/error.hpp"
#include "terminal/colour.hpp"
#include "terminal/progress.hpp"
#include "terminal/terminal.hpp"
#include "workspace/live.hpp"
#include "workspace/read_snapshot.hpp"
#include "workspace/sides.hpp"

namespace segment::cli::workspace {

namespace {

constexpr auto the_workspace = "the workspace";

// A list that the token does not see whole would make what is missing from it seem new.
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

// Nothing that is no file has one beside it.
std::string ids_beside(const std::string& side) {
  return side == "-" || profile_in(side) ? std::string() : side + ".ids.json";
}

}  // namespace

Reconciliation::Reconciliation(const Sides& sides, const CallFlags& flags)
    : flags_(with_whole_lists(flags)),
      options_(flags_.call_options()),
      chosen_(chosen_kinds(sides.choice)) {
  wanted_ = std::make_unique<Snapshot>(read_wanted(sides));
  std::erase_if(chosen_, [&](const Kind* kind) { return !wanted_->covers(*kind); });
  present_ = std::make_unique<Snapshot>(read_present(sides));
  ids_ = std::make_unique<IdFile>(sides.ids.empty() ? ids_beside(sides.wanted) : sides.ids,
                                  present_->workspace_id);
  matching_ = std::make_unique<Matching>(
      *wanted_, *present_,
      [&](std::string_view kind, const std::string& id) { return ids_->find(kind, id); });
  plan_ = make_plan(*wanted_, *present_, *matching_, chosen_);
}

const Connection& Reconciliation::connection() {
  if (!connection_) connection_ = std::make_unique<Connection>(flags_, Waits::told);
  return *connection_;
}

Snapshot Reconciliation::read_profile(const std::string& profile,
                                      std::unique_ptr<Connection>& connection) const {
  CallFlags flags = flags_;
  flags.profile = profile;
  connection = std::make_unique<Connection>(flags, Waits::told);
  // Both sides would be one workspace.
  for (const std::string& variable : connection->environment().overriding) {
    throw ConfigurationError(variable + " is set, and goes before the profile " + profile +
                             ", which is to be compared: unset it");
  }
  return read_workspace(*connection, options_, chosen_, "the workspace of " + profile);
}

Snapshot Reconciliation::read_wanted(const Sides& sides) {
  if (const auto profile = profile_in(sides.wanted)) {
    std::unique_ptr<Connection> own;
    return read_profile(*profile, own);
  }
  Json document = read_document(sides.wanted);
  if (names_catalog_by_slug(document)) {
    if (sides.present && !profile_in(*sides.present)) {
      add_catalog(document, read_document(*sides.present));
    } else {
      add_catalog(document, connection(), options_);
    }
  }
  return read_snapshot(document, name_of_file(sides.wanted));
}

Snapshot Reconciliation::read_present(const Sides& sides) {
  if (!sides.present) return read_workspace(connection(), options_, chosen_, the_workspace);
  if (const auto profile = profile_in(*sides.present)) return read_profile(*profile, connection_);
  return read_snapshot(read_document(*sides.present), name_of_file(*sides.present));
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
  workspace::check(plan_, matching_->references(), *wanted_, prune, prepare);
}

Applied Reconciliation::apply(bool prune) {
  References references = matching_->references();
  const MakeCall call = [&](std::string_view operation, const Json& input) {
    return make_call(connection(), options_, operation, input);
  };
  Writer writer(call, references, *wanted_, prune);
  Progress progress(static_cast<std::size_t>(std::ranges::count_if(
      plan_.steps, [&](const Step& step) { return step.can_be_done(prune); })));
  ids_->keep(references);
  return workspace::apply(
      plan_, writer, prune, [&](const Step& step) { progress.step(in_words(step)); },
      [&] { ids_->keep(references); });
}

PlanStyle style_of_output() {
  return {.width = output_width(), .has_colours = has_colours(Stream::output)};
}

}  // namespace segment::cli::workspace
