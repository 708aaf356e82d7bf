// The smallest program that uses the library: its stripped size is what the library adds to yours.
#include <cstdio>

#include "segment/segment.hpp"

int main(int argc, char** argv) {
  const segment::Client client({.token = segment::Token::from_environment()});
  const segment::SourceDetails source =
      client.sources().get(segment::SourceId(argc > 1 ? argv[1] : ""));
  std::puts(source.slug.c_str());
}
