// Null cannot be sent where the API treats it as an error: these members are left out instead.
// expect: (could not convert|no viable conversion).*Null

#include "segment/segment.hpp"

const segment::UpdateSchemaSettings changes{
#ifndef FIXED
    .forwarding_violations_to = segment::null,
#endif
};
