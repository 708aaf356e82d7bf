#pragma once

/// \file
/// The client with every resource group, errors, jobs and helpers. To compile faster, include
/// `segment/client.hpp` and the headers of the groups that you use. What many programs do not need
/// has headers of its own: asynchronous calls (`segment/async.hpp`), results instead of exceptions
/// (`segment/nothrow_client.hpp`), profiles (`segment/profile.hpp`), fakes (`segment/testing/`).

#include "segment/api/all.hpp"
#include "segment/client.hpp"
#include "segment/convert.hpp"
#include "segment/error.hpp"
#include "segment/helpers.hpp"
#include "segment/jobs.hpp"
#include "segment/strict_reading.hpp"
#include "segment/tokens.hpp"
#include "segment/version.hpp"
