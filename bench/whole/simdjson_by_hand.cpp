// libcurl and simdjson by hand, written for speed.
#include "by_hand/create_source.hpp"
#include "by_hand/simdjson_source.hpp"
#include "contender.hpp"
#include "fetch.hpp"

namespace {

using namespace bench::simdjson_by_hand;

class SimdjsonByHand final : public bench::Contender {
 public:
  explicit SimdjsonByHand(const std::string& base_url) : fetch_(base_url) {}

  std::size_t get() override { return count_one(fetch_.get()); }
  std::size_t create() override { return count_one(fetch_.create(to_json_text(to_create_))); }

  std::size_t page(int size) override {
    std::string body = fetch_.page(size);
    ondemand::document document = parse(parser_, body);
    return read_sources(document["data"]["sources"].value()).size();
  }

  std::size_t walk(const std::string& first) override {
    std::size_t came = 0;
    for (std::optional<std::string> cursor = first; cursor;) {
      std::string body = fetch_.page_at(*cursor);
      ondemand::document document = parse(parser_, body);
      ondemand::value data = document["data"];
      came += read_sources(data["sources"]).size();
      value next;
      const bool goes_on = !data["pagination"]["next"].get(next);
      cursor = goes_on ? optional_text(next) : std::nullopt;
    }
    return came;
  }

 private:
  std::size_t count_one(std::string body) {
    ondemand::document document = parse(parser_, body);
    return read_source(document["data"]["source"].value()).id.empty() ? 0 : 1;
  }

  bench::Fetch fetch_;
  ondemand::parser parser_;
  bench::PlainCreateSource to_create_ = bench::source_to_create();
};

}  // namespace

int main(int argc, char** argv) {
  return bench::run(
      argc, argv, [](const auto& base_url) { return std::make_unique<SimdjsonByHand>(base_url); });
}
