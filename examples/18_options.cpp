// SPDX-License-Identifier: Apache-2.0
// What the network can do for two sites: now, by a new circuit, so that no single cut takes it, in a window; and who has to do without.
#include <uonaco/network/protected_options.hpp>
#include <uonaco/network/rate_calendar.hpp>
#include <uonaco/units/literals.hpp>

#include <cstdio>

using namespace uonaco;
using namespace uonaco::literals;

// Two links by different ways from A to B, which cross one bridge; and one through C that does not.
static estate world() {
    const provisioning wave{.rate = 400_Gbps, .step = 100_Gbps, .lead_time = 180_s, .set_up_fee = 500_usd};
    const auto link = [&](const char* id, const char* from, const char* to, units::bit_rate capacity, units::distance length) {
        return wan_link{.id = id, .src_node = from, .dst_node = to, .bidirectional = true, .capacity = capacity, .create = wave,
                        .distance = length, .availability = 0.999, .price = 0.05_usd_per_Gbps_h};
    };
    estate e;
    e.sites = {{.id = "A"}, {.id = "B"}, {.id = "C"}};
    e.links = {link("north", "A", "B", 100_Gbps, 600_km), link("south", "A", "B", 100_Gbps, 700_km),
               link("A-C", "A", "C", 0_Gbps, 500_km), link("C-B", "C", "B", 0_Gbps, 500_km)};
    e.risks = {{.id = "bridge", .srlg = 1, .availability = 0.9995}};
    e.links[0].srlgs = e.links[1].srlgs = {1};
    return e;
}

static void print(const char* what, const path_option& o, const estate& e) {
    std::printf("%s: %s %.0f Gb/s, %.2f ms, up %.5f %%, over", what, to_string(o.action), in_exchange_unit(o.rate),
                o.latency.si() * 1e3, o.availability.si() * 100);
    for (const unsigned l : o.links) std::printf(" %s", e.links[l].id.text.c_str());
    std::printf("\n");
}

static void ask(const estate& e, const topology& net) {
    const row<site_tag> a{0}, b{1};
    const network_rates free = rates_of(e);
    for (const path_option& o : options(net, e, a, b, free)) print("option", o, e);

    const auto pairs = protected_options(net, e, a, b, free, protection::risk);
    for (const protected_option& o : *pairs) {
        std::printf("%s pair of %.0f Gb/s, up %.7f %%, ready in %.0f s\n", to_string(o.had), in_exchange_unit(o.both.rate),
                    o.both.availability.si() * 100, o.both.lead_time.si());
        print("  working", o.working, e);
        print("  backup", o.backup, e);
    }
}

// Without the way through C nothing protects: the two links cross one bridge.
static void ask_beside_a_cut(estate e) {
    e.links[3].oper_status = oper_status::down;
    const auto net = make_topology(e);
    const auto refused = protected_options(*net, e, {0}, {1}, rates_of(e));
    if (!refused)
        std::printf("no pair (%s): what is left shares risk group %lld\n", to_string(refused.error().code),
                    static_cast<long long>(refused.error().shared.srlgs[0]));
}

static void in_a_window(const estate& e, const topology& net) {
    const row<site_tag> a{0}, b{1};
    const auto hour = [](int h) { return instant::from_unix(3600.0 * h); };
    rate_calendar committed(rates_of(e));
    const network_rates before = committed.free(hour(8), hour(12));
    network_rates after = before;
    if (!take(after, net, e, options(net, e, a, b, before)[0], 60_Gbps)) return;
    committed.book(before, after, hour(8), hour(12));

    for (const int from : {0, 6}) {
        const network_rates free = committed.free(hour(from), hour(from + 4));
        print(from == 0 ? "from 0 to 4" : "from 6 to 10", options(net, e, a, b, free)[0], e);
    }
}

static void together(const estate& e, const topology& net) {
    network_rates free = rates_of(e);
    const auto found = options(net, e, {0}, {1}, free);
    undo_log log;
    const wanted_option all[] = {{&found[0], 70_Gbps}, {&found[0], 50_Gbps}};
    if (const joint_shortage lacks = take_all(log, free, net, e, all))
        std::printf("number %lu: %s\n", lacks.option + 1, describe(lacks.lacks, e).c_str());
}

int main() {
    const estate e = world();
    const auto net = make_topology(e);
    ask(e, *net);
    ask_beside_a_cut(e);
    in_a_window(e, *net);
    together(e, *net);
}
