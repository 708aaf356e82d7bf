#pragma once

#include <sys/types.h>

#include <string>
#include <utility>
#include <vector>

namespace segment::test {

/// An installed program that acts as a server for a test. It ends with this object, and if the test
/// crashes.
class ServerProcess {
 public:
  struct Options {
    /// `NAME=value`; it has no other environment.
    std::vector<std::string> environment{};
    /// Descriptors of this process that it inherits.
    std::vector<int> descriptors{};
    /// The signal that ends it.
    int end_signal = 9;
  };

  ServerProcess() = default;
  /// \param words its path and its arguments.
  /// \throws std::runtime_error if no process can be created.
  ServerProcess(std::vector<std::string> words, Options options);
  ServerProcess(ServerProcess&& other) noexcept { *this = std::move(other); }
  ServerProcess& operator=(ServerProcess&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(end_signal_, other.end_signal_);
    return *this;
  }
  ~ServerProcess();

  void signal(int number) const;

 private:
  pid_t id_ = -1;
  int end_signal_ = 9;
};

}  // namespace segment::test
