#include <simdjson.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "json/events.hpp"
#include "json/numbers.hpp"
#include "segment/types/secret.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

namespace dom = simdjson::dom;

// The process's parsers that are not in use. One takes a dozen bytes per byte of text: without
// keeping any, half the time of a large page went into memory that the system provides and
// reclaims. Slots instead of a mutex, which a forked child could find locked forever.
class IdleParsers {
 public:
  /// Starts at a different slot each time, so that all of them are used now and then.
  std::unique_ptr<dom::parser> take() {
    const unsigned first = first_.fetch_add(1, std::memory_order_relaxed);
    for (unsigned i = 0; i < slots_.size(); ++i) {
      auto& slot = slots_[(first + i) % slots_.size()];
      if (dom::parser* const kept = slot.exchange(nullptr))
        return std::unique_ptr<dom::parser>(kept);
    }
    return std::make_unique<dom::parser>();
  }

  /// Keeps a parser unless it is much larger than the text that it read, so that a program that
  /// reads large texts now and then does not hold their memory forever.
  void give_back(std::unique_ptr<dom::parser> parser, std::size_t text_size) noexcept {
    if (!is_worth_keeping(*parser, text_size)) return;
    for (auto& slot : slots_) {
      dom::parser* empty = nullptr;
      if (slot.compare_exchange_strong(empty, parser.get())) {
        (void)parser.release();
        return;
      }
    }
  }

 private:
  static bool is_worth_keeping(const dom::parser& parser, std::size_t text_size) noexcept {
    constexpr std::size_t largest = std::size_t{4} << 20U;
    constexpr std::size_t small = std::size_t{32} << 10U;
    constexpr std::size_t times = 8;
    return parser.capacity() <= std::min(largest, times * std::max(text_size, small));
  }

  std::array<std::atomic<dom::parser*>, 4> slots_{};
  std::atomic<unsigned> first_{0};
};

// Never destroyed, since a response may be read as the process exits.
constinit IdleParsers idle_parsers;

// Sends simdjson's tree of a text as events. Reading a value cannot fail, since its type is checked
// first.
class DomWalk {
 public:
  DomWalk(std::string_view text, JsonEvents& events)
      : text_(text), numbers_(text), events_(events) {}
  DomWalk(const DomWalk&) = delete;
  DomWalk& operator=(const DomWalk&) = delete;

  /// Overwrites the texts that were sent, which may be secrets. They are stored in sequence.
  ~DomWalk() {
    if (first_text_ == nullptr) return;
    wipe(const_cast<char*>(first_text_),  // NOLINT: in the parser's own memory
         static_cast<std::size_t>(behind_texts_ - first_text_));
  }

  void value(dom::element element) {
    switch (element.type()) {
      case dom::element_type::ARRAY:
        return array(element.get_array().value_unsafe());
      case dom::element_type::OBJECT:
        return object(element.get_object().value_unsafe());
      case dom::element_type::STRING:
        return events_.text(noted(element.get_string().value_unsafe()));
      case dom::element_type::BOOL:
        return events_.boolean(element.get_bool().value_unsafe());
      case dom::element_type::NULL_VALUE:
        return events_.null();
      case dom::element_type::DOUBLE:
        ++passed_;
        return number(element.get_double().value_unsafe());
      case dom::element_type::INT64:
        ++passed_;
        return events_.integer(element.get_int64().value_unsafe());
      case dom::element_type::UINT64:  // only above the signed range
        ++passed_;
        return events_.wide_integer(element.get_uint64().value_unsafe());
    }
  }

 private:
  std::string_view noted(std::string_view text) noexcept {
    if (first_text_ == nullptr) first_text_ = text.data();
    behind_texts_ = text.data() + text.size();
    return text;
  }

  void array(dom::array elements) {
    if (++depth_ > max_depth) refuse_depth();
    events_.begin_array();
    for (const dom::element element : elements) value(element);
    events_.end_array();
    --depth_;
  }

  void object(dom::object members) {
    if (++depth_ > max_depth) refuse_depth();
    events_.begin_object();
    for (const dom::key_value_pair member : members) {
      events_.key(noted(member.key));
      value(member.value);
    }
    events_.end_object();
    --depth_;
  }

  // simdjson does not keep how a number was written. If that may matter it is looked up in the
  // text, which is scanned once, and only up to the last number that is not an integer.
  void number(double value) {
    if (!has_long_numbers_) has_long_numbers_ = may_hold_long_number(text_);
    if (!*has_long_numbers_ && surely_says_all(value)) return events_.number(value, {});
    std::string_view written;
    for (; passed_ > 0; --passed_) written = numbers_.next();
    events_.number(value, written);
  }

  std::string_view text_;
  std::optional<bool> has_long_numbers_{};  // set when it is first needed
  NumberTexts numbers_;
  JsonEvents& events_;
  std::size_t passed_ = 0;  // numbers since the last one that was looked up
  std::size_t depth_ = 0;
  const char* first_text_ = nullptr;
  const char* behind_texts_ = nullptr;
};

// Counts in blocks small enough for a one-byte counter, which compilers vectorise: going byte by
// byte took as long as simdjson's whole first pass.
std::size_t count_commas(std::string_view text) {
  constexpr std::size_t block = 128;
  std::size_t count = 0;
  for (; text.size() >= block; text.remove_prefix(block)) {
    unsigned char found = 0;
    for (std::size_t i = 0; i < block; ++i) {
      found = static_cast<unsigned char>(found + (text[i] == ',' ? 1 : 0));
    }
    count += found;
  }
  return count + static_cast<std::size_t>(std::ranges::count(text, ','));
}

// simdjson's tree takes a dozen times the size of a text of only short values, which no well-meant
// response is; the other reader needs no tree.
bool is_dense(std::string_view text) {
  constexpr std::size_t small = std::size_t{1} << 16U;
  constexpr std::size_t short_value = 8;
  return text.size() > small && count_commas(text) * short_value > text.size();
}

// Whether there is memory for what simdjson reserves, which depends only on the text's size.
bool has_memory(std::string_view text, const ReadingRoom& room) {
  constexpr std::size_t bytes_for_each = 16;
  return text.size() <= room.beside.left() / bytes_for_each;
}

}  // namespace

// On first use simdjson checks the processor and makes static objects for each kind.
void load_simdjson() { (void)simdjson::get_active_implementation()->name(); }

void read_json_with_simdjson(std::string_view text, const ReadingRoom& room, JsonEvents& events) {
  if (text.empty() || !has_memory(text, room) || is_dense(text)) {
    return read_json_with_nlohmann(text, room, events);
  }
  // A parser that copies the text would keep the copy, so it is not reused.
  const bool needs_copy = room.behind < simdjson::SIMDJSON_PADDING;
  auto parser = needs_copy ? std::make_unique<dom::parser>() : idle_parsers.take();
  dom::element root;
  if (parser->parse(text.data(), text.size(), needs_copy).get(root) != simdjson::SUCCESS) {
    // simdjson also refuses numbers beyond 64 bits or every double, and texts that are not Unicode.
    // The other reader accepts them, and otherwise says where the text stops being JSON.
    parser.reset();
    return read_json_with_nlohmann(text, room, events);
  }
  DomWalk(text, events).value(root);
  if (!needs_copy) idle_parsers.give_back(std::move(parser), text.size());
}

}  // namespace segment::inline SEGMENT_ABI::detail
