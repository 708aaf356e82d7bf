#pragma once

#include <string>
#include <vector>

#include "json/events.hpp"
#include "segment/json.hpp"

namespace segment::detail {

/// Builds a Json out of what it is told. Of members of one name the last wins. A number that no
/// double reaches is thrown as BadJson, because a Json could not say it again.
class JsonBuilder final : public JsonEvents {
 public:
  /// Starts over, on a value that is null until told otherwise.
  void start(Json& target);

  /// Whether the value is whole.
  [[nodiscard]] bool done() const noexcept { return done_; }

  void null() override { put(Json()); }
  void boolean(bool value) override { put(Json(value)); }
  void integer(std::int64_t value) override { put(Json(value)); }
  void wide_integer(std::uint64_t value) override { put(Json(value)); }
  void number(double value, std::string_view text) override;
  void text(std::string_view value) override { put(Json(value)); }
  void begin_object() override { open(Json(Json::Object{})); }
  void key(std::string_view name) override { name_ = name; }
  void end_object() override;
  void begin_array() override { open(Json(Json::Array{})); }
  void end_array() override { close(); }

 private:
  Json& put(Json value);
  void open(Json container) { open_.push_back(&put(std::move(container))); }
  void close();
  [[nodiscard]] std::string pointer() const;

  Json* target_ = nullptr;
  std::vector<Json*> open_;
  std::string name_;
  bool done_ = false;
};

}  // namespace segment::detail
