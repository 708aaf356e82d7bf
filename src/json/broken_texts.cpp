#include "json/broken_texts.hpp"

#include <algorithm>
#include <charconv>

#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// A character or an escape within a text, or a byte outside of texts.
struct Piece {
  std::size_t length;
  std::string_view instead{};  // what replaces it if it is broken
};

// The code unit of the escape at the beginning; 0 if there is none.
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

// Splits JSON into pieces. Outside of texts these are single bytes, which need no mending.
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

// Checked before anything else, since nearly no text has one.
bool has_surrogate(std::string_view json) noexcept {
  for (std::size_t at = json.find('\\'); at < json.size(); at = json.find('\\', at + 1)) {
    const unsigned unit = escaped_unit(json.substr(at));
    if (begins_pair(unit) || ends_pair(unit)) return true;
  }
  return false;
}

// The size once it is mended; 0 if nothing is broken, or so much that this is no text at all and
// the result would be several times as long.
std::size_t mended_size(std::string_view json) noexcept {
  const std::size_t most = json.size() + json.size() / 2 + (std::size_t{1} << 16U);
  bool broken = false;
  std::size_t size = 0;
  for (Pieces pieces(json); !pieces.end() && size <= most;) {
    const Piece piece = pieces.next();
    broken = broken || !piece.instead.empty();
    size += piece.instead.empty() ? piece.length : piece.instead.size();
  }
  return broken && size <= most ? size : 0;
}

}  // namespace

BrokenTexts::BrokenTexts(std::string_view json, MemoryBudget& budget) : json_(json) {
  if (is_utf8(json) && !has_surrogate(json)) return;
  const std::size_t size = mended_size(json);
  if (size == 0) return;
  if (!budget.take(size)) refuse_memory({});
  mend(size);
}

void BrokenTexts::mend(std::size_t size) {
  mended_.reserve(size);
  for (Pieces pieces(json_); !pieces.end();) {
    const std::size_t at = pieces.at();
    const Piece piece = pieces.next();
    mended_ += piece.instead.empty() ? json_.substr(at, piece.length) : piece.instead;
  }
}

bool BrokenTexts::take_broken() noexcept {
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

}  // namespace segment::inline SEGMENT_ABI::detail
