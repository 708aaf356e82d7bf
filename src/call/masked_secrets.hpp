#pragma once

#include <optional>
#include <string>

#include "segment/call_options.hpp"
#include "segment/operation.hpp"

namespace segment::detail {

/// Keeps a secret that was read masked (`••••`) from being written back over the real one.
///
/// \param body a JSON text; changed only where masked members are left out. Absent: nothing to do.
/// \throws InvalidArgumentError that names the member, where they are refused or must stay.
void guard_masked_secrets(const Operation& operation, MaskedSecrets choice,
                          std::optional<std::string>& body);

}  // namespace segment::detail
