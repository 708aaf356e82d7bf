#include "call/advice.hpp"

namespace segment::detail {

namespace {

std::string_view advice(TlsReason reason) {
  switch (reason) {
    case TlsReason::expired:
      return "; the server has to renew it, unless this machine's clock is wrong";
    case TlsReason::wrong_host:
      return "; check the base URL, as another server may be answering in its place";
    case TlsReason::unknown_authority:
      return "; where the authority is your own, name its file in CurlOptions::ca_file";
    case TlsReason::other:
      break;
  }
  return "; check that the base URL's port speaks TLS, and the files named in CurlOptions";
}

}  // namespace

std::string_view advice(int status) {
  switch (status) {
    case 401:
      return "; check that the token is valid, may do this, and belongs to the client's region";
    case 403:
      return "; the token may not do this, the workspace lacks the feature, or there is no such "
             "thing";
    case 413:
      return "; send less at once";
    case 414:
      return "; send a shorter list at once";
    default:
      break;
  }
  return status >= 300 && status < 400 ? "; redirects are not followed, check the base URL" : "";
}

std::string_view advice(const http::Failure& failure, bool outcome_unknown) {
  switch (failure.kind) {
    case http::FailureKind::resolve:
      return "; check the base URL and this machine's name service";
    case http::FailureKind::connect:
      return "; check the network, the proxy and the base URL";
    case http::FailureKind::tls:
      return advice(failure.tls_reason);
    case http::FailureKind::timeout:
      return outcome_unknown ? "; allow it more time" : "; allow it more time, or try again later";
    case http::FailureKind::broken:
      return outcome_unknown ? "" : "; try again later";
    default:
      return "";
  }
}

}  // namespace segment::detail
