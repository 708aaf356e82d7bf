#pragma once

/// \file
/// Helpers for what is easy to get wrong: deleting or looking up what may not exist, lists too long
/// for one call, creating what does not exist yet, the ids of functions, and masked secrets.

#include "segment/helpers/chunks.hpp"
#include "segment/helpers/create_if_absent.hpp"
#include "segment/helpers/function_ids.hpp"
#include "segment/helpers/if_exists.hpp"
#include "segment/helpers/long_lists.hpp"
#include "segment/helpers/secrets.hpp"
