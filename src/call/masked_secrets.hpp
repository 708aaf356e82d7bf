#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "segment/call_options.hpp"
#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Whether a setting's text is a secret as the API shows it: bullets, with at most a few characters
/// of the secret before and behind them (`••••`, `•1a2b`, `sk_••••••2b`). A sentence or a program
/// that has bullets in it is none.
[[nodiscard]] bool is_masked_secret(std::string_view text);

/// Keeps a secret that was read masked (`••••`) from being written back over the real one. Only
/// settings are looked at: what stands below a member `settings` or `…Settings`.
///
/// \param body a JSON text; changed only where masked members are left out. Absent: nothing to do.
/// \throws InvalidArgumentError that names the member, where they are refused or must stay.
void guard_masked_secrets(const Operation& operation, MaskedSecrets choice,
                          std::optional<std::string>& body);

}  // namespace segment::inline SEGMENT_ABI::detail
