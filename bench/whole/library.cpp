// This library as a program uses it: with default options, except for the base URL.
#include "by_hand/create_source.hpp"
#include "contender.hpp"
#include "segment/api/sources.hpp"
#include "segment/segment.hpp"

namespace {

class Library final : public bench::Contender {
 public:
  explicit Library(const std::string& base_url)
      : client_({.token = segment::Token("for-a-benchmark"),
                 .base_url = base_url,
                 .curl = {.ca_file = bench::authorities().file,
                          .ca_directory = bench::authorities().directory}}) {}

  std::size_t get() override { return client_.sources().get(source_id_).id.empty() ? 0 : 1; }

  std::size_t page(int size) override {
    return client_.sources().list_page({.count = size}).items.size();
  }

  std::size_t walk(const std::string& cursor) override {
    return count(client_.sources().list({.cursor = cursor}));
  }
  std::size_t walk_ahead(const std::string& cursor) override {
    return count(client_.sources().list({.cursor = cursor}).prefetch());
  }
  std::size_t create() override {
    segment::CreateSource body{.slug = to_create_.slug,
                               .enabled = to_create_.enabled,
                               .metadata_id = segment::SourceMetadataId(to_create_.metadata_id),
                               .settings = segment::Json::object()};
    for (const auto& [name, value] : to_create_.settings) (*body.settings)[name] = value;
    return client_.sources().create(body).id.empty() ? 0 : 1;
  }

  void warm_up() override { client_.warm_up(); }

 private:
  template <class List>
  static std::size_t count(List list) {
    std::size_t came = 0;
    for (const segment::Source& source : list) came += source.id.empty() ? 0 : 1;
    return came;
  }

  segment::Client client_;
  segment::SourceId source_id_{"source-1"};
  bench::PlainCreateSource to_create_ = bench::source_to_create();
};

}  // namespace

int main(int argc, char** argv) {
  return bench::run(argc, argv,
                    [](const auto& base_url) { return std::make_unique<Library>(base_url); });
}
