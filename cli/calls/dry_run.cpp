#include "calls/dry_run.hpp"

#include <memory>
#include <string_view>

#include "output/output.hpp"
#include "segment/http/transport.hpp"
#include "segment/rate_limiter.hpp"

namespace segment::cli {

namespace {

// Takes the token's place: no token is fetched for a request that is not sent.
constexpr auto token_variable = "$SEGMENT_TOKEN";

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += R"('\'')";
    } else {
      out += c;
    }
  }
  return out += '\'';
}

// The shell puts the token in.
std::string header_argument(http::HeaderView header) {
  const std::string text = std::string(header.name).append(": ").append(header.value);
  return text.ends_with(token_variable) ? '"' + text + '"' : quoted(text);
}

bool has_length_without_body(http::Method method) {
  return method == http::Method::post || method == http::Method::put ||
         method == http::Method::patch;
}

class ShowingTransport final : public http::Transport {
 public:
  explicit ShowingTransport(DryRun how) : how_(how) {}

  http::Outcome send(const http::Request& request) override {
    Output output;
    output.line(how_ == DryRun::curl ? curl_command(request) : request_text(request));
    throw Shown("the request was shown, but not sent");
  }

 private:
  DryRun how_;
};

}  // namespace

std::string curl_command(const http::Request& request) {
  constexpr auto next = " \\\n  ";
  std::string line = "curl --request ";
  line.append(http::to_string(request.method)).append(" ").append(quoted(request.url));
  for (const http::HeaderView header : request.headers) {
    line.append(next).append("--header ").append(header_argument(header));
  }
  if (request.body) {
    line.append(next).append("--data-raw ").append(quoted(*request.body));
  } else if (has_length_without_body(request.method)) {
    // curl sends a length of 0 only with a body, and then says that it is a form.
    line.append(next).append("--header 'Content-Type:'").append(next).append("--data-raw ''");
  }
  return line;
}

std::string request_text(const http::Request& request) {
  std::string text(http::to_string(request.method));
  text.append(" ").append(request.url).append("\n");
  for (const http::HeaderView header : request.headers) {
    text.append(header.name).append(": ").append(header.value).append("\n");
  }
  if (request.body) text.append("\n").append(*request.body);
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

void show_instead_of_sending(ClientOptions& options, DryRun how) {
  options.token = Token(token_variable);
  options.transport = std::make_shared<ShowingTransport>(how);
  options.rate_limiter = RateLimiter::unlimited();
}

}  // namespace segment::cli
