#include <string>
#include <string_view>

#include "operations/registry.hpp"
#include "operations/resources.hpp"
#include "operations/times.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

using namespace std::chrono;

struct MetricsReach {
  minutes span;  // how long the time range may be
  minutes back;  // how long ago it may start
};

MetricsReach metrics_reach(std::string_view granularity) {
  if (granularity == "DAY") return {days{14}, days{14}};
  if (granularity == "HOUR") return {days{7}, days{7}};
  return {hours{4}, hours{48}};
}

// The length of the requested time range, within what the granularity allows.
minutes checked_span(const Call& call) {
  const Json* granularity = call.query.find("granularity");
  const MetricsReach reach =
      metrics_reach(granularity != nullptr ? granularity->as_string() : "MINUTE");
  const auto end = time_parameter(call, "endTime").value_or(call.now);
  const auto usual = reach.span < days{1} ? minutes{hours{1}} : reach.span;
  const auto start = time_parameter(call, "startTime").value_or(end - usual);
  if (start > end) throw invalid("startTime", "is later than endTime");
  if (end - start > reach.span) throw invalid("startTime", "is too long before endTime");
  if (call.now - start > reach.back + minutes{1}) throw invalid("startTime", "is too long ago");
  return duration_cast<minutes>(end - start);
}

Json metric(const char* name, std::int64_t total, Json::Array breakdown = {}) {
  Json json = Json::object({{"metricName", name}, {"total", total}});
  if (!breakdown.empty()) json["breakdown"] = std::move(breakdown);
  return json;
}

Json part(const char* name, std::int64_t value) {
  return Json::object({{"metricName", name}, {"value", value}});
}

// The request has the destination's own id, the response that of its kind.
Json delivery_metrics(Call& call) {
  const Json& destination = kept(call, destination_resource);
  if (destination.at("sourceId") != call.query.at("sourceId")) {
    throw invalid("sourceId", "does not feed this destination");
  }
  const std::int64_t events = 12 * checked_span(call).count();
  const std::int64_t again = events / 20;
  const std::int64_t lost = events / 200;
  return one(
      call,
      Json::object(
          {{"sourceId", destination.at("sourceId")},
           {"destinationMetadataId", destination.at("metadataId")},
           {"metrics", Json::array({
                           metric("successes", events - lost),
                           metric("successes_on_first_attempt", events - again),
                           metric("retries", again),
                           metric("expired", lost,
                                  {part("timeout", lost / 2), part("rejected", lost - lost / 2)}),
                       })}}));
}

}  // namespace

void add_delivery_metrics(Handlers& handlers) {
  handlers["listDeliveryMetricsSummaryFromDestination"] = delivery_metrics;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
