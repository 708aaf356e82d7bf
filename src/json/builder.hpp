#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "json/events.hpp"
#include "json/memory_budget.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Builds a Json from events. The last of several members with the same name wins. A number that
/// neither 64 bits nor a double can hold without loss keeps its text.
class SEGMENT_EXPORT_INTERNAL JsonBuilder : public JsonEvents {
 public:
  JsonBuilder() = default;
  /// \param budget what the Json may take; kept by reference.
  explicit JsonBuilder(MemoryBudget& budget) : budget_(budget) {}

  /// Starts over. The target stays null until the value is complete.
  void start(Json& target);

  /// Whether the value is complete.
  [[nodiscard]] bool done() const noexcept { return done_; }

  /// The JSON pointer of the last text or name.
  [[nodiscard]] std::string pointer() const;

  void null() final;
  void boolean(bool value) final;
  void integer(std::int64_t value) final;
  void wide_integer(std::uint64_t value) final;
  void number(double value, std::string_view text) final;
  void text(std::string_view value) final;
  void begin_object() final { open_.push_back({values_.size(), names_.size(), true}); }
  void key(std::string_view name) final;
  void end_object() final;
  void begin_array() final { open_.push_back({values_.size(), names_.size(), false}); }
  void end_array() final;

 private:
  // An array or object that has begun and not ended. What it holds so far is on the stacks, so that
  // it is allocated once, in its final size.
  struct Open {
    std::size_t first_value;
    std::size_t first_name;
    bool object;
  };

  template <class Value>
  void put(Value&& value);
  void take(std::size_t bytes);
  template <class T>
  void make_room(std::vector<T>& stack);

  MemoryBudget endless_{};
  MemoryBudget& budget_ = endless_;
  Json* target_ = nullptr;
  std::vector<Open> open_;
  std::vector<Json> values_;
  std::vector<std::string> names_;
  bool done_ = false;
};

}  // namespace segment::inline SEGMENT_ABI::detail
