#pragma once

/// \file
/// Matchers for GoogleTest, shown in docs/testing.md. Only this header includes GoogleMock, and the
/// library does not link it.

#include <gmock/gmock.h>

#include <cstddef>
#include <ostream>
#include <string>
#include <utility>

#include "segment/error.hpp"
#include "segment/result.hpp"
#include "segment/testing/fake_call.hpp"

namespace segment::inline SEGMENT_ABI::testing {

/// How GoogleTest shows it: without its path, query and body, which may hold secrets.
inline void PrintTo(const FakeCall& call, std::ostream* out) {
  *out << call.operation().group << '.' << call.operation().name;
}

/// A FakeCall of this operation.
inline ::testing::Matcher<const FakeCall&> ForOperation(const Operation& operation) {
  const auto name = [](const FakeCall& call) {
    return std::string(call.operation().group) + "." + std::string(call.operation().name);
  };
  return ::testing::ResultOf(name,
                             std::string(operation.group) + "." + std::string(operation.name));
}

/// A FakeCall whose path parameter, as a `Parameter`, matches.
///
/// \param index its position in the path, from 0.
template <class Parameter, class Inner>
::testing::Matcher<const FakeCall&> WithPath(Inner inner, std::size_t index = 0) {
  return ::testing::ResultOf([index](const FakeCall& call) { return call.path<Parameter>(index); },
                             std::move(inner));
}

/// A FakeCall whose query, as a `Query`, matches. If the operation takes a different query, the
/// test fails with an InvalidArgumentError that names both.
template <class Query, class Inner>
::testing::Matcher<const FakeCall&> WithQuery(Inner inner) {
  return ::testing::ResultOf([](const FakeCall& call) { return call.query<Query>(); },
                             std::move(inner));
}

/// The same for the body.
template <class Body, class Inner>
::testing::Matcher<const FakeCall&> WithBody(Inner inner) {
  return ::testing::ResultOf([](const FakeCall& call) { return call.body<Body>(); },
                             std::move(inner));
}

/// A Result with a matching value.
MATCHER_P(Succeeds, inner,
          "has a value that " +
              ::testing::DescribeMatcher<typename std::decay_t<arg_type>::value_type>(inner,
                                                                                      negation)) {
  if (!arg.has_value()) {
    *result_listener << "which failed: " << arg.error_message();
    return false;
  }
  return ::testing::ExplainMatchResult(inner, *arg, result_listener);
}

/// A Result that failed with an error of this kind.
MATCHER_P(FailsWith, kind,
          std::string(negation ? "does not fail with " : "fails with ") +
              std::string(to_string(kind))) {
  if (arg.has_value()) {
    *result_listener << "which succeeded";
    return false;
  }
  const Error* error = arg.error_as();
  if (error == nullptr) return false;
  *result_listener << "which failed with " << to_string(error->kind()) << ": " << error->what();
  return error->kind() == kind;
}

}  // namespace segment::inline SEGMENT_ABI::testing
