#include "engine/request_log.hpp"

#include <utility>

#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

void RequestLog::add(RequestRecord record) {
  const std::scoped_lock lock(mutex_);
  records_.push_back(std::move(record));
  if (records_.size() <= max_requests_) return;
  records_.pop_front();
  ++forgotten_;
}

std::vector<RequestRecord> RequestLog::all() const {
  const std::scoped_lock lock(mutex_);
  return {records_.begin(), records_.end()};
}

std::string RequestLog::body() const {
  const std::scoped_lock lock(mutex_);
  Json requests = Json::array();
  for (const RequestRecord& record : records_) {
    requests.push_back(Json::object({{"operation", record.operation},
                                     {"method", record.method},
                                     {"path", record.path},
                                     {"status", record.status},
                                     {"requestId", record.request_id}}));
  }
  Json data = Json::object({{"requests", std::move(requests)}, {"forgotten", forgotten_}});
  return Json::object({{"data", std::move(data)}}).dump();
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
