// The least that a response can cost: its bytes are received, and nothing reads them.
#include "by_hand/create_source.hpp"
#include "contender.hpp"
#include "fetch.hpp"

namespace {

class BareLibcurl final : public bench::Contender {
 public:
  explicit BareLibcurl(const std::string& base_url) : fetch_(base_url) {}

  std::size_t get() override { return fetch_.get().empty() ? 0 : 1; }
  std::size_t page(int size) override {
    return fetch_.page(size).empty() ? 0 : static_cast<std::size_t>(size);
  }
  std::size_t create() override { return fetch_.create(to_create_).empty() ? 0 : 1; }

  // The next cursor is not read either: the server's cursors are c0, c1, c2 and so on.
  std::size_t walk(const std::string& first) override {
    std::size_t came = 0;
    for (int page = std::stoi(first.substr(1)); page < bench::pages_of_the_walk; ++page) {
      if (!fetch_.page_at("c" + std::to_string(page)).empty()) came += bench::walk_page_size;
    }
    return came;
  }

 private:
  bench::Fetch fetch_;
  std::string to_create_ = to_json_text(bench::source_to_create());
};

}  // namespace

int main(int argc, char** argv) {
  return bench::run(argc, argv,
                    [](const auto& base_url) { return std::make_unique<BareLibcurl>(base_url); });
}
