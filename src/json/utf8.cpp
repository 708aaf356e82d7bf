#include "json/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace segment::inline SEGMENT_ABI::detail {

namespace {

struct Lead {
  std::size_t length;           // of the whole sequence; 0: none begins so
  unsigned char least = 0x80U;  // of the second byte: no overlong form, no surrogate,
  unsigned char most = 0xBFU;   // nothing above U+10FFFF
};

Lead lead_of(unsigned char byte) noexcept {
  if (byte < 0x80U) return {1};
  if (byte >= 0xC2U && byte <= 0xDFU) return {2};
  if (byte == 0xE0U) return {3, 0xA0U};
  if (byte == 0xEDU) return {3, 0x80U, 0x9FU};
  if (byte >= 0xE1U && byte <= 0xEFU) return {3};
  if (byte == 0xF0U) return {4, 0x90U};
  if (byte == 0xF4U) return {4, 0x80U, 0x8FU};
  if (byte >= 0xF1U && byte <= 0xF3U) return {4};
  return {0};
}

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

}  // namespace

Utf8Sequence utf8_sequence(std::string_view bytes) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const Lead lead = lead_of(byte(0));
  if (lead.length < 2) return {1, lead.length == 1};
  std::size_t length = 1;
  for (; length < std::min(lead.length, bytes.size()); ++length) {
    const bool second = length == 1;
    const unsigned char least = second ? lead.least : 0x80U;
    const unsigned char most = second ? lead.most : 0xBFU;
    if (byte(length) < least || byte(length) > most) break;
  }
  return {length, length == lead.length};
}

bool is_utf8(std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    std::uint64_t eight = 0;
    while (bytes.size() >= sizeof eight) {  // plain ASCII goes by eight at a time
      std::memcpy(&eight, bytes.data(), sizeof eight);
      if ((eight & 0x8080808080808080U) != 0) break;
      bytes.remove_prefix(sizeof eight);
    }
    if (bytes.empty()) return true;
    const Utf8Sequence sequence = utf8_sequence(bytes);
    if (!sequence.well_formed) return false;
    bytes.remove_prefix(sequence.length);
  }
  return true;
}

// Broken texts ------------------------------------------------------------------------------------

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

}  // namespace segment::inline SEGMENT_ABI::detail
