#pragma once

/// What a shared build exports: the public classes that have code of their own, and the public
/// functions. The library is compiled with everything else hidden. It says the same in a static
/// library and in the units that use it, so that an error is one type in all of a program.
#if defined(__GNUC__)
#define SEGMENT_EXPORT __attribute__((visibility("default")))
#else
#define SEGMENT_EXPORT
#endif

/// Of what is not public: the little that `segment::testing`, `segment::sandbox` and the command
/// line, which are built together with the library, use of its inside.
#define SEGMENT_EXPORT_INTERNAL SEGMENT_EXPORT
