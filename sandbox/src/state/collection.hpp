#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Items by id, in the order in which they were added.
class Collection {
 public:
  /// The item with this id, or null.
  [[nodiscard]] Json* find(std::string_view id);
  [[nodiscard]] const Json* find(std::string_view id) const;
  [[nodiscard]] bool contains(std::string_view id) const { return find(id) != nullptr; }

  /// Stores an item, replacing one with the same id.
  Json& put(std::string_view id, Json thing);

  /// False if there was none.
  bool erase(std::string_view id);

  /// Removes the oldest until there are at most this many.
  void keep_newest(std::size_t most);

  [[nodiscard]] std::size_t size() const noexcept { return things_.size(); }

  /// Those that match the condition; without one, all.
  [[nodiscard]] std::vector<Json> all(
      const std::function<bool(const Json&)>& condition = nullptr) const;

  /// The same without copying them: valid until one of them changes.
  [[nodiscard]] std::vector<const Json*> matching(
      const std::function<bool(const Json&)>& condition = nullptr) const;

  /// Calls the function with the id and the value of each item.
  template <class Visit>
  void each(Visit&& visit) {
    for (auto& [number, entry] : things_) visit(entry.id, entry.thing);
  }

 private:
  struct Entry {
    std::string id;
    Json thing;
  };
  std::map<std::uint64_t, Entry> things_;  // by order of arrival
  std::map<std::string, std::uint64_t, std::less<>> numbers_;
  std::uint64_t next_ = 0;
};

}  // namespace segment::inline SEGMENT_ABI::sandbox
