#pragma once

// How these tests talk to a sandbox: through a client, or with plain HTTP to send what no client
// sends.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include <segment/http/curl_transport.hpp>
#include <segment/sandbox/sandbox.hpp>
#include <segment/segment.hpp>
#include <segment/testing/manual_clock.hpp>

namespace segment::sandbox::test {

/// A client whose waits between attempts take no time.
inline Client quick_client(const Sandbox& sandbox, int attempts = 4) {
  ClientOptions options = sandbox.client_options();
  options.clock = std::make_shared<testing::ManualClock>();
  options.timeouts.call = std::chrono::milliseconds{0};
  options.retry.max_attempts = attempts;
  return Client(std::move(options));
}

/// Plain HTTP with the sandbox's token.
class Talk {
 public:
  explicit Talk(const Sandbox& sandbox) : sandbox_(sandbox) {
    http::CurlOptions options;
    options.proxy = "none";
    transport_ = std::make_unique<http::CurlTransport>(options);
  }

  http::Outcome send(http::Method method, const std::string& target, http::Headers headers = {},
                     std::optional<std::string> body = std::nullopt) {
    http::Request request;
    request.method = method;
    request.url = sandbox_.base_url() + target;
    if (!headers.find("Authorization")) {
      headers.add("Authorization", "Bearer " + sandbox_.token());
    }
    request.headers = std::move(headers);
    request.body = std::move(body);
    return transport_->send(request);
  }

  http::Response get(const std::string& target, http::Headers headers = {}) {
    return respond(send(http::Method::get, target, std::move(headers)));
  }
  http::Response post(const std::string& target, std::string body, http::Headers headers = {}) {
    return respond(send(http::Method::post, target, std::move(headers), std::move(body)));
  }
  http::Response patch(const std::string& target, std::string body) {
    return respond(send(http::Method::patch, target, {}, std::move(body)));
  }
  http::Response remove(const std::string& target) {
    return respond(send(http::Method::delete_, target));
  }

 private:
  static http::Response respond(http::Outcome outcome) {
    if (auto* failure = std::get_if<http::Failure>(&outcome)) {
      return {.status = 0, .headers = {}, .body = failure->message};
    }
    return std::get<http::Response>(std::move(outcome));
  }

  const Sandbox& sandbox_;
  std::unique_ptr<http::CurlTransport> transport_;
};

/// The `field` of each error in a response, each followed by a space.
inline std::string fields(const http::Response& response) {
  std::string all;
  const Json body = Json::parse(response.body);
  for (const Json& error : body.at("errors").as_array()) {
    const Json* field = error.find("field");
    all += (field != nullptr ? field->as_string() : "-") + " ";
  }
  return all;
}

inline Json data(const http::Response& response) { return Json::parse(response.body).at("data"); }

/// The only header of this name; empty if there is none.
inline std::string header(const http::Response& response, std::string_view name) {
  return std::string(response.headers.find(name).value_or(""));
}

}  // namespace segment::sandbox::test
