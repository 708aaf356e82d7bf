#pragma once

#include "engine/call.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Records a call that changed something in the audit trail: those of the events listed in the
/// description of the operation that actually happened.
void write_audit_trail(Call& call);

}  // namespace segment::inline SEGMENT_ABI::sandbox
