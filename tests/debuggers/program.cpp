// Has a function at which a debugger stops to look at values of the library's types.

#include <segment/api/sources.hpp>
#include <segment/http/header.hpp>
#include <segment/types/json.hpp>
#include <segment/types/nullable.hpp>
#include <segment/types/secret.hpp>

#include <cstdlib>
#include <string>

extern "C" void look_here() { asm volatile(""); }

int main() {
  const segment::SourceId id{"s-1"};
  const segment::Token token("sgp_the-secret.of/the+tests");
  const segment::WriteKey key("wk-the-write.key/of+the-tests");
  const segment::http::Header credentials{"Authorization", "Bearer sgp_the-secret.of/the+tests"};
  const segment::http::Header harmless{"Accept", "application/json"};
  const segment::http::HeaderView view = credentials;
  const segment::http::Headers headers{harmless, view};
  const segment::CreateSource body{
      .slug = "web", .enabled = true, .metadata_id = segment::SourceMetadataId{"m-1"}};
  const segment::Nullable<std::string> absent;
  const segment::Nullable<std::string> none = segment::null;
  const segment::Nullable<std::string> given = std::string("name");
  const segment::Json json =
      segment::Json::parse(R"({"a": [1, 2.5, null, true], "b": {"c": "text \"q\""}})");
  const segment::CommonEventOnViolations known = segment::CommonEventOnViolations::block;
  const segment::CommonEventOnViolations unknown{"NEWER"};
  const segment::CommonEventOnViolations nothing;
  look_here();
  return id.text().size() + body.slug->size() + json.size() + known.text().size() +
                     unknown.text().size() + nothing.text().size() + absent.has_value() +
                     none.has_value() + given->size() + token.empty() + key.empty() +
                     credentials.name.size() + harmless.name.size() + view.name.size() +
                     headers.size() >
                 0
             ? EXIT_SUCCESS
             : EXIT_FAILURE;
}
