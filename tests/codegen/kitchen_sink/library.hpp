#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "call/core.hpp"
#include "segment/api/all.hpp"
#include "segment/api/resources.hpp"
#include "segment/async_list.hpp"
#include "segment/client_options.hpp"
#include "segment/nothrow_client.hpp"
#include "segment/testing/fake_transport.hpp"

namespace segment {

inline const BookId the_book{"b"};

/// What `AsyncClient` is to the real API.
class AsyncLibrary : public BasicResources<Async> {
 public:
  explicit AsyncLibrary(Async front) : BasicResources(std::move(front)) {}
};

/// What `NothrowClient` is to the real API.
class NothrowLibrary : public BasicResources<Nothrow> {
 public:
  explicit NothrowLibrary(Nothrow front) : BasicResources(std::move(front)) {}
};

/// What `Client` is to the real API: the accessors of the kitchen sink's groups, over a fake
/// transport.
class Library : public BasicResources<Blocking> {
 public:
  explicit Library(ClientOptions options = {})
      : Library(std::move(options), std::make_shared<testing::FakeTransport>()) {}

  [[nodiscard]] AsyncLibrary async() const { return AsyncLibrary(Async(front_.core(), nullptr)); }
  [[nodiscard]] NothrowLibrary nothrow() const { return NothrowLibrary(Nothrow(front_)); }

  /// Responds to the next request with this JSON under `data`.
  Library& respond(std::string_view data) {
    transport_->add(200, R"({"data":)" + std::string(data) + "}");
    return *this;
  }

  /// The method and the URL of the last request, without the API's base URL.
  [[nodiscard]] std::string request() const {
    const http::Request request = transport_->last_request();
    return std::string(http::to_string(request.method)) + " " +
           request.url.substr(base_url(Region::us).size());
  }
  /// The body of the last request; if it had none, a text that cannot be a body.
  [[nodiscard]] std::string body() const {
    return transport_->last_request().body.value_or("(none)");
  }
  /// The URLs of all requests, without the API's base URL.
  [[nodiscard]] std::vector<std::string> targets() const {
    std::vector<std::string> targets;
    for (const auto& request : transport_->requests()) {
      targets.push_back(request.url.substr(base_url(Region::us).size()));
    }
    return targets;
  }
  [[nodiscard]] testing::FakeTransport& transport() const { return *transport_; }

 private:
  Library(ClientOptions options, std::shared_ptr<testing::FakeTransport> transport)
      : BasicResources(
            Blocking(std::make_shared<const detail::Core>(over(std::move(options), transport)))),
        transport_(std::move(transport)) {}

  static ClientOptions over(ClientOptions options,
                            std::shared_ptr<testing::FakeTransport> transport) {
    options.token = Token("for-a-test");
    options.transport = std::move(transport);
    return options;
  }

  std::shared_ptr<testing::FakeTransport> transport_;
};

}  // namespace segment
