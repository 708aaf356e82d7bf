#include <algorithm>
#include <charconv>
#include <cstddef>
#include <limits>
#include <nlohmann/json.hpp>

#include "json/events.hpp"
#include "json/numbers.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// Broken texts ------------------------------------------------------------------------------------

// A piece of what stands between two quotes.
struct Piece {
  std::size_t length;
  std::string_view instead{};  // where it is broken
};

// The code unit that an escape here names; 0 where there is none.
unsigned escaped_unit(std::string_view json) noexcept {
  constexpr std::size_t length = 6;  // \u12ab
  if (json.size() < length || json[0] != '\\' || json[1] != 'u') return 0;
  unsigned unit = 0;
  const char* end = json.data() + length;
  const auto [behind, error] = std::from_chars(json.data() + 2, end, unit, 16);
  return error == std::errc{} && behind == end ? unit : 0;
}

bool begins_pair(unsigned unit) noexcept { return unit >= 0xD800U && unit <= 0xDBFFU; }
bool ends_pair(unsigned unit) noexcept { return unit >= 0xDC00U && unit <= 0xDFFFU; }

Piece escape_at(std::string_view json) noexcept {
  const unsigned unit = escaped_unit(json);
  if (!begins_pair(unit) && !ends_pair(unit)) return {std::min<std::size_t>(2, json.size())};
  const bool whole = begins_pair(unit) && ends_pair(escaped_unit(json.substr(6)));
  return whole ? Piece{12} : Piece{6, "\\ufffd"};
}

Piece piece_at(std::string_view json) noexcept {
  if (json.front() == '\\') return escape_at(json);
  const Utf8Sequence sequence = utf8_sequence(json);
  return sequence.well_formed ? Piece{sequence.length} : Piece{sequence.length, "\xEF\xBF\xBD"};
}

// What lies between the texts is handed out byte by byte: it is not to be mended.
class Pieces {
 public:
  explicit Pieces(std::string_view json, std::size_t at = 0) : json_(json), at_(at) {}

  [[nodiscard]] bool end() const noexcept { return at_ >= json_.size(); }
  [[nodiscard]] bool in_text() const noexcept { return in_text_; }
  [[nodiscard]] std::size_t at() const noexcept { return at_; }

  Piece next() noexcept {
    const std::string_view rest = json_.substr(at_);
    const bool quote = rest.front() == '"';
    const Piece piece = in_text_ && !quote ? piece_at(rest) : Piece{1};
    if (quote) in_text_ = !in_text_;
    at_ += piece.length;
    return piece;
  }

 private:
  std::string_view json_;
  std::size_t at_;
  bool in_text_ = false;
};

// Looked for before anything else, as nearly every text has none.
bool has_surrogate(std::string_view json) noexcept {
  for (std::size_t at = json.find('\\'); at < json.size(); at = json.find('\\', at + 1)) {
    const unsigned unit = escaped_unit(json.substr(at));
    if (begins_pair(unit) || ends_pair(unit)) return true;
  }
  return false;
}

// The texts and names of a JSON text that are not Unicode: with bytes that are no UTF-8, or half a
// pair of surrogates (`"Sale \ud83d"`, as JavaScript writes an emoji that it has cut). The JSON
// library ends the reading at them, even in a member that nobody reads, so U+FFFD is put where
// they break.
class BrokenTexts {
 public:
  // \param json kept by reference.
  explicit BrokenTexts(std::string_view json);
  BrokenTexts(const BrokenTexts&) = delete;
  BrokenTexts& operator=(const BrokenTexts&) = delete;

  // What is to be read instead: the JSON itself where no text is broken.
  [[nodiscard]] std::string_view mended() const noexcept {
    return mended_.empty() ? json_ : std::string_view(mended_);
  }

  // To be asked for each text and name, one after the other: whether it is one of these.
  [[nodiscard]] bool take() noexcept;

  // The place in the JSON of a place in what is read instead.
  [[nodiscard]] std::size_t place(std::size_t mended_place) const noexcept;

 private:
  bool mend();

  std::string_view json_;
  std::string mended_;
  std::size_t taken_ = 0;  // how far the texts were asked for
};

BrokenTexts::BrokenTexts(std::string_view json) : json_(json) {
  if (is_utf8(json) && !has_surrogate(json)) return;
  if (!mend()) mended_.clear();
}

// False where there is nothing to mend, or so much that this is no text at all: what is read would
// be several times as long.
bool BrokenTexts::mend() {
  const std::size_t most = json_.size() + json_.size() / 2 + (std::size_t{1} << 16U);
  bool broken = false;
  for (Pieces pieces(json_); !pieces.end();) {
    const std::size_t at = pieces.at();
    const Piece piece = pieces.next();
    broken = broken || !piece.instead.empty();
    mended_ += piece.instead.empty() ? json_.substr(at, piece.length) : piece.instead;
    if (mended_.size() > most) return false;
  }
  return broken;
}

bool BrokenTexts::take() noexcept {
  if (mended_.empty()) return false;
  bool broken = false;
  Pieces pieces(json_, std::min(json_.find('"', taken_), json_.size()));
  while (!pieces.end()) {
    broken = !pieces.next().instead.empty() || broken;
    if (!pieces.in_text()) break;
  }
  taken_ = pieces.at();
  return broken;
}

std::size_t BrokenTexts::place(std::size_t mended_place) const noexcept {
  if (mended_.empty()) return mended_place;
  Pieces pieces(json_);
  std::size_t mended = 0;
  while (!pieces.end() && mended < mended_place) {
    const Piece piece = pieces.next();
    mended += piece.instead.empty() ? piece.length : piece.instead.size();
  }
  return pieces.at() - std::min(mended - std::min(mended, mended_place), pieces.at());
}

// Events ------------------------------------------------------------------------------------------

// Passes nlohmann's SAX events on. A member function that returned false would end the reading;
// ours throw instead, which that parser lets through.
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
  // That library's own message quotes the text, which may hold secrets: only the place is kept.
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

  // Whether the number at hand stands for a huge one, which is sent instead.
  bool send_huge() {
    const std::string_view written = huge_.take();
    if (written.empty()) return false;
    constexpr double infinity = std::numeric_limits<double>::infinity();
    events_.number(written.front() == '-' ? -infinity : infinity, written);
    return true;
  }

  // That library hands out the locale's point, unless it is a new one.
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

}  // namespace

void read_json_with_nlohmann(std::string_view text, JsonEvents& events) {
  // That library takes a NUL byte for the end of the text, whatever stands behind it.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    throw BadJson{{}, "is not JSON from byte " + std::to_string(nul) + " on"};
  }
  BrokenTexts broken(text);
  HugeNumbers huge(broken.mended());
  Adapter adapter(events, broken, huge);
  const std::string_view readable = huge.text();
  if (!nlohmann::json::sax_parse(readable.begin(), readable.end(), &adapter)) {
    const std::size_t place = broken.place(adapter.position());
    throw BadJson{{}, "is not JSON from byte " + std::to_string(place) + " on"};
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail
