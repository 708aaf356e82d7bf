#include "input/repeated_members.hpp"

#include <cstddef>
#include <cstdint>
#include <unordered_set>
#include <vector>

#include "json/events.hpp"

namespace segment::cli {

namespace {

class Finder final : public detail::JsonEvents {
 public:
  void null() override { count(); }
  void boolean(bool /*value*/) override { count(); }
  void integer(std::int64_t /*value*/) override { count(); }
  void wide_integer(std::uint64_t /*value*/) override { count(); }
  void number(double /*value*/, std::string_view /*text*/) override { count(); }
  void text(std::string_view /*value*/) override { count(); }
  void begin_object() override { open_.emplace_back(); }
  void end_object() override { close(); }
  void begin_array() override { open_.push_back({.is_array = true}); }
  void end_array() override { close(); }
  void key(std::string_view name) override {
    Container& object = open_.back();
    object.name = name;
    if (!object.names.emplace(name).second && repeated_.empty()) repeated_ = place();
  }

  [[nodiscard]] std::string take() { return std::move(repeated_); }

 private:
  struct Container {
    bool is_array = false;
    std::size_t elements = 0;  // of an array, before the one at hand
    std::string name{};        // of an object's member at hand
    std::unordered_set<std::string> names{};
  };

  void count() {
    if (!open_.empty()) ++open_.back().elements;
  }
  void close() {
    open_.pop_back();
    count();
  }
  [[nodiscard]] std::string place() const {
    std::string path;
    for (const Container& container : open_) {
      if (!path.empty()) path += '.';
      path += container.is_array ? std::to_string(container.elements) : container.name;
    }
    return path;
  }

  std::vector<Container> open_;
  std::string repeated_;
};

}  // namespace

std::string find_repeated_member(std::string_view json) {
  Finder finder;
  detail::read_json(json, finder);
  return finder.take();
}

}  // namespace segment::cli
