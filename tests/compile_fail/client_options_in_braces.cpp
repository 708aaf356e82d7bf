// Where the compiler cannot convert the braces of a client's options, it says how to learn why.
// expect: ClientOptions{...} names a member that is wrong

#include "segment/segment.hpp"

#ifdef FIXED
const segment::Client client({.token = segment::Token("abc")});
#else
const segment::Client client({.token = "abc"});
#endif
