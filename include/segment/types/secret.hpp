#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

namespace detail {

/// Overwrites memory in a way that the compiler may not leave out.
SEGMENT_EXPORT void wipe(void* memory, std::size_t size) noexcept;

}  // namespace detail

/// Text that must not be seen by accident: it cannot be printed or compared with `<`, and its
/// memory is overwritten when it goes. `reveal` is the one deliberate way to it (and conversion to
/// JSON, for the secrets that the API itself gives out).
///
/// Copying: a copy is a second secret, wiped on its own. Cost: one allocation. Thread safety: a
/// value; `const` members may be called from many threads at once.
class SEGMENT_EXPORT Secret {
 public:
  /// Empty.
  Secret() noexcept = default;
  explicit Secret(std::string text);
  Secret(const Secret& other);
  Secret(Secret&& other) noexcept;
  Secret& operator=(const Secret& other);
  Secret& operator=(Secret&& other) noexcept;
  ~Secret();

  /// The text itself: hand it to what needs it and nothing else.
  [[nodiscard]] std::string_view reveal() const noexcept { return {text_.data(), text_.size()}; }

  [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

  /// Compares in a time that depends on the lengths only.
  friend bool operator==(const Secret& a, const Secret& b) noexcept { return a.equals(b); }

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
};

/// A workspace's API token. It opens one workspace, in one region; a Workspace Owner makes it in
/// the Segment app. It cannot be printed, stands in no message of this library, and is wiped from
/// memory.
///
/// Copying: a copy is wiped on its own. Cost: one allocation. Thread safety: as `Secret`.
class SEGMENT_EXPORT Token : public Secret {
 public:
  /// No token: a client refuses to start with it.
  Token() noexcept = default;

  /// From text. White space around it is dropped.
  ///
  /// \param text the token; it is opaque, no prefix is asked for.
  /// \throws ConfigurationError when nothing is left, or when a control character, white space or a
  ///         byte outside ASCII stands inside, which would break the header it travels in.
  explicit Token(std::string text);

  /// From an environment variable.
  ///
  /// \param variable its name.
  /// \throws ConfigurationError when it is not set or does not hold a token.
  [[nodiscard]] static Token from_environment(const std::string& variable = "SEGMENT_TOKEN");

  /// From the first line of a file, for example a mounted secret.
  ///
  /// \param path the file's path.
  /// \throws ConfigurationError when it cannot be read, is larger than 64 KiB or does not hold a
  /// token.
  [[nodiscard]] static Token from_file(const std::string& path);
};

/// Called for the token before every attempt, so that a running server can change it. Called from
/// many threads at once; keep it quick, and keep the token yourself.
using TokenProvider = std::function<Token()>;

}  // namespace segment::inline SEGMENT_ABI
