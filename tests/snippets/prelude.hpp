#pragma once

// What an example that is not a whole program can rely on.
#if __has_include("segment/segment.hpp")
#include "segment/async.hpp"
#include "segment/segment.hpp"
#endif

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#if __has_include("segment/client.hpp")
extern segment::Client client;
extern segment::SourceId source_id;
extern segment::DestinationId destination_id;
extern std::vector<segment::SourceId> source_ids;
#endif
