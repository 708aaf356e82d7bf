// The least that many concurrent responses can cost: libcurl's multi interface on one thread,
// handles and connections reused, and nothing reads the bytes.
#include <algorithm>
#include <stdexcept>
#include <vector>

#include "contender.hpp"
#include "fetch.hpp"

namespace {

// What is started beyond that waits inside libcurl for a connection.
constexpr long most_connections = 32;

void expect_ok(CURLMcode code) {
  if (code != CURLM_OK) throw std::runtime_error(curl_multi_strerror(code));
}

class BareMulti final : public bench::Contender {
 public:
  explicit BareMulti(std::string base_url)
      : base_url_(std::move(base_url)), multi_(curl_multi_init()) {
    curl_multi_setopt(multi_.get(), CURLMOPT_MAX_TOTAL_CONNECTIONS, most_connections);
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, most_connections);
  }

  std::size_t get() override { return get_many(1, 1); }

  std::size_t get_many(int count, int max_concurrency) override {
    left_ = count;
    came_ = 0;
    const auto width = static_cast<std::size_t>(std::min(count, max_concurrency));
    while (transfers_.size() < width) {
      transfers_.push_back(std::make_unique<bench::Transfer>(base_url_));
    }
    for (std::size_t i = 0; i < width; ++i) begin(*transfers_[i]);
    for (int running = 1; running > 0;) {
      expect_ok(curl_multi_perform(multi_.get(), &running));
      if (take_answers()) {
        running = 1;  // what was just started is not counted yet
      } else if (running > 0) {
        expect_ok(curl_multi_poll(multi_.get(), nullptr, 0, 1000, nullptr));
      }
    }
    return came_;
  }

 private:
  void begin(bench::Transfer& transfer) {
    --left_;
    transfer.aim_at("/sources/source-1");
    expect_ok(curl_multi_add_handle(multi_.get(), transfer.handle()));
  }

  // Takes every response that has arrived, and starts as many new requests; returns whether any was
  // started.
  bool take_answers() {
    bool began = false;
    int queued = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &queued)) {
      CURL* handle = message->easy_handle;
      const CURLcode code = message->data.result;
      expect_ok(curl_multi_remove_handle(multi_.get(), handle));
      bench::Transfer* transfer = nullptr;
      curl_easy_getinfo(handle, CURLINFO_PRIVATE, &transfer);
      came_ += transfer->finish(code).empty() ? 0 : 1;
      if (left_ == 0) continue;
      begin(*transfer);
      began = true;
    }
    return began;
  }

  struct Cleanup {
    void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
  };

  std::string base_url_;
  std::vector<std::unique_ptr<bench::Transfer>> transfers_;
  // Destroyed before the handles, none of which is still in it.
  std::unique_ptr<CURLM, Cleanup> multi_;
  int left_ = 0;
  std::size_t came_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  return bench::run(argc, argv,
                    [](const auto& base_url) { return std::make_unique<BareMulti>(base_url); });
}
