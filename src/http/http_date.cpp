#include "http/syntax.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "segment/types/timestamp.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::array<std::string_view, 7> day_names = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
constexpr std::array<std::string_view, 12> month_names = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

struct Zone {
  std::string_view name;
  hours offset;
};
constexpr std::array<Zone, 12> zones = {{{"gmt", hours{0}},
                                         {"utc", hours{0}},
                                         {"ut", hours{0}},
                                         {"z", hours{0}},
                                         {"est", hours{-5}},
                                         {"edt", hours{-4}},
                                         {"cst", hours{-6}},
                                         {"cdt", hours{-5}},
                                         {"mst", hours{-7}},
                                         {"mdt", hours{-6}},
                                         {"pst", hours{-8}},
                                         {"pdt", hours{-7}}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Counts from 1; 0 if no name begins with the word. Three letters are enough.
template <std::size_t count>
unsigned number_of(std::string_view word, const std::array<std::string_view, count>& names) {
  if (word.size() < 3) return 0;
  const auto found =
      std::ranges::find_if(names, [&](std::string_view name) { return name.starts_with(word); });
  return found == names.end() ? 0 : static_cast<unsigned>(found - names.begin()) + 1;
}

/// Collects the parts of a date, whose order varies; each may occur once. Anything else makes the
/// text no date.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : rest_(text) {}

  std::optional<std::chrono::sys_seconds> read() {
    while (ok_ && !rest_.empty()) read_part();
    if (!ok_ || !time_ || !year_ || month_ == 0) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year_}, std::chrono::month{month_},
                                           std::chrono::day{day_}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date} + *time_ - offset_;
  }

 private:
  void read_part() {
    const char c = rest_.front();
    if (is_letter(c)) return read_word();
    if (is_digit(c)) return read_number();
    if (c == '(') return skip_comment();
    // After the time a sign begins an offset; before it a dash separates the parts of a date.
    if (time_ && (c == '+' || c == '-')) return read_offset();
    ok_ = c == ' ' || c == '\t' || c == ',' || c == '-';
    rest_.remove_prefix(1);
  }

  void read_word() {
    const std::string word = segment::detail::lower(take(is_letter));
    if (number_of(word, day_names) != 0) return;  // the day's name adds nothing
    if (const unsigned month = number_of(word, month_names)) {
      ok_ = month_ == 0;
      month_ = month;
      return;
    }
    const auto* const zone = std::ranges::find(zones, word, &Zone::name);
    ok_ = zone != zones.end() && time_ && !has_zone_;
    if (ok_) offset_ = zone->offset;
    has_zone_ = true;
  }

  void read_number() {
    const std::string_view text = take(is_digit);
    if (text.size() <= 2 && rest_.starts_with(':')) return read_time(value_of(text));
    if (text.size() <= 2 && day_ == 0) {
      day_ = static_cast<unsigned>(value_of(text));
    } else {
      ok_ = !year_ && (text.size() == 2 || text.size() == 4);
      if (ok_) year_ = value_of(text);
      if (ok_ && text.size() == 2) *year_ += *year_ < 70 ? 2000 : 1900;
    }
  }

  void read_time(int hour) {
    const int minute = number_behind(':');
    const int second = rest_.starts_with(':') ? number_behind(':') : 0;
    ok_ = ok_ && !time_ && hour <= 23 && minute <= 59 && second <= 60;
    time_ = hours{hour} + minutes{minute} + seconds{second};
    if (!rest_.starts_with('.')) return;
    rest_.remove_prefix(1);
    const std::string_view fraction = take(is_digit);
    ok_ = ok_ && !fraction.empty();
    if (fraction.find_first_not_of('0') != std::string_view::npos) *time_ += seconds{1};
  }

  // `+0100`, `-05:00`; also after a zone's name, as JavaScript writes it.
  void read_offset() {
    const bool west = rest_.front() == '-';
    rest_.remove_prefix(1);
    const std::string_view digits = take(is_digit);
    int hour = 0;
    int minute = 0;
    if (digits.size() == 4) {
      hour = value_of(digits.substr(0, 2));
      minute = value_of(digits.substr(2));
    } else {
      hour = value_of(digits);
      ok_ = digits.size() == 2;
      minute = number_behind(':');
    }
    ok_ = ok_ && !has_offset_ && offset_ == minutes{0} && hour <= 23 && minute <= 59;
    has_offset_ = has_zone_ = true;
    offset_ = west ? -(hours{hour} + minutes{minute}) : hours{hour} + minutes{minute};
  }

  void skip_comment() {
    int depth = 0;
    do {
      if (rest_.front() == '(') ++depth;
      if (rest_.front() == ')') --depth;
      rest_.remove_prefix(1);
    } while (depth > 0 && !rest_.empty());
    ok_ = depth == 0;
  }

  std::string_view take(bool (*belongs)(char)) {
    const auto end = std::ranges::find_if_not(rest_, belongs);
    const std::string_view part = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(part.size());
    return part;
  }

  int number_behind(char separator) {
    ok_ = ok_ && rest_.starts_with(separator);
    if (!ok_) return 0;
    rest_.remove_prefix(1);
    const std::string_view digits = take(is_digit);
    ok_ = digits.size() == 2;
    return ok_ ? value_of(digits) : 0;
  }

  static int value_of(std::string_view digits) {
    int value = 0;
    for (const char c : digits.substr(0, 4)) value = value * 10 + (c - '0');
    return value;
  }

  std::string_view rest_;
  bool ok_ = true;
  unsigned day_ = 0;
  unsigned month_ = 0;
  std::optional<int> year_{};
  std::optional<seconds> time_{};
  minutes offset_{0};
  bool has_zone_ = false;
  bool has_offset_ = false;
};

bool looks_like_rfc3339(std::string_view text) {
  return text.size() > 4 && std::ranges::all_of(text.substr(0, 4), is_digit) && text[4] == '-';
}

}  // namespace

std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text) {
  if (!looks_like_rfc3339(text)) return DateReader(text).read();
  const auto point = Timestamp(std::string(text)).time_point();
  if (!point) return std::nullopt;
  return std::chrono::ceil<seconds>(*point);
}

}  // namespace segment::inline SEGMENT_ABI::detail
