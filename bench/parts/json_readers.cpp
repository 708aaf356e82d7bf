// What decoding a response costs: a page of 1000 sources, about 2 MB, into the API's types, with
// each JSON reader; and for comparison what the same page costs by hand, with simdjson into plain
// structs.
//
//   parts_json_readers --benchmark_repetitions=9 --benchmark_report_aggregates_only=true
#include <benchmark/benchmark.h>

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "deaf_events.hpp"
#include "json/events.hpp"
#include "json/typed/decoder.hpp"
#include "json/typed/describe_members.hpp"
#include "segment/api/types/sources.hpp"
#include "segment/types/json.hpp"

#ifdef SEGMENT_HAS_SIMDJSON_READER
#include "by_hand/simdjson_source.hpp"
#endif

namespace {

using segment::Json;
using segment::detail::JsonEvents;

using Reader = void (*)(std::string_view, const segment::detail::ReadingRoom&, JsonEvents&);

Json option(int number) {
  return Json::object(
      {{"name", "option" + std::to_string(number)},
       {"type", number % 3 == 0 ? "boolean" : "string"},
       {"required", number % 2 == 0},
       {"description", "What the option with this number is good for, in \"words\"."},
       {"defaultValue", number % 3 == 0 ? Json(false) : Json("")},
       {"label", "Option " + std::to_string(number)}});
}

Json metadata() {
  Json options = Json::array();
  for (int number = 0; number < 7; ++number) options.push_back(option(number));
  return Json::object(
      {{"id", "IqDTy1TpoU"},
       {"name", "Javascript"},
       {"slug", "javascript"},
       {"description", "Sends what visitors of a website do, straight from their browsers."},
       {"logos", Json::object({{"default", "https://cdn.example.com/logos/javascript.svg"},
                               {"mark", "https://cdn.example.com/logos/javascript-mark.svg"},
                               {"alt", Json()}})},
       {"options", std::move(options)},
       {"categories", Json::array({"Website", "Featured"})},
       {"isCloudEventSource", false}});
}

Json source(std::int64_t number) {
  const std::string text = std::to_string(number);
  return Json::object(
      {{"id", "qQEHquLrjRDN9j1ByrChyn" + text},
       {"slug", "website-" + text},
       {"name", "Website " + text},
       {"metadata", metadata()},
       {"workspaceId", "9aQ1Lj62S4bomZKLF4DPqW"},
       {"enabled", number % 5 != 0},
       {"writeKeys", Json::array({"2fYg6qGxhJBzYkqSWAYXEcJ0" + text})},
       {"settings", Json::object({{"website_url", "https://www.example.com/" + text},
                                  {"limit", number},
                                  {"share", 0.25},
                                  {"allowed", Json::array({"a", "b"})}})},
       {"labels", Json::array({Json::object({{"key", "environment"}, {"value", "prod"}}),
                               Json::object({{"key", "team"}, {"value", "growth"}})})}});
}

// As many sources as the argument of the benchmark says.
const std::string& page(const benchmark::State& state) {
  static std::map<std::int64_t, std::string> pages;
  std::string& text = pages[state.range(0)];
  if (!text.empty()) return text;
  Json sources = Json::array();
  for (std::int64_t number = 0; number < state.range(0); ++number) {
    sources.push_back(source(number));
  }
  return text = sources.dump();
}

void count_bytes(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(page(state).size()));
}

void decode(benchmark::State& state, Reader read) {
  using Sources = std::vector<segment::Source>;
  const segment::detail::MismatchSink unheard;
  const std::string& text = page(state);
  for (auto _ : state) {
    Sources sources;
    segment::detail::Decoder decoder(segment::detail::Describe<Sources>::type, &sources, unheard);
    read(text, {}, decoder);
    benchmark::DoNotOptimize(sources.data());
  }
  count_bytes(state);
}

void only_read(benchmark::State& state, Reader read) {
  const std::string& text = page(state);
  for (auto _ : state) {
    bench::DeafEvents deaf;
    read(text, {}, deaf);
  }
  count_bytes(state);
}

void nlohmann_dom(benchmark::State& state) {
  const std::string& text = page(state);
  for (auto _ : state) {
    const auto json = nlohmann::json::parse(text);
    benchmark::DoNotOptimize(json.size());
  }
  count_bytes(state);
}

constexpr Reader with_nlohmann = &segment::detail::read_json_with_nlohmann;
BENCHMARK_CAPTURE(decode, nlohmann, with_nlohmann)
    ->Arg(1)
    ->Arg(1000)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(only_read, nlohmann, with_nlohmann)
    ->Arg(1)
    ->Arg(1000)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(nlohmann_dom)->Arg(1)->Arg(1000)->Unit(benchmark::kMicrosecond);

#ifdef SEGMENT_HAS_SIMDJSON_READER
void by_hand(benchmark::State& state) {
  const std::string& text = page(state);
  simdjson::ondemand::parser parser;
  for (auto _ : state) {
    const simdjson::padded_string padded(text);
    auto document = parser.iterate(padded);
    const auto sources = bench::simdjson_by_hand::read_sources(document.get_value());
    benchmark::DoNotOptimize(sources.data());
  }
  count_bytes(state);
}

constexpr Reader with_simdjson = &segment::detail::read_json_with_simdjson;
BENCHMARK_CAPTURE(decode, simdjson, with_simdjson)
    ->Arg(1)
    ->Arg(1000)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(only_read, simdjson, with_simdjson)
    ->Arg(1)
    ->Arg(1000)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(by_hand)->Arg(1)->Arg(1000)->Unit(benchmark::kMicrosecond);
#endif

}  // namespace
