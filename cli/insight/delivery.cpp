#include "insight/delivery.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "segment/helpers/text.hpp"
#include "terminal/plot.hpp"
#include "terminal/terminal.hpp"

namespace segment::cli::insight {

void add_counts(Delivery& delivery, const Json::Array& datasets, std::int64_t Delivered::*member) {
  for (const Json& dataset : datasets) {
    const Json* series = dataset.find("series");
    if (series == nullptr || !series->is_array()) continue;
    for (const Json& point : series->as_array()) {
      const Json* time = point.find("time");
      const Json* count = point.find("count");
      if (time == nullptr || !time->is_string() || count == nullptr || !count->is_integer()) {
        continue;
      }
      delivery[time->as_string()].*member += count->as_integer();
    }
  }
}

Json::Array rows_of(const Delivery& delivery) {
  Json::Array rows;
  for (const auto& [time, counts] : delivery) {
    rows.push_back(Json::object({{"time", time},
                                 {"delivered", counts.delivered},
                                 {"failed", counts.failed},
                                 {"filtered", counts.filtered}}));
  }
  return rows;
}

std::string plot_of(const std::string& title, const Delivery& delivery) {
  if (delivery.empty()) return one_line(title) + ": no events\n";
  constexpr std::size_t usual_width = 80;
  const bool blocks = output_is_utf8();
  std::vector<Bar> bars;
  for (const auto& [time, counts] : delivery) {
    bars.push_back({.label = time.substr(0, std::string_view("2026-11-29").size()),
                    .parts = {counts.delivered, counts.failed, counts.filtered},
                    .text = std::to_string(counts.delivered) + " / " +
                            std::to_string(counts.failed) + " / " +
                            std::to_string(counts.filtered)});
  }
  return one_line(title) + ": " + look_of_part(0, blocks) + " delivered / " +
         look_of_part(1, blocks) + " failed / " + look_of_part(2, blocks) + " filtered\n" +
         plot(bars, std::min(output_width(), usual_width), blocks);
}

}  // namespace segment::cli::insight
