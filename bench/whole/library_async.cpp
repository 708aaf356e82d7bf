// This library's asynchronous calls, many at once, as a program uses them: with a callback each.
#include <algorithm>
#include <atomic>
#include <semaphore>

#include "contender.hpp"
#include "segment/api/sources.hpp"
#include "segment/async_client.hpp"

namespace {

class LibraryAsync final : public bench::Contender {
 public:
  explicit LibraryAsync(const std::string& base_url)
      : client_({.token = segment::Token("for-a-benchmark"),
                 .base_url = base_url,
                 .curl = {.ca_file = bench::authorities().file,
                          .ca_directory = bench::authorities().directory}}) {}

  std::size_t get() override { return get_many(1, 1); }

  std::size_t get_many(int count, int max_concurrency) override {
    const int first = std::min(count, max_concurrency);
    left_to_begin_ = count - first;
    left_to_end_ = count;
    came_ = 0;
    for (int i = 0; i < first; ++i) begin();
    all_.acquire();
    return came_;
  }

 private:
  // On the calling thread at first, then on the library's thread, where a response was received.
  void begin() {
    sources_.get(source_id_).then([this](const segment::Result<segment::SourceDetails>& result) {
      came_ += result ? 1 : 0;
      if (left_to_begin_.fetch_sub(1) > 0) begin();
      if (left_to_end_.fetch_sub(1) == 1) all_.release();
    });
  }

  segment::Client client_;
  segment::AsyncSources sources_ = client_.async().sources();
  segment::SourceId source_id_{"source-1"};
  std::atomic<int> left_to_begin_ = 0;
  std::atomic<int> left_to_end_ = 0;
  std::atomic<std::size_t> came_ = 0;
  std::binary_semaphore all_{0};
};

}  // namespace

int main(int argc, char** argv) {
  return bench::run(argc, argv,
                    [](const auto& base_url) { return std::make_unique<LibraryAsync>(base_url); });
}
