// SPDX-License-Identifier: Apache-2.0
#include "../../catch.hpp"

#include <uonaco/network/undo_log.hpp>
#include <uonaco/units/kinds.hpp>

#include <cstdlib>
#include <cstring>
#include <random>
#include <vector>

using uonaco::undo_log;
using uonaco::what_if;

namespace {

struct lease {
    double rate;
    unsigned char shared;
    unsigned links[3];
};

// Columns as the floor has them: weights, masks, spectrum, units, records.
struct state {
    std::vector<double> weights;
    std::vector<unsigned char> usable;
    std::vector<unsigned long long> slots;
    std::vector<uonaco::units::bit_rate> residual;
    std::vector<lease> leases;

    explicit state(unsigned n) : weights(n), usable(n), slots(n), residual(n), leases(n) {
        std::memset(static_cast<void*>(leases.data()), 0x5a, n * sizeof(lease)); // padding too
    }
    bool operator==(const state& o) const {
        const auto same = [](const auto& a, const auto& b) {
            return std::memcmp(a.data(), b.data(), a.size() * sizeof a[0]) == 0;
        };
        return same(weights, o.weights) && same(usable, o.usable) && same(slots, o.slots) &&
               same(residual, o.residual) && same(leases, o.leases);
    }
    template <class Log>
    void change(Log& log, std::mt19937& random) {
        const unsigned long i = random() % weights.size();
        const unsigned x = static_cast<unsigned>(random());
        switch (random() % 5) {
        case 0: log.set(weights[i], x % 7 == 0 ? __builtin_nan("") : x / 3.0); break;
        case 1: log.set(usable[i], static_cast<unsigned char>(x)); break;
        case 2: log.set(slots[i], slots[i] ^ (1ull << x % 64)); break;
        case 3: log.set(residual[i], uonaco::units::bit_rate::from_si(x)); break;
        default: log.set(leases[i], leases[(i + x) % leases.size()]);
        }
    }
};

} // namespace

TEST_CASE("a million random what-ifs leave every column bit for bit as it was") {
    std::mt19937 random(1);
    state s(64);
    undo_log log;
    for (int i = 0; i < 500; ++i) s.change(log, random);
    log.forget();
    const char* times = std::getenv("UONACO_TIMES");
    const unsigned long wanted = 1000000ul * static_cast<unsigned long>(times ? std::max(1, std::atoi(times)) : 1);
    for (unsigned long done = 0; done < wanted;) {
        const state before = s;
        std::vector<undo_log::mark> marks;
        std::vector<state> kept; // some marks with a copy to compare with
        for (unsigned n = 1 + static_cast<unsigned>(random() % 2000); n > 0; --n, ++done) {
            if (random() % 512 == 0) {
                marks.push_back(log.now());
                kept.push_back(s);
            }
            if (!marks.empty() && random() % 1024 == 0) {
                const unsigned long to = random() % marks.size();
                log.roll_back(marks[to]);
                if (!(s == kept[to])) FAIL("not what it was at a mark, after " << done);
                marks.resize(to);
                kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(to), kept.end());
            }
            s.change(log, random);
        }
        log.roll_back();
        if (!(s == before)) FAIL("not what it was, after " << done);
    }
    CHECK(log.changes() == 0);
}

TEST_CASE("trials nest, are put back at the end of their scope, and may be kept") {
    undo_log log;
    double weights[] = {1, 2, 3};
    {
        what_if outer(log);
        outer.set(weights[0], 10.0);
        {
            what_if inner(log);
            inner.set(weights[0], 20.0);
            inner.set(weights[1], 30.0);
        }
        CHECK(weights[0] == 10);
        CHECK(weights[1] == 2);
        {
            what_if inner(log);
            inner.set(weights[2], 40.0);
            inner.keep();
        }
        CHECK(weights[2] == 40); // part of the outer trial now
    }
    CHECK((weights[0] == 1 && weights[1] == 2 && weights[2] == 3));
    {
        what_if trial(log);
        trial.set(weights[0], 5.0);
        trial.keep();
    }
    CHECK(weights[0] == 5);
    log.forget();
    log.roll_back();
    CHECK(weights[0] == 5);
}
