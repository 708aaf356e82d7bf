#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "json/builder.hpp"
#include "json/events.hpp"
#include "json/type.hpp"
#include "segment/schema_mismatch.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Where a decoder is within a value of an API type: the objects, lists and maps that have begun
/// and not ended.
class DecoderFrames {
 public:
  /// Where a value goes. Without a type it is skipped.
  struct Slot {
    const Type* type = nullptr;
    void* place = nullptr;
  };

  /// \param budget what lists and maps may take; kept by reference.
  DecoderFrames(const Type& type, void* value, MemoryBudget& budget)
      : root_{&type, value}, budget_(budget) {
    frames_.reserve(8);
  }

  /// Enters an object, a list or a map.
  void enter(const Slot& slot);
  void leave();

  /// Selects the innermost object's next member, or map's next entry. The last of several with the
  /// same name wins.
  ///
  /// \return false if the object's table has no such member; then the next value is skipped.
  bool key(std::string_view name);

  /// The type of the next value; null if it is skipped.
  [[nodiscard]] const Type* expected() const;

  /// Makes a place for the next value.
  Slot take();

  /// Takes a null as the next value: a nullable member becomes null, anything else counts as
  /// absent, whatever came before under the same name.
  ///
  /// \return false: the null is an entry of a list or a map, which leaves it out.
  [[nodiscard]] bool take_null();

  /// The JSON pointer of the last value.
  [[nodiscard]] std::string pointer() const;

  /// The JSON pointers of the innermost object's promised members that have not come.
  [[nodiscard]] std::vector<std::string> missing() const;

  /// Whether a member came and was not null: of the outermost object, or of the newest one directly
  /// in it, once that has ended.
  ///
  /// \param depth 0 or 1.
  [[nodiscard]] bool came(std::size_t depth, std::size_t member) const noexcept {
    return (came_[depth] >> member & 1U) != 0;
  }

 private:
  struct Frame {
    const Type* type;
    void* place;
    const Member* member = nullptr;  // the object's member that the next value is for
    std::size_t next = 0;            // where the search for the next member starts
    std::uint64_t seen = 0;          // the object's members that came, a bit each
    std::size_t index = 0;           // of the list's next element
  };

  void make_room(const Frame& list);

  Slot root_;
  MemoryBudget& budget_;
  std::vector<Frame> frames_;
  std::vector<std::string> entries_;     // the name of the next entry of each map among the frames
  std::array<std::uint64_t, 2> came_{};  // the members of the outer two objects, a bit each
};

/// Makes a member absent, or empty if it has no such state.
void make_absent(const Member& member, void* object);

/// Called with each mismatch between JSON and the tables, and its JSON pointer.
using MismatchSink = std::function<void(SchemaMismatch::Kind, std::string_view pointer)>;

/// Fills an object of an API type from events. Unknown members are skipped, missing ones keep their
/// initial value, a null that is not described counts as missing, and the last of several members
/// with the same name wins. Throws BadJson for a member of the wrong kind, and if more memory is
/// needed than the budget has.
class Decoder final : public JsonEvents {
 public:
  /// \param object of the table's type, newly made.
  /// \param on_mismatch if empty, nothing is checked. Kept by reference.
  /// \param budget what may be allocated for the object.
  Decoder(const Type& type, void* object, const MismatchSink& on_mismatch,
          MemoryBudget budget = {});
  Decoder(const Type& type, void* object, MismatchSink&& on_mismatch,
          MemoryBudget budget = {}) = delete;

  void null() override;
  void boolean(bool value) override;
  void integer(std::int64_t value) override;
  void wide_integer(std::uint64_t value) override;
  void number(double value, std::string_view text) override;
  void text(std::string_view value) override;
  void broken_text() override;
  void begin_object() override;
  void key(std::string_view name) override;
  void end_object() override;
  void begin_array() override;
  void end_array() override;

  /// See `DecoderFrames`.
  [[nodiscard]] bool came(std::size_t depth, std::size_t member) const noexcept {
    return frames_.came(depth, member);
  }

 private:
  using Slot = DecoderFrames::Slot;

  bool ignored() const noexcept { return skipping_ > 0; }
  [[noreturn]] void refuse(const Type& wanted, std::string_view got) const;
  void take_text(std::string_view value);

  template <class Event>
  bool captured(const Event& event);
  bool capture(const Slot& slot, bool object = false);
  void finish_capture();

  void skip_or_enter(Kind wanted, std::string_view got);
  void leave();

  const MismatchSink& on_mismatch_;
  MemoryBudget budget_;
  DecoderFrames frames_;
  std::size_t skipping_ = 0;  // depth inside something that is skipped
  std::string unknown_;       // the step to the skipped member, if there is one
  JsonBuilder builder_;       // builds a free-form value while capturing_ is set
  Slot capturing_;
  Json one_of_;
};

/// Fills an object of an API type from a Json; throws BadJson.
SEGMENT_EXPORT_INTERNAL void decode(const Type& type, void* object, const Json& json,
                                    const MismatchSink& on_mismatch = {}, MemoryBudget budget = {});

/// Fills a union from a Json: with the alternative whose promised members are all there, that
/// leaves the fewest members unknown and has none of the wrong kind. Its unknown members are
/// skipped and reported, as in any struct: otherwise a new member in the API would take the typed
/// value away from the programs that use it. A value that fits no alternative is kept whole in the
/// free form.
///
/// \param on_mismatch as for `Decoder`; called for the chosen alternative, with pointers that begin
///        at the union.
/// \param budget what the alternative may take.
void decode_one_of(const OneOfOps& ops, void* place, Json&& json, const MismatchSink& on_mismatch,
                   MemoryBudget budget);

}  // namespace segment::inline SEGMENT_ABI::detail
