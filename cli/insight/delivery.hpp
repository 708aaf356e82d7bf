#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "segment/types/json.hpp"

namespace segment::cli::insight {

/// What happened to the events of one period of time.
struct Delivered {
  std::int64_t delivered = 0;
  std::int64_t failed = 0;
  std::int64_t filtered = 0;
};

/// By the time at which each period begins, as the API writes it.
using Delivery = std::map<std::string, Delivered>;

/// Adds up the series of one report of the delivery overview.
///
/// \param member where its counts go.
void add_counts(Delivery& delivery, const Json::Array& datasets, std::int64_t Delivered::*member);

/// The rows of a report about it: time, delivered, failed, filtered.
[[nodiscard]] Json::Array rows_of(const Delivery& delivery);

/// The same for people: a bar for each period, below a line that says what its parts are.
///
/// \param title of the destination.
[[nodiscard]] std::string plot_of(const std::string& title, const Delivery& delivery);

}  // namespace segment::cli::insight
