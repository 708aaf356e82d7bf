#pragma once

#include <sys/types.h>

#include <string>

#include "segment/client_options.hpp"

namespace segment::test {

/// The program segment-sandbox as a child process, so that its resources are not counted as the
/// client's. It ends with this object.
class SandboxProcess {
 public:
  /// \param program the path of segment-sandbox.
  /// \throws std::runtime_error if it does not start.
  explicit SandboxProcess(const std::string& program);
  ~SandboxProcess();
  SandboxProcess(const SandboxProcess&) = delete;
  SandboxProcess& operator=(const SandboxProcess&) = delete;

  /// For a client that talks to it.
  [[nodiscard]] ClientOptions client_options() const;

 private:
  pid_t child_ = -1;
  std::string base_url_;
  std::string token_;
};

}  // namespace segment::test
