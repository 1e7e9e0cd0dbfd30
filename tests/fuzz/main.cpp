// SPDX-License-Identifier: Apache-2.0
// The program of all fuzzers: the one called NAME is run where the program is called fuzz_NAME (scripts/fuzz links it so).
#include "fuzzer.hpp"

#include <cstddef>
#include <cstdint>
#include <ctime>

namespace {

fuzzer chosen = nullptr;

/// No input may take a second of the processor, however busy the machine is; twenty where nothing is optimised.
#ifdef __OPTIMIZE__
constexpr std::clock_t most_seconds = 1;
#else
constexpr std::clock_t most_seconds = 20;
#endif

} // namespace

extern "C" int LLVMFuzzerInitialize(int* /*count*/, char*** arguments) {
    const std::string_view program = **arguments;
    const auto found = fuzzers().find(program.substr(program.rfind("fuzz_") + 5));
    if (found != fuzzers().end()) {
        chosen = found->second;
        return 0;
    }
    std::fputs("call me fuzz_NAME, with one of the names:", stderr);
    for (const auto& [name, _] : fuzzers()) std::fprintf(stderr, " %s", name.data());
    std::fputs("\n", stderr);
    std::exit(64);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::clock_t start = std::clock();
    chosen({reinterpret_cast<const char*>(data), size});
    require(std::clock() - start < most_seconds * CLOCKS_PER_SEC, "no input takes a second");
    return 0;
}
