module segment-public-api-cpp/bench/sdks/go

go 1.18
