#include "segment/types/secret.hpp"

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "segment/error.hpp"
#include "types/files.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI {

// Secrets -----------------------------------------------------------------------------------------

namespace detail {

void wipe(void* memory, std::size_t size) noexcept {
  // Through a volatile pointer, since the compiler would remove writes that it can see through.
  static void* (*const volatile set)(void*, int, std::size_t) = &std::memset;
  if (size > 0) set(memory, 0, size);
}

}  // namespace detail

namespace {

// Too long for any std::string to store within itself: a moved-from string would still hold the
// bytes, and its destructor would not know.
constexpr std::size_t beyond_small_strings = 64;

std::string heap_copy(std::string_view text) {
  std::string copy;
  copy.reserve(text.size() < beyond_small_strings ? beyond_small_strings : text.size());
  copy.append(text);
  return copy;
}

void wipe_text(std::string& text) noexcept {
  text.resize(text.capacity());  // earlier content may reach beyond its end
  detail::wipe(text.data(), text.size());
  text.clear();
}

}  // namespace

Secret::Secret(std::string text) : text_(text.empty() ? std::string{} : heap_copy(text)) {
  wipe_text(text);
}

Secret::Secret(const Secret& other)
    : text_(other.empty() ? std::string{} : heap_copy(other.reveal())) {}

Secret::Secret(Secret&& other) noexcept { text_.swap(other.text_); }

Secret& Secret::operator=(const Secret& other) {
  if (this != &other) *this = Secret(other);
  return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    clear();
    text_.swap(other.text_);
  }
  return *this;
}

Secret::~Secret() { clear(); }

bool Secret::equals(const Secret& other) const noexcept {
  if (text_.size() != other.text_.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    difference |= static_cast<unsigned>(static_cast<unsigned char>(text_[i]) ^
                                        static_cast<unsigned char>(other.text_[i]));
  }
  return difference == 0;
}

void Secret::clear() noexcept {
  if (!text_.empty()) wipe_text(text_);
}

// The token ---------------------------------------------------------------------------------------

namespace {

constexpr std::size_t longest_file = std::size_t{64} << 10U;

// Wipes its text, whatever happens.
class Wiped {
 public:
  explicit Wiped(std::string text) : text_(std::move(text)) {}
  Wiped(const Wiped&) = delete;
  Wiped& operator=(const Wiped&) = delete;
  ~Wiped() { detail::wipe(text_.data(), text_.size()); }

  [[nodiscard]] std::string_view text() const noexcept { return text_; }

 private:
  std::string text_;
};

std::string checked(std::string text) {
  const Wiped raw(std::move(text));
  const std::string_view token = detail::trimmed(raw.text());
  if (token.empty()) {
    throw ConfigurationError(
        "the token is empty; create one in the Segment app, as a Workspace Owner");
  }
  for (char c : token) {
    if (c <= ' ' || c >= '\x7f') {
      throw ConfigurationError(
          "the token contains white space, a control character or a byte outside ASCII; was more "
          "than "
          "the token copied?");
    }
  }
  return std::string(token);
}

}  // namespace

Token::Token(std::string text) : Secret(checked(std::move(text))) {}

Token Token::from_environment(const std::string& variable) {
  const char* value = std::getenv(variable.c_str());
  if (value == nullptr) {
    throw ConfigurationError("the environment variable " + variable +
                             " is not set; set it to the API token");
  }
  try {
    return Token(std::string(value));
  } catch (const ConfigurationError& error) {
    throw ConfigurationError("the environment variable " + variable + ": " + error.what());
  }
}

Token Token::from_file(const std::string& path) {
  auto content = detail::read_file(path, longest_file + 1);
  if (!content) throw ConfigurationError("the token file " + path + " does not exist");
  const Wiped whole(*std::move(content));
  if (whole.text().size() > longest_file) {
    throw ConfigurationError("the token file " + path +
                             " is larger than 64 KiB, which cannot be a token");
  }
  const std::string_view text = whole.text();
  try {
    return Token(std::string(text.substr(0, text.find('\n'))));
  } catch (const ConfigurationError& error) {
    throw ConfigurationError("the token file " + path + ": " + error.what());
  }
}

}  // namespace segment::inline SEGMENT_ABI
