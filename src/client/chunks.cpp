#include "segment/helpers/chunks.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI {

namespace {

std::string message(const Error& error, std::size_t done, std::size_t in_failed_chunk,
                    std::size_t total) {
  const std::string first = std::to_string(done + 1);
  const std::string items =
      in_failed_chunk == 1 ? "item " + first
                           : "items " + first + " to " + std::to_string(done + in_failed_chunk);
  return items + " of " + std::to_string(total) + " failed" +
         (done == 0 ? "" : ", the ones before are done") + ": " + error.what();
}

bool says_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(
      words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

bool names_a_number_of_two_digits(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return std::ranges::adjacent_find(
             text, [&](char a, char b) { return is_digit(a) && is_digit(b); }) != text.end();
}

// Whether a text says that a list has too many items. The API has no code for it, so this looks for
// the words that validators use, except about the length of a text, which is counted in characters.
bool names_a_maximum(const std::string& text) {
  if (says_any(text, {"character", "bytes"})) return false;
  if (says_any(text, {"too many"})) return true;
  return says_any(text, {"at most", "no more than", "not more than", "have more than",
                         "has more than", "hold more than", "holds more than", "contain more than",
                         "contains more than", "with more than", "less than or equal", "fewer than",
                         "maximum", "max ", "exceed", "up to", "limit"}) &&
         says_any(text, {"item", "element", "entries", "rule", "ids", "emails", "users"}) &&
         names_a_number_of_two_digits(text);
}

// Checks the texts of each error in lower case, or the whole body if it lists no errors.
template <class Predicate>
bool any_text_of(const ApiError& error, const Predicate& says) {
  if (error.items().empty()) return says(detail::lower(error.body()));
  return std::ranges::any_of(error.items(), [&](const ApiErrorItem& item) {
    return says(detail::lower(item.type + " " + item.field + " " + item.message));
  });
}

}  // namespace

ChunkError::ChunkError(const Error& error, std::size_t done, std::size_t in_failed_chunk,
                       std::size_t total, std::exception_ptr cause)
    : Error(message(error, done, in_failed_chunk, total), error.facts()),
      detail_(std::make_shared<const Detail>(
          Detail{error.kind(), done, in_failed_chunk, total, std::move(cause)})) {}

ErrorKind ChunkError::kind() const noexcept { return detail_->kind; }

namespace detail {

bool is_too_large(const Error& error) {
  const auto* answer = dynamic_cast<const ApiError*>(&error);
  if (answer == nullptr) return false;
  switch (answer->status()) {
    case 413:  // the body
    case 414:  // the URL
      return true;
    case 400:
    case 422:
      return any_text_of(*answer, names_a_maximum);
    default:
      return false;
  }
}

bool holds_too_many(const Error& error) {
  const auto* answer = dynamic_cast<const BadRequestError*>(&error);
  return answer != nullptr && any_text_of(*answer, [](const std::string& text) {
           return names_a_maximum(text) ||
                  (says_any(text, {"patch"}) && says_any(text, {"delete"}));
         });
}

void require_chunk_size(std::size_t size) {
  if (size == 0) throw InvalidArgumentError("a chunk must have at least one item");
}

bool Chunks::is_done() const {
  require_chunk_size(size_);
  return done_ == total_;
}

void Chunks::take(const std::exception_ptr& error) {
  const std::size_t items = count();
  if (!error) {
    done_ += items;
    return;
  }
  const auto* known = error_as<Error>(error);
  if (known == nullptr) std::rethrow_exception(error);
  if (!is_too_large(*known) || items == 1) throw ChunkError(*known, done_, items, total_, error);
  size_ = (items + 1) / 2;
}

}  // namespace detail

}  // namespace segment::inline SEGMENT_ABI
