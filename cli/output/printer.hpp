#pragma once

#include <memory>
#include <optional>

#include "output/format.hpp"
#include "output/output.hpp"
#include "output/pointer.hpp"
#include "segment/json_call.hpp"
#include "segment/operation.hpp"

namespace segment::cli {

/// Prints what one operation returns, in one format: one result, or the pages of a list as they
/// arrive.
class Printer {
 public:
  /// \param pointer which part of the result is printed; nothing: all of it.
  /// \param with_secrets whether there is a column for write keys.
  static std::unique_ptr<Printer> create(const Operation& operation, Format format,
                                         const std::optional<JsonPointer>& pointer,
                                         bool with_secrets);

  Printer(const Printer&) = delete;
  Printer& operator=(const Printer&) = delete;
  virtual ~Printer() = default;

  virtual void result(JsonResult result) = 0;
  /// The next page of a list. It is printed at once if the format allows.
  virtual void page(Json data) = 0;
  /// After the last page.
  virtual void end() = 0;

 protected:
  Printer() = default;
};

}  // namespace segment::cli
