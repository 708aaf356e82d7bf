#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>

#include "json/broken_texts.hpp"
#include "json/events.hpp"
#include "json/memory_budget.hpp"
#include "json/numbers.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// How many bytes there are up to the first that is not printable ASCII, or is a quote or an escape.
std::size_t plain_length(const char* begin, const char* end) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  constexpr std::uint64_t high = ones * 0x80U;
  // The lowest byte that each of these marks is right; those above may be marked too often.
  const auto below = [](std::uint64_t bytes, unsigned char limit) {
    return (bytes - ones * limit) & ~bytes & high;
  };
  const auto same = [&](std::uint64_t bytes, unsigned char byte) {
    return below(bytes ^ (ones * byte), 1);
  };
  const char* at = begin;
  if constexpr (std::endian::native == std::endian::little) {
    for (std::uint64_t eight = 0; static_cast<std::size_t>(end - at) >= sizeof eight;
         at += sizeof eight) {
      std::memcpy(&eight, at, sizeof eight);
      const std::uint64_t found =
          (eight & high) | below(eight, ' ') | same(eight, '"') | same(eight, '\\');
      if (found == 0) continue;
      return static_cast<std::size_t>(at - begin) +
             static_cast<std::size_t>(std::countr_zero(found)) / 8;
    }
  }
  const auto is_plain = [](unsigned char byte) {
    return byte >= 0x20U && byte < 0x80U && byte != '"' && byte != '\\';
  };
  while (at != end && is_plain(static_cast<unsigned char>(*at))) ++at;
  return static_cast<std::size_t>(at - begin);
}

// Hands JSON to nlohmann's lexer, which takes some forty instructions for each byte of a text, and
// refuses numbers that are too large for a double. It sees a plain text as an empty one and such a
// number as 0; what they are is taken from here.
class Feed {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    explicit Iterator(Feed& feed) : feed_(&feed) {}
    char operator*() const { return feed_->current(); }
    Iterator& operator++() {
      feed_->advance();
      return *this;
    }
    // The lexer compares with the end only.
    bool operator==(const Iterator& /*end*/) const { return feed_->at_end(); }

   private:
    Feed* feed_;
  };

  explicit Feed(std::string_view json)
      : end_(json.data() + json.size()), at_(json.data()), token_end_(json.data()) {}
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;

  // The text or name that the lexer has just read.
  [[nodiscard]] std::string_view text(const std::string& read) const noexcept {
    return read.empty() ? plain_ : std::string_view(read);
  }

  // The number that the lexer has just read, if it is one of those that it sees as 0; else empty.
  [[nodiscard]] std::string_view huge() const noexcept { return huge_; }

  // How many bytes the lexer has read, when it has counted so many.
  [[nodiscard]] std::size_t place(std::size_t counted) const noexcept {
    return counted + passed_over_;
  }

 private:
  // Passes over what the lexer need not see only now, as it may have stopped before it.
  bool at_end() noexcept {
    if (next_ != nullptr) {
      passed_over_ += static_cast<std::size_t>(next_ - at_);
      at_ = next_;
      next_ = nullptr;
    }
    return at_ == end_;
  }

  char current() { return at_ >= token_end_ && begins_number(*at_) ? first_of_number() : *at_; }

  void advance() noexcept {
    if (*at_ == '"' && at_ >= token_end_) begin_text();
    ++at_;
  }

  char first_of_number() {
    const std::string_view number = number_at({at_, end_});
    token_end_ = at_ + number.size();
    if (!is_huge(number)) {
      huge_ = {};
      return *at_;
    }
    huge_ = number;
    next_ = token_end_;
    return '0';
  }

  void begin_text() noexcept {
    const char* const text = at_ + 1;
    const char* const plain_end = text + plain_length(text, end_);
    if (plain_end != end_ && *plain_end == '"') {
      plain_ = {text, plain_end};
      next_ = plain_end;
      token_end_ = plain_end + 1;
    } else {
      token_end_ = at_ + string_at({at_, end_}).size();
    }
  }

  const char* end_;
  const char* at_;
  const char* token_end_;       // of the last text or number that has begun
  const char* next_ = nullptr;  // where to go on, if bytes are passed over
  std::size_t passed_over_ = 0;
  std::string_view plain_;
  std::string_view huge_;
};

// Forwards nlohmann's SAX events. Returning false would end the parsing; ours throw instead, which
// the parser lets through.
class Adapter {
 public:
  Adapter(JsonEvents& events, const Feed& feed, BrokenTexts& broken)
      : events_(events), feed_(feed), broken_(broken) {}

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
    events_.text(feed_.text(value));
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
    events_.key(feed_.text(name));
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
    position_ = feed_.place(position);
    return false;
  }

  [[nodiscard]] std::size_t position() const noexcept { return position_; }

 private:
  void go_deeper() {
    if (++depth_ > max_depth) refuse_depth();
  }

  // Whether the current number stands for a huge one, which is sent instead.
  bool send_huge() {
    const std::string_view written = feed_.huge();
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
  const Feed& feed_;
  BrokenTexts& broken_;
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
  Feed feed(broken.mended());
  Adapter adapter(events, feed, broken);
  const Feed::Iterator begin(feed);
  if (!nlohmann::json::sax_parse(begin, begin, &adapter)) {
    const std::size_t place = broken.place(adapter.position());
    throw BadJson{{}, "is not JSON from byte " + std::to_string(place) + " on"};
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail
