// To the language, {} leaves a member out: an empty list has to be spelled out.
// expect: (deleted function|deleted constructor).*Required<

#include "segment/segment.hpp"

#ifdef FIXED
const segment::AddSourceLabels request{.labels = std::vector<segment::Label>{}};
#else
const segment::AddSourceLabels request{.labels = {}};
#endif
