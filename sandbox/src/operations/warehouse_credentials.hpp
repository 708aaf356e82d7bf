#pragma once

#include <string>

#include "engine/call.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

// What v1 has in a warehouse's settings, v2 has in a credential. A warehouse stores settings. If
// one of them is a `credentialId`, several warehouses can share that credential. Otherwise the
// settings are the warehouse's own, and so is the credential that v2 shows them as: it is in no
// list, and is deleted with its warehouse.

/// The credential that a warehouse uses.
[[nodiscard]] std::string credential_of(const Json& warehouse);

/// Makes a warehouse use a credential that others may share; its kind is that of the credential.
///
/// \throws Refusal with 422 if there is no such credential, or it is not for a kind of warehouse.
void reach_with(Call& call, Json& warehouse, const std::string& credential);

/// Updates a warehouse's own credential from its settings.
void renew_own_credential(Call& call, const Json& warehouse);

/// All connection settings of a warehouse: its own take precedence over those of its credential.
[[nodiscard]] Json settings_to_reach(World& world, const Json& warehouse);

}  // namespace segment::inline SEGMENT_ABI::sandbox
