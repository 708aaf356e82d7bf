#include "segment/client.hpp"

#include <memory>
#include <utility>

#include "call/core.hpp"
#include "segment/tokens.hpp"

namespace segment {

Client::Client(ClientOptions options)
    : Resources(std::make_shared<const detail::Core>(std::move(options))) {}

Tokens Client::tokens() const { return Tokens(core_); }

}  // namespace segment
