#pragma once

// Which sanitizer this is compiled with: g++ defines a macro, clang has a feature test.
#if defined(__has_feature)
#define SEGMENT_TEST_FEATURE(feature) __has_feature(feature)
#else
#define SEGMENT_TEST_FEATURE(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || SEGMENT_TEST_FEATURE(address_sanitizer)
#define SEGMENT_TEST_ADDRESS_SANITIZER 1
#else
#define SEGMENT_TEST_ADDRESS_SANITIZER 0
#endif
#if defined(__SANITIZE_THREAD__) || SEGMENT_TEST_FEATURE(thread_sanitizer)
#define SEGMENT_TEST_THREAD_SANITIZER 1
#else
#define SEGMENT_TEST_THREAD_SANITIZER 0
#endif

namespace segment::test {

[[nodiscard]] constexpr bool is_sanitized() noexcept {
  return SEGMENT_TEST_ADDRESS_SANITIZER != 0 || SEGMENT_TEST_THREAD_SANITIZER != 0;
}

/// Whether a process with threads may fork and start threads in the child: not under
/// ThreadSanitizer.
[[nodiscard]] constexpr bool can_fork() noexcept { return SEGMENT_TEST_THREAD_SANITIZER == 0; }

/// Whether a process may fork while its other threads allocate: a sanitizer's allocator may stay
/// locked forever in the child, unlike the system's.
[[nodiscard]] constexpr bool can_fork_while_allocating() noexcept { return !is_sanitized(); }

}  // namespace segment::test
