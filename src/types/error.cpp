#include "segment/error.hpp"

#include <utility>

namespace segment::inline SEGMENT_ABI {

Error::Error(const std::string& message, ErrorFacts facts)
    : std::runtime_error(message), facts_(std::make_shared<const ErrorFacts>(std::move(facts))) {}

// Key functions: each class has its table and its type here and nowhere else, so that what the
// library throws is what a program catches, also across shared libraries.
Error::~Error() = default;
ConfigurationError::~ConfigurationError() = default;
InvalidArgumentError::~InvalidArgumentError() = default;
TransportError::~TransportError() = default;
TimeoutError::~TimeoutError() = default;
TlsError::~TlsError() = default;
CancelledError::~CancelledError() = default;
DecodeError::~DecodeError() = default;
ApiError::~ApiError() = default;
BadRequestError::~BadRequestError() = default;
AuthenticationError::~AuthenticationError() = default;
PermissionDeniedError::~PermissionDeniedError() = default;
NotFoundError::~NotFoundError() = default;
ConflictError::~ConflictError() = default;
PayloadTooLargeError::~PayloadTooLargeError() = default;
ValidationError::~ValidationError() = default;
RateLimitError::~RateLimitError() = default;
ServerError::~ServerError() = default;

}  // namespace segment::inline SEGMENT_ABI
