#pragma once

#include <cstddef>
#include <new>

// Replaces every form of operator new and delete, so that a test sees what is allocated. For one
// source of a program, which defines these two. The forms without exceptions are among them because
// simdjson asks by them and a sanitizer has its own: their memory would be given back to the other.
namespace segment::test {

/// Memory of so many bytes; null where there is none.
void* allocate(std::size_t size) noexcept;
/// \param memory of `allocate`; may be null.
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
