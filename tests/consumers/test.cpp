// The test program of every consumer: it runs against a sandbox in its own process.

#include <segment/api/sources.hpp>
#include <segment/client.hpp>
#include <segment/sandbox/sandbox.hpp>

#include <iostream>

int main() {
  const segment::sandbox::Sandbox sandbox;
  const segment::Client client(sandbox.client_options());
  std::size_t count = 0;
  for (const segment::Source& source : client.sources().list()) count += source.id.empty() ? 0 : 1;
  std::cout << count << " sources in the sandbox\n";
  return count > 0 ? 0 : 1;
}
