#include "segment/error.hpp"

#include <utility>

namespace segment::inline SEGMENT_ABI {

Error::Error(const std::string& message, ErrorFacts facts)
    : std::runtime_error(message), facts_(std::make_shared<const ErrorFacts>(std::move(facts))) {}

}  // namespace segment::inline SEGMENT_ABI
