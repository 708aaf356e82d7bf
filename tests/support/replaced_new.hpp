#pragma once

#include <cstddef>
#include <new>

// Replaces every form of operator new and delete, so that a test sees what is allocated. To be
// included in one source of a program, which defines the two functions. The nothrow forms are
// included because simdjson uses them and a sanitizer has its own: memory would otherwise be freed
// by the wrong one.
namespace segment::test {

/// Memory of this many bytes; null if there is none.
void* allocate(std::size_t size) noexcept;
/// \param memory from `allocate`; may be null.
void give_back(void* memory) noexcept;

}  // namespace segment::test

void* operator new(std::size_t size) {
  if (void* memory = segment::test::allocate(size)) return memory;
  throw std::bad_alloc();
}
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new(std::size_t size, const std::nothrow_t& /*no_throw*/) noexcept {
  return segment::test::allocate(size);
}
void* operator new[](std::size_t size, const std::nothrow_t& /*no_throw*/) noexcept {
  return segment::test::allocate(size);
}
void operator delete(void* memory) noexcept { segment::test::give_back(memory); }
void operator delete[](void* memory) noexcept { segment::test::give_back(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept {
  segment::test::give_back(memory);
}
void operator delete[](void* memory, std::size_t /*size*/) noexcept {
  segment::test::give_back(memory);
}
