// If the compiler cannot convert the braces to a client's options, it says how to find out why.
// expect: ClientOptions{...} names a member that is wrong

#include "segment/segment.hpp"

#ifdef FIXED
const segment::Client client({.token = segment::Token("abc")});
#else
const segment::Client client({.token = "abc"});
#endif
