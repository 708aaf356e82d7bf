#include "segment/helpers/chunks.hpp"

#include <string>

namespace segment {

namespace {

std::string message(const Error& error, std::size_t done, std::size_t in_doubt, std::size_t total) {
  const std::string end = std::to_string(done + in_doubt);
  return "items " + std::to_string(done + 1) + " to " + end + " of " + std::to_string(total) +
         " failed, " + (done == 0 ? "none before them is done" : "those before them are done") +
         ": " + error.what();
}

}  // namespace

ChunkError::ChunkError(const Error& error, std::size_t done, std::size_t in_doubt,
                       std::size_t total, std::exception_ptr cause)
    : Error(message(error, done, in_doubt, total), error.facts()),
      detail_(std::make_shared<const Detail>(Detail{done, in_doubt, total, std::move(cause)})) {}

namespace detail {

bool is_too_large(const Error& error) noexcept {
  constexpr int payload_too_large = 413;
  constexpr int uri_too_long = 414;
  const auto* answer = dynamic_cast<const ApiError*>(&error);
  return answer != nullptr &&
         (answer->status() == payload_too_large || answer->status() == uri_too_long);
}

void check_chunk_size(std::size_t size) {
  if (size == 0) throw InvalidArgumentError("a chunk has to have at least one item");
}

}  // namespace detail

}  // namespace segment
