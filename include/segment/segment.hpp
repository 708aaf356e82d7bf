#pragma once

/// \file
/// Everything in one header. To compile faster, include `segment/client.hpp` and the headers of the
/// resource groups that you use instead.

#include "segment/api/all.hpp"
#include "segment/client.hpp"
#include "segment/convert.hpp"
#include "segment/error.hpp"
#include "segment/helpers.hpp"
#include "segment/jobs.hpp"
#include "segment/strict_reading.hpp"
#include "segment/tokens.hpp"
#include "segment/version.hpp"
