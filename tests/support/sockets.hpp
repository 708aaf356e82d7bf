#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace segment::test {

/// A socket bound to a free port of 127.0.0.1, which does not listen yet. The caller closes it.
[[nodiscard]] int bound_socket();

/// The port that a socket is bound to.
[[nodiscard]] std::uint16_t port_of(int socket);

/// `http://127.0.0.1:PORT` and the path.
[[nodiscard]] std::string url_of(std::uint16_t port, std::string_view path);

}  // namespace segment::test
