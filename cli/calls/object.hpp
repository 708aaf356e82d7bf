#pragma once

#include <memory>

#include "call/operation_tables.hpp"

namespace segment::cli {

/// An object of a type that only its table knows: a query, a body or a result. May be none.
class Object {
 public:
  /// \param lifetime null: none.
  explicit Object(const detail::Lifetime* lifetime)
      : object_(lifetime != nullptr ? lifetime->make() : nullptr, Destroy{lifetime}) {}

  [[nodiscard]] void* get() const noexcept { return object_.get(); }

 private:
  struct Destroy {
    const detail::Lifetime* lifetime;
    void operator()(void* object) const noexcept { lifetime->destroy(object); }
  };
  std::unique_ptr<void, Destroy> object_;
};

}  // namespace segment::cli
