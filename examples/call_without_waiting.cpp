// Asynchronous calls without any framework: a coroutine that returns a segment::Task, concurrent
// calls, a list that is read as it is fetched, a callback, and a stop request.

#include <segment/async.hpp>
#include <segment/client.hpp>

#include <exception>
#include <future>
#include <iostream>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "connect.hpp"

namespace {

/// The slugs of the workspace's sources. Parameters taken by value live as long as the coroutine.
segment::Task<std::vector<std::string>> slugs(segment::AsyncClient client) {
  std::vector<std::string> slugs;
  auto sources = client.sources().list({.count = 3});
  while (const segment::Source* source = co_await sources.next()) slugs.push_back(source->slug);
  co_return slugs;
}

segment::Task<void> look_around(segment::AsyncClient client) {
  // All three start here and run concurrently.
  auto workspace = client.workspaces().get();
  auto labels = client.labels().list().to_vector();
  auto every_slug = slugs(client);

  std::cout << "the workspace " << (co_await workspace).name << " has " << (co_await labels).size()
            << " labels and these sources:";
  for (const std::string& slug : co_await every_slug) std::cout << ' ' << slug;
  std::cout << '\n';

  try {
    co_await client.sources().get(segment::SourceId{"no-such-source"});
  } catch (const segment::NotFoundError& error) {
    std::cout << error.what() << '\n';
  }
}

/// Without a coroutine: a callback that receives the call's result.
std::future<void> tell_by_callback(const segment::AsyncClient& client) {
  auto printed = std::make_shared<std::promise<void>>();
  client.warehouses().list_page({.count = 1}).then([printed](auto page) {
    if (const auto* error = page.template error_as<segment::ApiError>()) {
      std::cout << "the server said no: " << error->what() << '\n';
    } else if (page) {
      std::cout << "a page of " << page.value().items.size() << " warehouse\n";
    } else {
      // No connection, for example: whoever waits gets the error.
      printed->set_exception(page.error());
      return;
    }
    printed->set_value();
  });
  return printed->get_future();
}

void begin_and_stop(const segment::AsyncClient& client) {
  std::stop_source stop;
  auto source = client.sources().get(segment::SourceId{"any"}, {.stop = stop.get_token()});
  stop.request_stop();
  try {
    (void)source.get();
  } catch (const segment::CancelledError&) {
    std::cout << "stopped on its way\n";
  } catch (const segment::NotFoundError&) {
    std::cout << "answered before it was stopped\n";
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  const segment::Client client(connection.options());

  look_around(client.async()).get();
  tell_by_callback(client.async()).get();
  begin_and_stop(client.async());
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}
