#pragma once

/// Every asynchronous group of the API, and the client.

#include "segment/api/all.hpp"
#include "segment/async_client.hpp"
#include "segment/async_list.hpp"
#include "segment/executor.hpp"
#include "segment/many.hpp"
#include "segment/result.hpp"
#include "segment/task.hpp"
