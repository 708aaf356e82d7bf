#pragma once

/// \file
/// What is easily written wrong: deleting what may be gone, looking up what may not be there, lists
/// too long for one call, creating what does not exist yet, the ids that
/// functions go by, and secrets that come back masked.

#include "segment/helpers/chunks.hpp"
#include "segment/helpers/create_if_absent.hpp"
#include "segment/helpers/function_ids.hpp"
#include "segment/helpers/if_exists.hpp"
#include "segment/helpers/long_lists.hpp"
#include "segment/helpers/masked_secrets.hpp"
