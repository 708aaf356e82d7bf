// A request that leaves out a list which the API requires does not compile either.
// expect: (deleted function|deleted constructor).*Required<

#include "segment/segment.hpp"

const segment::Label label{.key = "team", .value = "growth"};
const segment::AddSourceLabels request{
#ifdef FIXED
    .labels = {label},
#endif
};
