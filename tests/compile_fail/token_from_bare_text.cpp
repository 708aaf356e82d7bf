// A token is not made from a plain string by accident.
// expect: (could not convert|no viable conversion).*Token

#include "segment/segment.hpp"

const segment::ClientOptions options{
#ifdef FIXED
    .token = segment::Token("sgp_example"),
#else
    .token = "sgp_example",
#endif
};
