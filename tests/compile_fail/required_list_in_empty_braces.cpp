// To the language a member given as {} is one that is left out: an empty list is written out.
// expect: (deleted function|deleted constructor).*Required<

#include "segment/segment.hpp"

#ifdef FIXED
const segment::AddSourceLabels request{.labels = std::vector<segment::Label>{}};
#else
const segment::AddSourceLabels request{.labels = {}};
#endif
