#pragma once

#include <version>  // which standard library this is, and how it lays out its types

/// The library's version. The build, the package files and the User-Agent read it here.
#define SEGMENT_PUBLIC_API_VERSION "0.2.0"

/// The same for `#if`: major × 10,000 + minor × 100 + patch.
#define SEGMENT_PUBLIC_API_VERSION_NUMBER 200

/// The inline namespace that contains the whole library. It names the version and everything that
/// changes the layout of the standard library's types: two versions can coexist in one program, and
/// units with different layouts fail to link instead of crashing.
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

/// Marks what a shared build exports: public functions, and public classes with out-of-line code.
/// Everything else in the library is hidden. It is the same in a static library and in the units
/// that use it, so that each error class is a single type in the whole program.
#if defined(__GNUC__)
#define SEGMENT_EXPORT __attribute__((visibility("default")))
#else
#define SEGMENT_EXPORT
#endif

/// Marks a function whose result must not outlive its object, for a compiler that warns about that.
#if defined(__clang__)
#define SEGMENT_LIFETIME_BOUND [[clang::lifetimebound]]
#else
#define SEGMENT_LIFETIME_BOUND
#endif

/// Marks the few internals that `segment::testing` and `segment::sandbox` use, which are built
/// together with the library.
#define SEGMENT_EXPORT_INTERNAL SEGMENT_EXPORT
