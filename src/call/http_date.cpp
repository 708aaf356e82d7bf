#include "call/http_date.hpp"

#include <array>
#include <charconv>

namespace segment::detail {

namespace {

// Takes the text apart from left to right; once something did not fit, nothing after it does.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool ok() const noexcept { return ok_; }

  void skip_spaces() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t'))
      rest_.remove_prefix(1);
  }

  int number(std::size_t least, std::size_t most) {
    std::size_t digits = 0;
    while (digits < rest_.size() && digits < most && rest_[digits] >= '0' && rest_[digits] <= '9') {
      ++digits;
    }
    int value = 0;
    ok_ = ok_ && digits >= least;
    if (ok_) std::from_chars(rest_.data(), rest_.data() + digits, value);
    rest_.remove_prefix(digits);
    return value;
  }

  void expect(char c) {
    ok_ = ok_ && rest_.starts_with(c);
    if (ok_) rest_.remove_prefix(1);
  }

  bool accept(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string_view letters() {
    std::size_t count = 0;
    while (count < rest_.size() && ((rest_[count] | 0x20) >= 'a' && (rest_[count] | 0x20) <= 'z')) {
      ++count;
    }
    const std::string_view word = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return word;
  }

  void fail() { ok_ = false; }
  [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

unsigned month_number(std::string_view name) {
  constexpr std::array<std::string_view, 12> names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  for (unsigned i = 0; i < names.size(); ++i) {
    if (names[i] == name) return i + 1;
  }
  return 0;
}

std::chrono::minutes zone_offset(Scanner& scanner) {
  const bool west = scanner.accept('-');
  if (west || scanner.accept('+')) {
    const int hours = scanner.number(2, 2);
    const int minutes = scanner.number(2, 2);
    const std::chrono::minutes offset{hours * 60 + minutes};
    return west ? -offset : offset;
  }
  const std::string_view name = scanner.letters();
  if (name != "GMT" && name != "UTC" && name != "UT" && name != "Z") scanner.fail();
  return {};
}

}  // namespace

std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text) {
  Scanner scanner(text);
  scanner.skip_spaces();
  if (!scanner.letters().empty()) scanner.expect(',');  // the day's name adds nothing
  scanner.skip_spaces();
  const auto day = static_cast<unsigned>(scanner.number(1, 2));
  scanner.skip_spaces();
  const unsigned month = month_number(scanner.letters());
  scanner.skip_spaces();
  const int year = scanner.number(4, 4);
  scanner.skip_spaces();
  const int hour = scanner.number(2, 2);
  scanner.expect(':');
  const int minute = scanner.number(2, 2);
  const int second = scanner.accept(':') ? scanner.number(2, 2) : 0;
  scanner.skip_spaces();
  const std::chrono::minutes offset = zone_offset(scanner);
  scanner.skip_spaces();

  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                         std::chrono::day{day}};
  if (!scanner.ok() || !scanner.at_end() || !date.ok() || hour > 23 || minute > 59 || second > 60) {
    return std::nullopt;
  }
  return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
         std::chrono::seconds{second} - offset;
}

}  // namespace segment::detail
