#include "fetch.hpp"

#include <stdexcept>
#include <utility>

#include "contender.hpp"

namespace bench {

namespace {

std::size_t append(char* from, std::size_t size, std::size_t count, void* body) {
  static_cast<std::string*>(body)->append(from, size * count);
  return size * count;
}

curl_slist* usual_headers() {
  curl_slist* headers = nullptr;
  for (const char* line : {"Authorization: Bearer for-a-benchmark",
                           "Accept: application/vnd.segment.v1+json", "User-Agent: bench"}) {
    headers = curl_slist_append(headers, line);
  }
  return headers;
}

}  // namespace

Transfer::Transfer(std::string base_url)
    : base_url_(std::move(base_url)),
      headers_(usual_headers()),
      headers_of_a_body_(
          curl_slist_append(usual_headers(), "Content-Type: application/vnd.segment.v1+json")),
      easy_(curl_easy_init()) {
  curl_easy_setopt(easy_.get(), CURLOPT_WRITEFUNCTION, &append);
  curl_easy_setopt(easy_.get(), CURLOPT_WRITEDATA, &body_);
  curl_easy_setopt(easy_.get(), CURLOPT_PRIVATE, this);
  curl_easy_setopt(easy_.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy_.get(), CURLOPT_TIMEOUT_MS, 60'000L);
  const Authorities trusted = authorities();
  if (trusted.file.empty()) return;
  curl_easy_setopt(easy_.get(), CURLOPT_CAINFO, trusted.file.c_str());
  curl_easy_setopt(easy_.get(), CURLOPT_CAPATH, trusted.directory.c_str());
  curl_easy_setopt(easy_.get(), CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_2TLS});
  curl_easy_setopt(easy_.get(), CURLOPT_ACCEPT_ENCODING, "");
}

void Transfer::aim_at(const std::string& target) {
  curl_easy_setopt(easy_.get(), CURLOPT_URL, (base_url_ + target).c_str());
  curl_easy_setopt(easy_.get(), CURLOPT_HTTPGET, 1L);
  curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, headers_.get());
}

void Transfer::aim_at(const std::string& target, const std::string& body) {
  aim_at(target);
  curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, headers_of_a_body_.get());
  curl_easy_setopt(easy_.get(), CURLOPT_POSTFIELDS, body.data());
  curl_easy_setopt(easy_.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
}

std::string Transfer::finish(CURLcode code) {
  if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status != 200) throw std::runtime_error("status " + std::to_string(status));
  return std::exchange(body_, {});
}

std::string Fetch::get() { return fetch("/sources/source-1"); }

std::string Fetch::page(int size) {
  return fetch("/sources?pagination.count=" + std::to_string(size));
}

std::string Fetch::page_at(const std::string& cursor) {
  return fetch("/sources?pagination.cursor=" + cursor);
}

std::string Fetch::fetch(const std::string& target) {
  transfer_.aim_at(target);
  return transfer_.finish(curl_easy_perform(transfer_.handle()));
}

std::string Fetch::create(const std::string& body) {
  transfer_.aim_at("/sources", body);
  return transfer_.finish(curl_easy_perform(transfer_.handle()));
}

}  // namespace bench
