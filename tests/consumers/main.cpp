// The program of every consumer: small, but it links and runs as a user's program would.

#include <segment/types/json.hpp>
#include <segment/version.hpp>

#include <iostream>

int main() {
  const segment::Json settings = segment::Json::object({{"sampled", true}, {"rate", 0.5}});
  std::cout << SEGMENT_PUBLIC_API_VERSION << ' ' << settings.dump() << '\n';
  return segment::Json::parse(settings.dump()) == settings ? 0 : 1;
}
