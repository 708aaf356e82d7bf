#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace segment::test {

/// Blocks a step until the test opens it. Declare it before the server.
class Gate {
 public:
  void open();
  void wait(const std::stop_token& stop);

 private:
  std::mutex mutex_;
  std::condition_variable_any opened_;
  bool is_open_ = false;
};

}  // namespace segment::test
