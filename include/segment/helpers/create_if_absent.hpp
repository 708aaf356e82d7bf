#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <stop_token>
#include <type_traits>
#include <utility>

#include "segment/client.hpp"
#include "segment/detail/steps.hpp"
#include "segment/error.hpp"
#include "segment/front.hpp"
#include "segment/result.hpp"

namespace segment::inline SEGMENT_ABI {

/// Options of `create_if_absent`.
struct CreateIfAbsentOptions {
  /// The maximum number of creations to attempt.
  int max_attempts = 3;
  /// How long to wait after an unknown outcome before looking: the server may still be working.
  std::chrono::milliseconds pause{std::chrono::seconds{2}};
};

// So that every compiler accepts them in braces inside a `co_await`.
static_assert(std::is_trivially_copyable_v<CreateIfAbsentOptions>);

namespace detail {

/// Decides whether to look for an item, to create it, or to wait, based on the previous results.
///
/// Copying: a value; copies share the errors.
class SEGMENT_EXPORT Creation {
 public:
  enum class Step : std::uint8_t { look, create, pause, done };

  explicit Creation(const CreateIfAbsentOptions& options) noexcept : options_(options) {}

  [[nodiscard]] Step next() const noexcept { return next_; }
  [[nodiscard]] std::chrono::milliseconds pause() const noexcept { return options_.pause; }

  // Each takes the result of its step. Throws the final error, if this step causes it.
  void looked(bool was_found, const std::exception_ptr& error);
  void created(const std::exception_ptr& error);
  void paused(bool was_stopped);

 private:
  CreateIfAbsentOptions options_;
  Step next_ = Step::look;
  int attempts_ = 0;
  std::exception_ptr newest_{};  // of the creations
  std::exception_ptr doubt_{};   // the newest with an unknown outcome
};

/// A client's pause as a sequence: true at its end, false if it was stopped.
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<Sequence> pause(
    const std::shared_ptr<const Core>& core, std::chrono::milliseconds length,
    std::stop_token stop);

/// The calls of a creation, made by the caller's functions.
template <class Front, class T, class FindExisting, class Create>
class CreationCalls {
 public:
  CreationCalls(Front front, FindExisting find_existing, Create create,
                const CreateIfAbsentOptions& options, std::stop_token stop)
      : front_(std::move(front)),
        find_existing_(std::forward<FindExisting>(find_existing)),
        create_(std::forward<Create>(create)),
        creation_(options),
        stop_(std::move(stop)) {}

  [[nodiscard]] bool is_done() const noexcept { return creation_.next() == Creation::Step::done; }

  auto step() {
    using Calls = Steps<Front>;
    if (creation_.next() == Creation::Step::look) {
      return Calls::call([this] { return find_existing_(); },
                         [this](Result<std::optional<T>> found) {
                           if (found) value_ = *std::move(found);
                           creation_.looked(value_.has_value(), found.error());
                         });
    }
    if (creation_.next() == Creation::Step::create) {
      return Calls::call([this] { return create_(); },
                         [this](Result<T> created) {
                           if (created) value_ = *std::move(created);
                           creation_.created(created.error());
                         });
    }
    return Calls::call(
        [this] {
          return front_.template run<bool>(pause(front_.core(), creation_.pause(), stop_));
        },
        [this](const Result<bool>& ended) { creation_.paused(!ended.value()); });
  }

  T finish() { return *std::move(value_); }

 private:
  Front front_;
  FindExisting find_existing_;
  Create create_;
  Creation creation_;
  std::stop_token stop_;
  std::optional<T> value_{};
};

}  // namespace detail

/// Returns what exists, or creates it: safe to run again, and if a response is lost.
///
///     auto find = [&]() -> std::optional<segment::Label> {
///       for (const segment::Label& label : client.labels().list()) {
///         if (label.key == "team" && label.value == "web") return label;
///       }
///       return std::nullopt;
///     };
///     auto create = [&] {
///       return client.labels().create({.label = segment::Label{.key = "team", .value = "web"}});
///     };
///     segment::Label label = segment::create_if_absent(client, find, create);
///
/// It looks first. If the API then reports a conflict because somebody else created the item
/// meanwhile, or the outcome of the creation is unknown, it looks again before it creates again.
///
/// It is only as reliable as the lookup: `find_existing` must identify the item by something unique
/// (a slug or a name of your own), and a server that takes longer than the pause can still finish a
/// creation that the lookup did not see.
///
/// \param client of the same front as both functions; its clock times the pause.
/// \param find_existing returns a std::optional of what `create` returns: itself for a Client, in a
///        `Result` for a NothrowClient, in a `Task` for an AsyncClient.
/// \param create makes the call. Both are kept until the end if they return tasks.
/// \param options how many creations, and how long to wait before looking after an unknown outcome.
/// \param stop ends the pause, as shutting down the client does; the result is then the creation's
///        error. Calls end by the stop token of their own options.
/// \return what exists, whether created by this call or before. It fails with what `find_existing`
///         fails with at first, and with what `create` fails with; if a later lookup fails, with
///         the creation's own error.
template <class Front, class FindExisting, class Create>
auto create_if_absent(const BasicClient<Front>& client, FindExisting&& find_existing,
                      Create&& create, const CreateIfAbsentOptions& options = {},
                      std::stop_token stop = {}) {
  using T = typename detail::FrontOfFunction<Create>::Value;
  using Made = typename detail::ByFunctions<Front, T, FindExisting, Create>::type;
  static_assert(std::is_same_v<Front, typename detail::FrontOfFunction<Create>::Front>,
                "the functions return what the client's methods do: values, Results or Tasks");
  if constexpr (std::is_same_v<Front, Async>) {
    using Calls = detail::CreationCalls<Front, T, std::decay_t<FindExisting>, std::decay_t<Create>>;
    return Made(
        detail::Steps<Front>::run(Calls(client.front(), std::forward<FindExisting>(find_existing),
                                        std::forward<Create>(create), options, std::move(stop))));
  } else {
    using Calls = detail::CreationCalls<Front, T, FindExisting&, Create&>;
    return Made(detail::Steps<Front>::run(
        Calls(client.front(), find_existing, create, options, std::move(stop))));
  }
}

}  // namespace segment::inline SEGMENT_ABI
