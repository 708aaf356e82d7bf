#include "contender.hpp"

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <vector>

namespace bench {

namespace {

using std::chrono::steady_clock;

struct Job {
  std::string task;
  std::string base_url;
  int count = 0;
  int max_concurrency = 1;  // threads, or calls in the task of that name
  bool shared = false;

  bool is_walk() const { return task == "walk" || task == "walk_ahead"; }
  bool is_one_long_call() const { return is_walk() || task == "max_concurrency"; }
  int threads() const { return is_one_long_call() ? 1 : max_concurrency; }
};

Job read_job(int argc, char** argv) {
  if (argc < 4) {
    throw std::invalid_argument(
        "usage: get|warmed|page200|page1000|create|walk|walk_ahead|max_concurrency BASE_URL COUNT "
        "[AT_ONCE [shared]]");
  }
  Job job{.task = argv[1], .base_url = argv[2], .count = std::atoi(argv[3])};
  if (argc > 4) job.max_concurrency = std::atoi(argv[4]);
  job.shared = argc > 5 && std::string_view(argv[5]) == "shared";
  return job;
}

// User and system time of this process.
double processor_microseconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto microseconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
  };
  return microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
}

// Not getrusage: its maximum starts with that of the process that started this one.
long peak_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::atol(line.c_str() + 6);
  }
  return 0;
}

std::size_t do_once(Contender& contender, const Job& job) {
  if (job.task == "get" || job.task == "warmed") return contender.get();
  if (job.task == "page200") return contender.page(200);
  if (job.task == "page1000") return contender.page(1000);
  if (job.task == "create") return contender.create();
  if (job.task == "max_concurrency") return contender.get_many(job.count, job.max_concurrency);
  const std::string cursor = "c" + std::to_string(pages_of_the_walk - job.count);
  if (job.task == "walk") return contender.walk(cursor);
  if (job.task == "walk_ahead") return contender.walk_ahead(cursor);
  throw std::invalid_argument("no such task: " + job.task);
}

int wanted(const Job& job) {
  if (job.task == "page200") return 200;
  if (job.task == "page1000") return 1000;
  if (job.is_walk()) return job.count * walk_page_size;
  return job.task == "max_concurrency" ? job.count : 1;
}

void check(std::size_t came, int wanted) {
  if (came != static_cast<std::size_t>(wanted)) {
    throw std::runtime_error("got " + std::to_string(came) + " sources");
  }
}

void connect(Contender& contender, const Job& job) {
  if (job.is_one_long_call()) {
    check(contender.get(), 1);
  } else {
    check(do_once(contender, job), wanted(job));
  }
}

void do_all(const std::vector<std::unique_ptr<Contender>>& contenders, const Job& job) {
  const int calls = job.is_one_long_call() ? 1 : job.count;
  const auto do_its_share = [&](Contender& contender, int first) {
    for (int i = first; i < calls; i += job.threads()) check(do_once(contender, job), wanted(job));
  };
  if (job.threads() == 1) return do_its_share(*contenders.front(), 0);
  std::vector<std::thread> threads;
  for (int number = 0; number < job.threads(); ++number) {
    Contender& contender = *contenders[static_cast<std::size_t>(number) % contenders.size()];
    threads.emplace_back([&, number] { do_its_share(contender, number); });
  }
  for (std::thread& thread : threads) thread.join();
}

std::size_t cannot(const char* what) {
  throw std::invalid_argument("this program has no " + std::string(what));
}

}  // namespace

std::size_t Contender::page(int /*size*/) { return cannot("page"); }
std::size_t Contender::create() { return cannot("create"); }
std::size_t Contender::walk(const std::string& /*cursor*/) { return cannot("walk"); }
std::size_t Contender::walk_ahead(const std::string& /*cursor*/) { return cannot("walk_ahead"); }
void Contender::warm_up() { cannot("warm_up"); }
std::size_t Contender::get_many(int /*count*/, int /*max_concurrency*/) {
  return cannot("max_concurrency");
}

Authorities authorities() {
  const char* folder = std::getenv("SEGMENT_BENCH_AUTHORITIES");
  if (folder == nullptr) return {};
  return {.file = folder + std::string("/authorities.pem"),
          .directory = folder + std::string("/authorities")};
}

int run(int argc, char** argv, const MakeContender& make) try {
  const Job job = read_job(argc, argv);
  std::vector<std::unique_ptr<Contender>> contenders;
  for (int i = 0; i < (job.shared ? 1 : job.threads()); ++i)
    contenders.push_back(make(job.base_url));

  if (job.task == "warmed") contenders.front()->warm_up();
  const auto before = steady_clock::now();
  connect(*contenders.front(), job);
  const auto first_answer = steady_clock::now();
  const std::chrono::duration<double, std::micro> first_call = first_answer - before;
  const double cpu = processor_microseconds();
  do_all(contenders, job);
  const double cpu_used = processor_microseconds() - cpu;
  const std::chrono::duration<double, std::micro> wall = steady_clock::now() - first_answer;

  std::printf(
      "{\"count\": %d, \"cpu_us\": %.0f, \"wall_us\": %.0f, \"peak_kib\": %ld, "
      "\"first_call_us\": %.0f, \"first_answer_ns\": %lld}\n",
      job.count, cpu_used, wall.count(), peak_kib(), first_call.count(),
      static_cast<long long>(first_answer.time_since_epoch() / std::chrono::nanoseconds(1)));
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}

}  // namespace bench
