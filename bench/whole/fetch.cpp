#include "fetch.hpp"

#include <stdexcept>
#include <utility>

namespace bench {

namespace {

std::size_t append(char* from, std::size_t size, std::size_t count, void* body) {
  static_cast<std::string*>(body)->append(from, size * count);
  return size * count;
}

}  // namespace

Fetch::Fetch(std::string base_url) : base_url_(std::move(base_url)), easy_(curl_easy_init()) {
  for (const char* line : {"Authorization: Bearer for-a-benchmark",
                           "Accept: application/vnd.segment.v1+json", "User-Agent: bench"}) {
    headers_.reset(curl_slist_append(headers_.release(), line));
  }
  curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, headers_.get());
  curl_easy_setopt(easy_.get(), CURLOPT_WRITEFUNCTION, &append);
  curl_easy_setopt(easy_.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy_.get(), CURLOPT_TIMEOUT_MS, 60'000L);
}

std::string Fetch::get() { return fetch("/sources/source-1"); }

std::string Fetch::page(int size) {
  return fetch("/sources?pagination.count=" + std::to_string(size));
}

std::string Fetch::fetch(const std::string& target) {
  std::string body;
  curl_easy_setopt(easy_.get(), CURLOPT_URL, (base_url_ + target).c_str());
  curl_easy_setopt(easy_.get(), CURLOPT_WRITEDATA, &body);
  const CURLcode code = curl_easy_perform(easy_.get());
  if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status != 200) throw std::runtime_error("status " + std::to_string(status));
  return body;
}

}  // namespace bench
