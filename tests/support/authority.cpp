#include "authority.hpp"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace segment::test {
namespace {

// Elliptic-curve keys: RSA keys take a second each.
const std::string new_key = "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";

}  // namespace

bool can_make_certificates() {
  return std::system("openssl version >/dev/null 2>&1") == 0;  // NOLINT: fixed text
}

Authority::Authority() {
  openssl(new_key + " -x509 -days 2 -subj '/CN=Authority of the tests' -keyout " +
          path("authority.key") + " -out " + file());
  std::filesystem::create_directory(directory());
  std::filesystem::copy_file(file(), directory() + "/authority.pem");
  openssl("rehash " + directory());
}

void Authority::issue(const std::string& name, const Certificate& wanted) {
  openssl(new_key + " -subj '/CN=" + name + "' -keyout " + path(name + ".key") + " -out " +
          path(name + ".csr"));
  folder_.write(name + ".ext", "subjectAltName=" + wanted.names + "\n");
  openssl("x509 -req -in " + path(name + ".csr") + " -CA " + file() + " -CAkey " +
          path("authority.key") + " -CAcreateserial -days " + std::to_string(wanted.days) +
          " -extfile " + path(name + ".ext") + " -out " + path(name + ".pem"));
}

void Authority::openssl(const std::string& arguments) const {
  const std::string command = "openssl " + arguments + " >" + path("log") + " 2>&1";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

}  // namespace segment::test
