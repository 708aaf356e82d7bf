#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

namespace detail {

/// Overwrites memory in a way that the compiler cannot optimise away.
SEGMENT_EXPORT void wipe(void* memory, std::size_t size) noexcept;

}  // namespace detail

/// Text that must not be shown by accident: it cannot be printed or compared with `<`, and its
/// memory is overwritten when it is destroyed. `reveal` is the deliberate way to read it (and
/// conversion to JSON, for secrets that the API itself returns).
///
/// Copying: a copy is a second secret, wiped on its own. Cost: one allocation. Thread safety: a
/// value; `const` members may be called from many threads at once.
class SEGMENT_EXPORT Secret {
 public:
  /// Empty.
  Secret() noexcept = default;
  explicit Secret(std::string text);
  explicit Secret(std::nullptr_t) = delete;
  Secret(const Secret& other);
  Secret(Secret&& other) noexcept;
  Secret& operator=(const Secret& other);
  Secret& operator=(Secret&& other) noexcept;
  ~Secret();

  /// The text itself: pass it only to code that needs it.
  [[nodiscard]] std::string_view reveal() const noexcept { return {text_.data(), text_.size()}; }

  [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

  /// Compares in time that depends only on the lengths.
  friend bool operator==(const Secret& a, const Secret& b) noexcept { return a.equals(b); }

  // Compilers quote these lines, with their comments.
  template <class Stream>
  friend void operator<<(Stream&&, const Secret&) = delete;  // a secret is not printed by accident
  template <class Text>
  friend void operator+(Text&&, const Secret&) = delete;  // reveal() returns the text of a secret

 private:
  [[nodiscard]] bool equals(const Secret& other) const noexcept;
  void clear() noexcept;

  std::string text_;
};

/// A source's write key: whoever has it can send data into the source.
///
/// Copying, cost, thread safety: as `Secret`.
class SEGMENT_EXPORT WriteKey : public Secret {
 public:
  WriteKey() noexcept = default;
  explicit WriteKey(std::string text) : Secret(std::move(text)) {}
  explicit WriteKey(std::nullptr_t) = delete;
};

/// A workspace's API token. It gives access to one workspace, in one region; a Workspace Owner
/// creates it in the Segment app. It cannot be printed, appears in no message of this library, and
/// is wiped from memory.
///
/// Copying: a copy is wiped on its own. Cost: one allocation. Thread safety: as `Secret`.
class SEGMENT_EXPORT Token : public Secret {
 public:
  /// No token: a client without a token provider refuses it.
  Token() noexcept = default;

  /// From text. Surrounding white space is dropped.
  ///
  /// \param text the token; it is opaque and needs no prefix.
  /// \throws ConfigurationError if nothing is left, or if it contains a control character, white
  ///         space or a byte outside ASCII, which would break its header.
  explicit Token(std::string text);
  explicit Token(std::nullptr_t) = delete;

  /// From an environment variable.
  ///
  /// \param variable its name.
  /// \throws ConfigurationError if it is not set or does not contain a token.
  [[nodiscard]] static Token from_environment(const std::string& variable = "SEGMENT_TOKEN");

  /// From the first line of a file, for example a mounted secret.
  ///
  /// \param path the file's path.
  /// \throws ConfigurationError if it cannot be read, is larger than 64 KiB or contains no token.
  [[nodiscard]] static Token from_file(const std::string& path);
};

/// Returns the token. Called before every attempt, so that a running server can change it. Called
/// from many threads at once; make it fast, and cache the token yourself.
using TokenProvider = std::function<Token()>;

}  // namespace segment::inline SEGMENT_ABI
