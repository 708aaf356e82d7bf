// The least that an answer costs: its bytes, and nobody reads them.
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

 private:
  bench::Fetch fetch_;
};

}  // namespace

int main(int argc, char** argv) {
  return bench::run(argc, argv,
                    [](const auto& base_url) { return std::make_unique<BareLibcurl>(base_url); });
}
