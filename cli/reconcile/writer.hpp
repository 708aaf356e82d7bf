#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "reconcile/plan.hpp"
#include "reconcile/references.hpp"
#include "segment/types/json.hpp"

namespace segment::cli::workspace {

/// Makes a call of this name with an input of `path`, `query` and `body`; returns the response's
/// `data`.
using MakeCall = std::function<Json(std::string_view operation, const Json& input)>;

/// Carries out the steps of a plan, each with the calls that it needs.
class Writer {
 public:
  /// \param references learns the ids of what is created.
  /// \param prune whether things and values are deleted.
  Writer(MakeCall call, References& references, const Snapshot& wanted, bool prune)
      : call_(std::move(call)), references_(references), wanted_(wanted), prune_(prune) {}

  /// \param steps one, or several of a kind that is written in batches: with the same parent and
  ///        the same purpose.
  void write(std::span<const Step* const> steps);

 private:
  using Special = void (Writer::*)(const Step&);
  [[nodiscard]] static Special special_for(std::string_view kind);

  void write_one(const Step& step);
  void create(const Step& step);
  void change(const Step& step);
  void remove(const Step& step);

  void write_label(const Step& step);
  void write_warehouse_connection(const Step& step);
  void write_plan_connection(const Step& step);
  void write_schema_settings(const Step& step);
  void write_batch(std::span<const Step* const> steps);

  [[nodiscard]] Json translated(const Thing& thing) const;
  [[nodiscard]] Json changed_members(const Step& step) const;
  [[nodiscard]] std::string parent_of(const Step& step) const;
  [[nodiscard]] std::string id_of(const Step& step) const;
  void update(const Step& step, const std::string& id, const Json& members);

  MakeCall call_;
  References& references_;
  const Snapshot& wanted_;
  bool prune_;
};

}  // namespace segment::cli::workspace
