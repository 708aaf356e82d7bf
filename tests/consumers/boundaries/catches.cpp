// A program that hides all of its own symbols catches the library's exceptions by their types.

#include <segment/api/sources.hpp>
#include <segment/client.hpp>
#include <segment/error.hpp>
#include <segment/testing/fake_transport.hpp>

#include <iostream>
#include <memory>

int main() {
  const auto transport = std::make_shared<segment::testing::FakeTransport>();
  transport->add(404, R"({"errors": [{"type": "not-found", "message": "none"}]})");
  const segment::Client client({.token = segment::Token("token"), .transport = transport});
  try {
    client.sources().get(segment::SourceId("nope"));
  } catch (const segment::NotFoundError& error) {
    std::cout << error.what() << '\n';
  }
  try {
    (void)segment::Json::parse("{");
  } catch (const segment::Error& error) {
    std::cout << error.what() << '\n';
    return 0;
  }
  return 1;
}
