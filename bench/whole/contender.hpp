#pragma once

#include <functional>
#include <memory>
#include <string>

namespace bench {

/// One way of getting sources from the API. Each program of this folder is one, and all take the
/// same command line, so that they can be run in turns:
///
///     whole_NAME get|page200|page1000|walk BASE_URL COUNT [THREADS [shared]]
///
/// COUNT is how many calls are made by all threads together; of a walk, how many pages it has. With
/// `shared` all threads use one contender, else each makes its own.
class Contender {
 public:
  Contender() = default;
  Contender(const Contender&) = delete;
  Contender& operator=(const Contender&) = delete;
  virtual ~Contender() = default;

  /// Gets one source; returns how many came, 1.
  virtual std::size_t get() = 0;

  /// Gets one page of this many sources; returns how many came.
  virtual std::size_t page(int size) = 0;

  /// Walks from this page's cursor to the end of the list; returns how many sources came.
  virtual std::size_t walk(const std::string& cursor);
};

using MakeContender = std::function<std::unique_ptr<Contender>(const std::string& base_url)>;

/// Does what the command line says, and prints what it cost as one line of JSON. The first call is
/// not counted: it connects.
int run(int argc, char** argv, const MakeContender& make);

}  // namespace bench
