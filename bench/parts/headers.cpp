// The header fields of one request: assembled, checked, and turned into libcurl's list.
#include <benchmark/benchmark.h>

#include "http/curl/exchange.hpp"
#include "segment/http/header.hpp"

namespace {

using segment::http::Headers;

Headers usual_headers() {
  return {{"Accept", "application/vnd.segment.v1+json"},
          {"User-Agent", "segment-public-api-cpp/0.2.0"},
          {"Authorization", "Bearer a-token-of-about-the-usual-length-of-one"}};
}

void copied(benchmark::State& state) {
  const Headers headers = usual_headers();
  for (auto _ : state) benchmark::DoNotOptimize(Headers(headers));
}
BENCHMARK(copied);

void set_in_place(benchmark::State& state) {
  Headers headers = usual_headers();
  for (auto _ : state) {
    headers.set("Authorization", "Bearer another");
    benchmark::ClobberMemory();
  }
}
BENCHMARK(set_in_place);

void looked_for_in_vain(benchmark::State& state) {
  const Headers headers = usual_headers();
  for (auto _ : state) benchmark::DoNotOptimize(headers.find("X-Request-Id"));
}
BENCHMARK(looked_for_in_vain);

void checked(benchmark::State& state) {
  const Headers headers = usual_headers();
  for (auto _ : state) benchmark::DoNotOptimize(segment::http::detail::can_be_sent(headers));
}
BENCHMARK(checked);

void as_libcurl_list(benchmark::State& state) {
  const Headers headers = usual_headers();
  for (auto _ : state) {
    segment::http::detail::HeaderLines lines(headers, {"Accept", "Content-Type", "Expect"});
    benchmark::DoNotOptimize(lines.list());
  }
}
BENCHMARK(as_libcurl_list);

}  // namespace
