// Reading a response: JSON events that are ignored, into types, into a Json, with and without
// reporting schema mismatches.
#include <benchmark/benchmark.h>

#include <vector>

#include "deaf_events.hpp"
#include "json/events.hpp"
#include "json/typed/decoder.hpp"
#include "json/typed/describe_members.hpp"
#include "large_source.hpp"
#include "segment/types/json.hpp"

namespace {

using segment::Source;
using segment::detail::Decoder;
using segment::detail::Describe;
using segment::detail::MismatchSink;

void count_bytes(benchmark::State& state, const std::string& text) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(text.size()));
}

void read_only(benchmark::State& state) {
  const std::string text = bench::list_text(static_cast<int>(state.range(0)));
  for (auto _ : state) {
    bench::DeafEvents nobody;
    segment::detail::read_json(text, nobody);
  }
  count_bytes(state, text);
}
BENCHMARK(read_only)->Arg(1)->Arg(200);

void into_types(benchmark::State& state, const MismatchSink& schema_mismatches) {
  const std::string text = bench::list_text(static_cast<int>(state.range(0)));
  for (auto _ : state) {
    std::vector<Source> sources;
    Decoder decoder(Describe<std::vector<Source>>::type, &sources, schema_mismatches);
    segment::detail::read_json(text, decoder);
    benchmark::DoNotOptimize(sources.data());
  }
  count_bytes(state, text);
}

void into_types(benchmark::State& state) { into_types(state, {}); }
BENCHMARK(into_types)->Arg(1)->Arg(200);

void into_types_reporting_mismatches(benchmark::State& state) {
  into_types(state, [](segment::SchemaMismatch::Kind, std::string_view) {});
}
BENCHMARK(into_types_reporting_mismatches)->Arg(200);

void into_json(benchmark::State& state) {
  const std::string text = bench::list_text(static_cast<int>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(segment::Json::parse(text));
  count_bytes(state, text);
}
BENCHMARK(into_json)->Arg(1)->Arg(200);

}  // namespace
