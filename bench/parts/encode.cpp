// Making a request from the input of a call: its path, its query, its body.
#include <benchmark/benchmark.h>

#include <vector>

#include "large_source.hpp"
#include "operations/prepared_call.hpp"
#include "segment/api/operations.hpp"
#include "segment/convert.hpp"

namespace {

using segment::detail::CallInput;
using segment::detail::encode;

void a_path(benchmark::State& state) {
  const segment::SourceId id("qQEHquLrjRDN9j1byCChyn");
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        encode(segment::operations::sources::get, CallInput{.path = {id.text()}}, {}).target());
  }
}
BENCHMARK(a_path);

void a_query(benchmark::State& state) {
  const segment::PageRequest query{.count = 200, .cursor = "MjAw"};
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        encode(segment::operations::sources::list, CallInput{.query = &query}, {}).target());
  }
}
BENCHMARK(a_query);

void a_body(benchmark::State& state) {
  const segment::CreateSource body{
      .slug = "web",
      .enabled = true,
      .metadata_id = segment::SourceMetadataId("IqDTy1TpoU"),
      .settings = segment::Json::object({{"websiteUrl", "https://www.example.com/"}})};
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        encode(segment::operations::sources::create, CallInput{.body = &body}, {}));
  }
}
BENCHMARK(a_body);

void types_as_text(benchmark::State& state) {
  const segment::Source source = bench::large_source(1);
  for (auto _ : state) benchmark::DoNotOptimize(segment::to_json_text(source));
}
BENCHMARK(types_as_text);

}  // namespace
