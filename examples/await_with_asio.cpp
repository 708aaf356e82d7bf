// Awaits calls in an Asio coroutine. Twenty calls start concurrently, and the coroutine resumes on
// the single thread that runs the io_context. Asio's coroutines can await only operations that take
// a completion token, so a small adapter passes one to the Task.

#include <segment/async.hpp>
#include <segment/client.hpp>

#include <asio/associated_executor.hpp>
#include <asio/async_result.hpp>
#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/use_awaitable.hpp>

#include <exception>
#include <iostream>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "connect.hpp"

namespace {

constexpr int call_count = 20;

/// Delivers a task's result to an Asio completion token with the signature `void(Result<T>)`. The
/// handler is posted to its associated executor, whatever thread the result arrives on.
template <class T, class Token>
auto async_take(segment::Task<T> task, Token&& token) {
  const auto begin = [](auto handler, segment::Task<T> begun) {
    // Keeps the io_context from running out of work.
    auto work = asio::make_work_guard(asio::get_associated_executor(handler));
    begun.then(
        [handler = std::move(handler), work = std::move(work)](segment::Result<T> result) mutable {
          asio::post(work.get_executor(),
                     [handler = std::move(handler), result = std::move(result)]() mutable {
                       std::move(handler)(std::move(result));
                     });
        });
  };
  return asio::async_initiate<Token, void(segment::Result<T>)>(begin, token, std::move(task));
}

/// The same for `co_await`: returns the value, or throws the error.
template <class T>
asio::awaitable<T> taken(segment::Task<T> task) {
  auto result = co_await async_take(std::move(task), asio::use_awaitable);
  co_return std::move(result).value();
}

asio::awaitable<void> ask(const segment::AsyncClient client) {
  const auto page = co_await taken(client.sources().list_page());
  if (page.items.empty()) co_return;

  std::vector<segment::Task<segment::SourceDetails>> under_way;
  for (std::size_t i = 0; i < call_count; ++i) {  // each starts here
    under_way.push_back(client.sources().get(page.items[i % page.items.size()].id));
  }
  const auto home = std::this_thread::get_id();
  int there = 0;
  for (auto& task : under_way) {
    const segment::SourceDetails source = co_await taken(std::move(task));
    if (std::this_thread::get_id() == home && !source.id.empty()) ++there;
  }
  std::cout << there << " responses on the calling thread\n";
  if (there != call_count) throw std::runtime_error("a response arrived on another thread");

  try {
    (void)co_await taken(client.sources().get(segment::SourceId{"no-such-source"}));
  } catch (const segment::NotFoundError& error) {
    std::cout << error.what() << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  const segment::Client client(connection.options());

  asio::io_context io;
  std::exception_ptr failure;
  asio::co_spawn(io, ask(client.async()), [&](std::exception_ptr error) { failure = error; });
  io.run();
  if (failure) std::rethrow_exception(failure);
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}
