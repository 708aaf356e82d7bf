#pragma once

#include <sys/types.h>

#include <string>
#include <utility>
#include <vector>

namespace segment::test {

/// A program of the system that serves a test. It ends with this object, and where the test
/// crashes.
class ServerProcess {
 public:
  struct Options {
    /// `NAME=value`; it has no other environment.
    std::vector<std::string> environment{};
    /// Descriptors of this process that it is to have.
    std::vector<int> descriptors{};
    /// The signal that ends it.
    int end_signal = 9;
  };

  ServerProcess() = default;
  /// \param words its path and its arguments.
  /// \throws std::runtime_error where there can be no more processes.
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
