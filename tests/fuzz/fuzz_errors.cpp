// A response with any status, headers and body becomes an error of the library whose message is
// bounded and on one line, and never shows the token.
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>

#include "fuzz.hpp"
#include "segment/api/sources.hpp"
#include "segment/client.hpp"
#include "segment/error.hpp"
#include "segment/testing/fake_transport.hpp"
#include "segment/testing/manual_clock.hpp"

namespace {

using namespace segment;

constexpr std::string_view token = "sgp_secret";

/// The first line is the status, the lines up to an empty one are the headers, the rest is the
/// body.
http::Response response_of(std::string_view text) {
  http::Response response{.status = 500, .headers = {}, .body = {}};
  bool first = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) break;
    if (first) {
      response.status =
          100 + static_cast<int>(line.size() > 2 ? (line[0] * 31 + line[1]) % 500 : 0);
    } else if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
      response.headers.add(std::string(line.substr(0, colon)), std::string(line.substr(colon + 1)));
    }
    first = false;
  }
  response.body = text;
  return response;
}

void check(const Error& error) {
  const std::string_view message = error.what();
  fuzz::require(message.size() < 10'000);
  fuzz::require(message.find('\n') == std::string_view::npos);
  fuzz::require(message.find(token) == std::string_view::npos);
  fuzz::require(error.facts().body.find(token) == std::string::npos);
  for (const auto& item : error.facts().items) {
    fuzz::require(item.message.find(token) == std::string::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto transport = std::make_shared<testing::FakeTransport>();
  const http::Response response = response_of(fuzz::text_of(data, size));
  transport->respond_with([&](const auto&) { return response; });
  const Client client({.token = Token(std::string(token)),
                       .transport = transport,
                       .clock = std::make_shared<testing::ManualClock>(),
                       .jitter = [] { return 0.5; }});
  try {
    (void)client.sources().get(SourceId("s"));
  } catch (const Error& error) {
    check(error);
  }
  return 0;
}
