#pragma once

#include <cstdint>
#include <string_view>

#include "json/events.hpp"

namespace bench {

/// Receives every event and keeps nothing: what is left is the JSON library's own time.
class DeafEvents final : public segment::detail::JsonEvents {
 public:
  void null() override {}
  void boolean(bool /*value*/) override {}
  void integer(std::int64_t /*value*/) override {}
  void wide_integer(std::uint64_t /*value*/) override {}
  void number(double /*value*/, std::string_view /*text*/) override {}
  void text(std::string_view /*value*/) override {}
  void begin_object() override {}
  void key(std::string_view /*name*/) override {}
  void end_object() override {}
  void begin_array() override {}
  void end_array() override {}
};

}  // namespace bench
