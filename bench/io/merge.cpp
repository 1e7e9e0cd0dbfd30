// SPDX-License-Identifier: Apache-2.0
// Does the memory of a stream of updates that is merged into an estate of 1,000 pools stay the same from 10,000 records to a million?
// Status 1 if it does not.
#include "../run/timing.hpp"

#include <uonaco/io/merge.hpp>
#include <uonaco/io/stream.hpp>

#include <cstdlib>
#include <malloc.h>
#include <new>

namespace {
std::size_t live = 0, most = 0;
}
[[gnu::noinline]] void* operator new(std::size_t size) {
    void* p = std::malloc(size ? size : 1);
    if (!p) throw std::bad_alloc();
    live += malloc_usable_size(p);
    most = std::max(most, live);
    return p;
}
[[gnu::noinline]] void operator delete(void* p) noexcept {
    if (p) live -= malloc_usable_size(p);
    std::free(p);
}
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { operator delete(p); }

using namespace uonaco;

namespace {

struct measured {
    std::size_t bytes; ///< most at a time, beyond what was there before
    double ns;         ///< a record
};

measured merged(long long records) {
    constexpr long long pools = 1000;
    const std::size_t before = live;
    most = live;
    const double start = bench::now();
    estate e;
    io::estate_merger merge(e);
    long long made = 0;
    char line[256];
    std::size_t length = 0, at = 0;
    const auto read = [&](char* to, std::size_t room) {
        std::size_t n = 0;
        for (;;) {
            if (at == length) {
                if (made == records) return n;
                length = static_cast<std::size_t>(
                    std::snprintf(line, sizeof line,
                                  "{\"kind\":\"compute_pool\",\"schema_version\":\"1.0\",\"id\":\"p%03lld\","
                                  "\"generation\":%lld,\"site\":\"s\","
                                  "\"total_count\":512,\"free_count\":%lld,\"price_usd_per_h\":2.5}\n",
                                  made % pools, 1'000'000 + made / pools, made % 500));
                at = 0;
                ++made;
            }
            const std::size_t part = std::min(room - n, length - at);
            std::memcpy(to + n, line + at, part);
            n += part;
            at += part;
            if (n == room) return n;
        }
    };
    const io::stream_count count = io::for_each_line<io::estate_kinds>(
        read, [&](std::size_t, auto&& record) { merge(std::move(record)); }, [](std::size_t, const io::problems&) {});
    if (static_cast<long long>(count.records) != records || e.pools.size() != pools) {
        std::fputs("not every record was merged\n", stderr);
        std::exit(1);
    }
    return {most - before, (bench::now() - start) / static_cast<double>(records)};
}

} // namespace

int main(int argc, char** argv) {
    const bench::options o = bench::read(argc, argv);
    bench::print_machine();
    std::printf("%9s %14s %14s\n", "records", "most bytes", "ns a record");
    std::size_t first = 0;
    bool flat = true;
    for (long long records = 10'000; records <= (o.quick ? 100'000 : 1'000'000); records *= 10) {
        const measured a = merged(records);
        std::printf("%9lld %14zu %14.0f\n", records, a.bytes, a.ns);
        if (first == 0) first = a.bytes;
        flat = flat && a.bytes <= first + first / 100;
    }
    std::puts(flat ? "flat" : "NOT FLAT");
    return flat ? 0 : 1;
}
