// What a library built without toml++ reports when a profile is requested. This program contains
// such a src/profiles/toml.cpp, which takes precedence over the library's own.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "segment/client_options.hpp"
#include "segment/error.hpp"

namespace {

bool refuses(const std::string& part) {
  try {
    static_cast<void>(segment::ClientOptions::from_environment());
    std::cerr << "nothing is refused\n";
    return false;
  } catch (const segment::ConfigurationError& error) {
    const std::string message = error.what();
    if (message.find(part) != std::string::npos) return true;
    std::cerr << message << '\n';
    return false;
  }
}

}  // namespace

int main() {
  constexpr auto advice = "built without toml++, which reads profiles: build it with ";
  std::string folder = (std::filesystem::temp_directory_path() / "segment-test-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  ::setenv("XDG_CONFIG_HOME", folder.c_str(), 1);
  for (const char* name : {"SEGMENT_TOKEN", "SEGMENT_REGION", "SEGMENT_BASE_URL"}) ::unsetenv(name);

  ::setenv("SEGMENT_PROFILE", "shop", 1);
  bool passed = refuses(advice);
  std::filesystem::create_directory(folder + "/segment");
  std::ofstream(folder + "/segment/config.toml") << "[profiles.shop]\n";
  passed = refuses(advice) && passed;
  // Nor is a default ignored that the file may set.
  ::unsetenv("SEGMENT_PROFILE");
  passed = refuses(advice) && passed;
  // The variables alone are enough.
  ::setenv("SEGMENT_TOKEN", "a-token", 1);
  passed = !segment::ClientOptions::from_environment().token.empty() && passed;
  std::filesystem::remove_all(folder);
  return passed ? 0 : 1;
}
