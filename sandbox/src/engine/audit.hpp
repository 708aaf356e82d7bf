#pragma once

#include "engine/call.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Writes a call that changed something into the audit trail: the events that the description lists
/// for the operation, as far as they are what happened.
void write_audit_trail(Call& call);

}  // namespace segment::inline SEGMENT_ABI::sandbox
