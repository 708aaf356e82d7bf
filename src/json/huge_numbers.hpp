#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace segment::detail {

/// The numbers of a JSON text that no double reaches, such as 1e400. The JSON library ends the
/// reading at them, even in a member that nobody reads, so they are taken out before and told of in
/// their turn.
class HugeNumbers {
 public:
  /// \param text kept by reference.
  explicit HugeNumbers(std::string_view text);
  HugeNumbers(const HugeNumbers&) = delete;
  HugeNumbers& operator=(const HugeNumbers&) = delete;

  /// What is to be read instead: the text itself, but for a 0 where each of these numbers stood.
  [[nodiscard]] std::string_view text() const noexcept {
    return found_.empty() ? text_ : std::string_view(changed_);
  }

  /// To be asked for each number, one after the other: as it was written, where it is one of these;
  /// else empty.
  [[nodiscard]] std::string_view take() noexcept;

 private:
  struct Found {
    std::size_t number;  // which of all the numbers it is
    std::string_view written;
  };

  void take_out(std::size_t number, std::string_view written);

  std::string_view text_;
  std::string changed_;
  std::vector<Found> found_;
  std::size_t asked_ = 0;
  std::size_t told_ = 0;
};

}  // namespace segment::detail
