#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/builder.hpp"
#include "json/type.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Where in a value of an API type a decoder is: the objects, lists and maps that have begun and
/// not ended.
class DecoderFrames {
 public:
  /// Where a value goes. No type: nowhere, it is skipped.
  struct Slot {
    const Type* type = nullptr;
    void* place = nullptr;
  };

  /// \param budget what lists and maps may take; kept by reference.
  DecoderFrames(const Type& type, void* value, MemoryBudget& budget)
      : root_{&type, value}, budget_(budget) {
    frames_.reserve(8);
  }

  /// Goes into an object, a list or a map.
  void enter(const Slot& slot) { frames_.push_back({.type = slot.type, .place = slot.place}); }
  void leave();

  /// The innermost object's next member, or map's next entry. Of members of one name the last wins.
  ///
  /// \return false where the object's table has no such member: the value that comes next is
  /// skipped.
  bool key(std::string_view name);

  /// The type of the value that comes next; null where it is skipped.
  [[nodiscard]] const Type* expected() const;

  /// Makes a place for the value that comes next.
  Slot take();

  /// Takes a null for the next value, where its type has none: there is nothing then, whatever came
  /// before under the same name.
  void take_null();

  /// The JSON pointer of the value that came last.
  [[nodiscard]] std::string pointer() const;

  /// The JSON pointers of what the innermost object promises and what has not come.
  [[nodiscard]] std::vector<std::string> missing() const;

  /// Whether this member of the outermost object came, and was not null, once that has ended.
  [[nodiscard]] bool came(std::size_t member) const noexcept { return (came_ >> member & 1U) != 0; }

 private:
  struct Frame {
    const Type* type;
    void* place;
    const Member* member = nullptr;  // the object's member that the next value belongs to
    std::size_t next = 0;            // where the next member is looked for first
    std::uint64_t seen = 0;          // the object's members that came, a bit each
    std::size_t index = 0;           // of the list's next element
    std::string name{};              // of the map's next entry
  };

  void make_room(const Frame& list);

  Slot root_;
  MemoryBudget& budget_;
  std::vector<Frame> frames_;
  std::uint64_t came_ = 0;
};

/// Makes a member as if nothing had come for it: absent, or empty where it has no such state.
void make_absent(const Member& member, void* object);

}  // namespace segment::inline SEGMENT_ABI::detail
