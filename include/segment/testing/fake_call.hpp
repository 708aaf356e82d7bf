#pragma once

#include <cstddef>
#include <string>
#include <typeinfo>
#include <utility>
#include <vector>

#include "segment/detail/describe.hpp"
#include "segment/http/request.hpp"
#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI::testing {

/// A request that a FakeTransport received, read back as the arguments of its call.
///
///     auto fake = std::make_shared<segment::testing::FakeTransport>();
///     // ... the code under test ...
///     auto call = fake->calls(segment::operations::sources::update).at(0);
///     segment::SourceId id = call.path<segment::SourceId>();
///     segment::UpdateSource body = call.body<segment::UpdateSource>();
class SEGMENT_EXPORT FakeCall {
 public:
  /// \param path the value of each path parameter, decoded.
  FakeCall(const Operation& operation, std::vector<std::string> path, http::Request request)
      : operation_(&operation), path_(std::move(path)), request_(std::move(request)) {}

  [[nodiscard]] const Operation& operation() const noexcept { return *operation_; }

  /// The request as the transport received it.
  [[nodiscard]] const http::Request& request() const noexcept { return request_; }

  /// Every path parameter as text, in the path's order.
  [[nodiscard]] const std::vector<std::string>& path_texts() const noexcept { return path_; }

  /// A path parameter in its type, an id for example.
  ///
  /// \param index its position in the path, from 0.
  /// \throws std::out_of_range if the path has no such parameter.
  template <class Parameter>
  [[nodiscard]] Parameter path(std::size_t index = 0) const {
    return Parameter(path_.at(index));
  }

  /// The query, including what the library added to it, for example the page size.
  ///
  /// \tparam Query the type that the method takes.
  /// \throws InvalidArgumentError if the operation takes no query of that type.
  template <class Query>
  [[nodiscard]] Query query() const {
    Query query = segment::detail::empty<Query>();
    read_query(typeid(Query), &query);
    return query;
  }

  /// The body.
  ///
  /// \tparam Body the type that the method takes.
  /// \throws InvalidArgumentError if the operation takes no body of that type.
  template <class Body>
  [[nodiscard]] Body body() const {
    Body body = segment::detail::empty<Body>();
    read_body(typeid(Body), &body);
    return body;
  }

 private:
  void read_query(const std::type_info& type, void* query) const;
  void read_body(const std::type_info& type, void* body) const;

  const Operation* operation_;
  std::vector<std::string> path_;
  http::Request request_;
};

}  // namespace segment::inline SEGMENT_ABI::testing
