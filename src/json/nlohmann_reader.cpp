#include <cstddef>
#include <limits>
#include <nlohmann/json.hpp>

#include "json/broken_texts.hpp"
#include "json/events.hpp"
#include "json/memory_budget.hpp"
#include "json/numbers.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// Forwards nlohmann's SAX events. Returning false would end the parsing; ours throw instead, which
// the parser lets through.
class Adapter {
 public:
  Adapter(JsonEvents& events, BrokenTexts& broken, HugeNumbers& huge)
      : events_(events), broken_(broken), huge_(huge) {}

  bool null() {
    events_.null();
    return true;
  }
  bool boolean(bool value) {
    events_.boolean(value);
    return true;
  }
  bool number_integer(std::int64_t value) {
    if (!send_huge()) events_.integer(value);
    return true;
  }
  bool number_unsigned(std::uint64_t value) {
    if (send_huge()) return true;
    if (value <= static_cast<std::uint64_t>(INT64_MAX)) {
      events_.integer(static_cast<std::int64_t>(value));
    } else {
      events_.wide_integer(value);
    }
    return true;
  }
  bool number_float(double value, const std::string& text) {
    if (!send_huge()) events_.number(value, with_point(text));
    return true;
  }
  bool string(std::string& value) {
    events_.text(value);
    if (broken_.take()) events_.broken_text();
    return true;
  }
  bool binary(nlohmann::json::binary_t& /*unused*/) { return false; }  // JSON text has none
  bool start_object(std::size_t /*size*/) {
    go_deeper();
    events_.begin_object();
    return true;
  }
  bool key(std::string& name) {
    events_.key(name);
    if (broken_.take()) events_.broken_text();
    return true;
  }
  bool end_object() {
    --depth_;
    events_.end_object();
    return true;
  }
  bool start_array(std::size_t /*size*/) {
    go_deeper();
    events_.begin_array();
    return true;
  }
  bool end_array() {
    --depth_;
    events_.end_array();
    return true;
  }
  // nlohmann's own message quotes the text, which may hold secrets, so only the position is kept.
  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) {
    position_ = position;
    return false;
  }

  [[nodiscard]] std::size_t position() const noexcept { return position_; }

 private:
  void go_deeper() {
    if (++depth_ > max_depth) refuse_depth();
  }

  // Whether the current number stands for a huge one, which is sent instead.
  bool send_huge() {
    const std::string_view written = huge_.take();
    if (written.empty()) return false;
    constexpr double infinity = std::numeric_limits<double>::infinity();
    events_.number(written.front() == '-' ? -infinity : infinity, written);
    return true;
  }

  // nlohmann passes on the locale's decimal point, except in new versions.
  std::string_view with_point(const std::string& text) {
    const std::size_t point = text.find_first_not_of("+-0123456789eE");
    if (point == std::string::npos || text[point] == '.') return text;
    number_ = text;
    number_[point] = '.';
    return number_;
  }

  JsonEvents& events_;
  BrokenTexts& broken_;
  HugeNumbers& huge_;
  std::string number_;
  std::size_t depth_ = 0;
  std::size_t position_ = 0;
};

// nlohmann keeps the current text or number twice, in buffers that grow by doubling, and quotes it
// when it refuses it.
void check_memory(std::string_view text, MemoryBudget& budget) {
  constexpr std::size_t copies = 8;
  if (text.size() <= budget.left() / copies) return;  // as for nearly every text
  if (!budget.take(copies * longest_token(text))) refuse_memory({});
}

}  // namespace

void read_json_with_nlohmann(std::string_view text, const ReadingRoom& room, JsonEvents& events) {
  // nlohmann takes a NUL byte for the end of the text, whatever follows it.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    throw BadJson{{}, "is not JSON from byte " + std::to_string(nul) + " on"};
  }
  MemoryBudget budget = room.beside;
  check_memory(text, budget);
  BrokenTexts broken(text, budget);
  HugeNumbers huge(broken.mended(), budget);
  Adapter adapter(events, broken, huge);
  const std::string_view readable = huge.text();
  if (!nlohmann::json::sax_parse(readable.data(), readable.data() + readable.size(), &adapter)) {
    const std::size_t place = broken.place(adapter.position());
    throw BadJson{{}, "is not JSON from byte " + std::to_string(place) + " on"};
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail
