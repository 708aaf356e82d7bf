#pragma once

#include <version>  // which standard library this is, and how it lays out its types

/// The library's version, in the one place that the build, the package files and the User-Agent
/// read it from.
#define SEGMENT_PUBLIC_API_VERSION "0.2.0"

/// The inline namespace that everything of this library stands in. It names the version and what
/// changes the layout of the standard library's types: two versions live side by side in one
/// program, and units that lay types out differently do not link instead of crashing.
#if defined(_LIBCPP_VERSION)
#define SEGMENT_ABI v0_2_libcpp
#elif defined(_GLIBCXX_DEBUG) && !_GLIBCXX_USE_CXX11_ABI
#define SEGMENT_ABI v0_2_debug_containers_old_strings
#elif defined(_GLIBCXX_DEBUG)
#define SEGMENT_ABI v0_2_debug_containers
#elif defined(_GLIBCXX_USE_CXX11_ABI) && !_GLIBCXX_USE_CXX11_ABI
#define SEGMENT_ABI v0_2_old_strings
#else
#define SEGMENT_ABI v0_2
#endif

/// What a shared build exports: the public classes that have code of their own, and the public
/// functions. The library is compiled with everything else hidden. It says the same in a static
/// library and in the units that use it, so that an error is one type in all of a program.
#if defined(__GNUC__)
#define SEGMENT_EXPORT __attribute__((visibility("default")))
#else
#define SEGMENT_EXPORT
#endif

/// Of what is not public: the little that `segment::testing` and `segment::sandbox`, which are
/// built together with the library, use of its inside.
#define SEGMENT_EXPORT_INTERNAL SEGMENT_EXPORT
