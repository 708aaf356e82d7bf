#pragma once

/// The library's version, in the one place that the build, the package files and the User-Agent
/// read it from.
#define SEGMENT_PUBLIC_API_VERSION "0.1.0"
