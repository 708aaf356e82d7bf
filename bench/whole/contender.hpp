#pragma once

#include <functional>
#include <memory>
#include <string>

namespace bench {

inline constexpr int pages_of_the_walk = 500;
inline constexpr int walk_page_size = 200;

/// One way of getting sources from the API. Each program of this folder is one, and all take the
/// same command line, so that they can be run in turns:
///
///     whole_NAME get|warmed|page200|page1000|create BASE_URL COUNT [THREADS [shared]]
///     whole_NAME walk|walk_ahead BASE_URL PAGES_OF_200
///     whole_NAME max_concurrency BASE_URL COUNT AT_ONCE
///
/// `warmed` is `get`, but the connection is opened before the first call is counted. COUNT is how
/// many calls all threads make together. With `shared` all threads use one contender, otherwise
/// each makes its own. Not every program can do everything.
class Contender {
 public:
  Contender() = default;
  Contender(const Contender&) = delete;
  Contender& operator=(const Contender&) = delete;
  virtual ~Contender() = default;

  /// Gets one source; returns how many came, 1.
  virtual std::size_t get() = 0;

  /// Gets one page of this many sources; returns how many came.
  virtual std::size_t page(int size);

  /// Creates a source with a body of about 1 KB; returns how many came back, 1.
  virtual std::size_t create();

  /// Iterates from this page's cursor to the end of the list; returns how many sources came.
  virtual std::size_t walk(const std::string& cursor);

  /// The same, with pages fetched ahead.
  virtual std::size_t walk_ahead(const std::string& cursor);

  /// Opens a connection, so that the first call need not.
  virtual void warm_up();

  /// Gets one source this many times, with so many in flight for as long as there are enough left;
  /// returns how many came.
  virtual std::size_t get_many(int count, int max_concurrency);
};

/// The authorities to trust, as on a real system: one file with all of them, and a directory of the
/// same. Set if the server uses TLS, otherwise empty. Then every contender uses HTTP/2 and accepts
/// compressed responses.
struct Authorities {
  std::string file{};
  std::string directory{};
};
[[nodiscard]] Authorities authorities();

using MakeContender = std::function<std::unique_ptr<Contender>(const std::string& base_url)>;

/// Does what the command line says, and prints what it cost as one line of JSON. One call is made
/// before counting starts, to connect: the same call, or a GET for a list and for concurrent calls.
/// `first_call_us` is what that took.
int run(int argc, char** argv, const MakeContender& make);

}  // namespace bench
