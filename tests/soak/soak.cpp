// Runs a client for a while against a sandbox that misbehaves, with blocking and asynchronous calls
// at the same time, and checks that memory, file descriptors and threads stay flat and that every
// call ends. The sandbox is a separate process, so that only the client is measured.
//
// Usage: soak [SECONDS]; 10 by default.
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <numeric>
#include <random>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "segment/async.hpp"
#include "segment/segment.hpp"
#include "support/entries.hpp"
#include "support/sandbox_process.hpp"

namespace {

using namespace segment;

constexpr int thread_count = 8;
constexpr std::int64_t rounds_a_look = 100;

struct Totals {
  std::atomic<std::int64_t> rounds = 0;
  std::atomic<std::int64_t> errors = 0;
  std::atomic<std::int64_t> started = 0;
  std::atomic<std::int64_t> ended = 0;
};

/// What the process holds at one moment.
struct Footprint {
  std::int64_t kibibytes = 0;
  std::int64_t descriptors = 0;
  std::int64_t threads = 0;
};

// What is allocated. The resident set would also count what the allocator keeps for later, which
// grows for minutes with the number of calls that happen to overlap.
std::int64_t allocated_kibibytes() {
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
  const struct mallinfo2 now = mallinfo2();
  return static_cast<std::int64_t>((now.uordblks + now.hblkhd) / 1024);
#else
  std::int64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages >> pages;
  return pages * sysconf(_SC_PAGESIZE) / 1024;
#endif
}

Footprint footprint() {
  Footprint now;
  now.kibibytes = allocated_kibibytes();
  now.descriptors = static_cast<std::int64_t>(test::descriptors().size());
  now.threads = static_cast<std::int64_t>(test::threads().size());
  return now;
}

/// Every fourth call runs into a fault that a header requests from the sandbox.
CallOptions some_fault(std::minstd_rand& random) {
  constexpr const char* faults[] = {"status=503", "status=429", "status=500",
                                    "cut",        "reset",      "delay=5"};
  if (random() % 4 != 0) return {};
  return {.headers = {{"X-Sandbox-Fault", std::string(faults[random() % std::size(faults)]) +
                                              ";times=1;id=" + std::to_string(random())}}};
}

/// One round of what a service does: it creates a source, reads it, lists sources, and deletes it.
void one_round(const Client& client, const std::string& slug, std::minstd_rand& random) {
  const auto source = client.sources().create(
      {.slug = slug, .enabled = true, .metadata_id = SourceMetadataId("IqDTy1TpoU")},
      some_fault(random));
  (void)client.sources().get(source.id, some_fault(random));
  for ([[maybe_unused]] const Source& one :
       client.sources().list({.count = 20}, some_fault(random))) {
  }
  client.sources().remove(source.id, some_fault(random));
}

void work(const std::stop_token& stop, const Client& client, Totals& totals, unsigned seed) {
  std::minstd_rand random(seed);
  for (int round = 0; !stop.stop_requested(); ++round) {
    ++totals.rounds;
    try {
      one_round(client, "soak-" + std::to_string(seed) + "-" + std::to_string(round), random);
    } catch (const Error&) {
      ++totals.errors;
    }
  }
}

/// The same with asynchronous calls. Their inputs are not written inside a `co_await`, which g++ 12
/// gets wrong.
Task<void> one_round(AsyncClient client, std::string slug, unsigned seed) {
  std::minstd_rand random(seed);
  const CreateSource wanted{
      .slug = slug, .enabled = true, .metadata_id = SourceMetadataId("IqDTy1TpoU")};
  auto creating = client.sources().create(wanted, some_fault(random));
  const Source source = co_await creating;
  auto getting = client.sources().get(source.id, some_fault(random));
  (void)co_await getting;
  auto list = client.sources().list({.count = 20}, some_fault(random));
  auto collecting = list.to_vector();
  (void)co_await collecting;
  auto removing = client.sources().remove(source.id, some_fault(random));
  co_await removing;
}

void work_asynchronously(const std::stop_token& stop, const Client& client, Totals& totals) {
  constexpr unsigned rounds_a_batch = 50;
  const AsyncClient async = client.async();
  std::vector<unsigned> seeds(rounds_a_batch);
  for (unsigned first = 1; !stop.stop_requested(); first += rounds_a_batch) {
    std::iota(seeds.begin(), seeds.end(), first);
    auto results = for_each_results(seeds,
                                    [&](unsigned seed) {
                                      return one_round(
                                          async, "soak-asynchronous-" + std::to_string(seed), seed);
                                    },
                                    {.max_concurrency = thread_count});
    for (const Result<void>& result : results.get()) {
      ++totals.rounds;
      totals.errors += result ? 0 : 1;
    }
  }
}

/// Deletes what a cut or reset call left behind, so that the lists do not grow.
void sweep(const Client& client) {
  std::vector<SourceId> left;
  try {
    // In pages as small as elsewhere: each parser of JSON that is kept grows with the largest.
    for (const Source& source : client.sources().list({.count = 20})) {
      if (source.slug.starts_with("soak-")) left.push_back(source.id);
    }
    for (const SourceId& id : left) client.sources().remove(id);
  } catch (const Error&) {  // NOLINT(bugprone-empty-catch): the next sweep gets it
  }
}

bool is_flat(const char* what, std::int64_t before, std::int64_t after, std::int64_t slack) {
  const bool flat = after <= before + slack;
  std::printf("%s: %lld, then %lld%s\n", what, static_cast<long long>(before),
              static_cast<long long>(after), flat ? "" : "  GROWN");
  return flat;
}

/// Calls from several threads and asynchronously, and looks at the footprint ten times. On a slow
/// machine that takes longer than the given time: the footprint is flat after a number of rounds,
/// not of seconds.
std::pair<Footprint, Footprint> soak(const Client& client, std::chrono::seconds time,
                                     Totals& totals) {
  std::vector<std::jthread> threads;
  for (unsigned seed = 1; seed <= thread_count; ++seed) {
    threads.emplace_back(
        [&, seed](const std::stop_token& stop) { work(stop, client, totals, seed); });
  }
  threads.emplace_back(
      [&](const std::stop_token& stop) { work_asynchronously(stop, client, totals); });
  Footprint warm;
  Footprint last;
  for (int look = 1; look <= 10; ++look) {
    do {
      std::this_thread::sleep_for(time / 10.0);
    } while (totals.rounds < look * rounds_a_look);
    sweep(client);
    last = footprint();
    if (look == 4) warm = last;  // by then the pools and the allocator's arenas are filled
  }
  return {warm, last};
}

}  // namespace

int main(int argument_count, char** arguments) {
  const std::chrono::seconds time(argument_count > 1 ? std::atoi(arguments[1]) : 10);
  const test::SandboxProcess sandbox(SEGMENT_SANDBOX_PATH);
  Totals totals;
  ClientOptions options = sandbox.client_options();
  options.retry.initial_backoff = std::chrono::milliseconds(1);
  options.on_event = [&](const CallEvent& event) {
    totals.started += event.kind == CallEvent::Kind::call_started;
    totals.ended += event.kind == CallEvent::Kind::call_ended;
  };
  const auto [warm, last] = soak(Client(options), time, totals);

  std::printf("%lld rounds in %lld s, %lld of them ended with an error\n",
              static_cast<long long>(totals.rounds), static_cast<long long>(time.count()),
              static_cast<long long>(totals.errors));
  bool ok = is_flat("KiB of memory", warm.kibibytes, last.kibibytes,
                    std::max<std::int64_t>(warm.kibibytes / 10, 1024));
  ok = is_flat("file descriptors", warm.descriptors, last.descriptors, thread_count) && ok;
  ok = is_flat("threads", warm.threads, last.threads, 0) && ok;
  ok = is_flat("calls that did not end", 0, totals.started - totals.ended, 0) && ok;
  return ok ? 0 : 1;
}
