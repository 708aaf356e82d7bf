#pragma once

#include <string>

#include "engine/call.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

// What v1 has in a warehouse's settings v2 has in a credential. A warehouse keeps settings; where
// one of them is a `credentialId`, several share that credential. Where none is, the settings are
// the warehouse's own, and so is the credential that v2 shows them as: no list has it, and it goes
// with its warehouse.

/// The credential that a warehouse is reached with.
[[nodiscard]] std::string credential_of(const Json& warehouse);

/// Has a warehouse reached with a credential that others may share; its kind is that of the
/// credential.
///
/// \throws Refusal with 422 where there is no such credential, or it is for no kind of warehouse.
void reach_with(Call& call, Json& warehouse, const std::string& credential);

/// Brings a warehouse's own credential up to its settings.
void renew_own_credential(Call& call, const Json& warehouse);

/// All that is known of how to reach a warehouse: its settings over those of its credential.
[[nodiscard]] Json settings_to_reach(World& world, const Json& warehouse);

}  // namespace segment::inline SEGMENT_ABI::sandbox
