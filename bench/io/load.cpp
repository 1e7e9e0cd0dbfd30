// SPDX-License-Identifier: Apache-2.0
// What does it cost to load and check a scenario of 10,000 records, against parsing its text and nothing else?
#include "../run/timing.hpp"

#include <uonaco/io/dump.hpp>
#include <uonaco/io/scenario.hpp>

#include <cstdlib>

using namespace uonaco;

namespace {

template <class Q>
Q of(double x) {
    return units::from_exchange_unit<Q>(x);
}

/// A ring of sites, each with three pools, three links and a power state with a day's forecast every tenth: figures as monitors give them.
scenario make(int sites) {
    scenario s;
    s.name = "ring";
    estate& e = s.estate;
    const auto name = [](const char* prefix, int i) { return prefix + std::to_string(i); };
    for (int i = 0; i < sites; ++i) {
        const double x = 0.37 * i - static_cast<double>(static_cast<int>(0.37 * i)); // 0 to 1
        e.sites.push_back({.id = site_id(name("s", i)),
                           .name = name("Site ", i),
                           .country = "FR",
                           .location = location{40 + x, 2 + 3 * x},
                           .grid_zone = name("z", i / 10),
                           .pue = 1.1 + 0.123 * x,
                           .availability = 0.9991});
        for (int k = 0; k < 3; ++k) {
            compute_pool p{.id = pool_id(name("s", i) + "/p" + std::to_string(k)),
                           .site = e.sites.back().id,
                           .model = "H100 SXM",
                           .total_count = 512,
                           .free_count = 100 + i % 400};
            p.price = of<units::price_rate>(2.125 + x);
            p.utilization = x;
            p.idle_power = of<units::power>(70.5);
            p.max_power = of<units::power>(700);
            p.queue_wait = of<units::duration>(600 * x);
            e.pools.push_back(std::move(p));
            wan_link l{.id = link_id(name("l", 3 * i + k)),
                       .src_node = node_id(name("s", i)),
                       .dst_node = node_id(name("s", (i + 1 + 2 * k) % sites)),
                       .bidirectional = true,
                       .capacity = of<units::bit_rate>(400),
                       .unreserved = of<units::bit_rate>(400 * x)};
            l.create = provisioning{.rate = of<units::bit_rate>(800),
                                    .step = of<units::bit_rate>(100),
                                    .lead_time = of<units::duration>(180)};
            l.latency = of<units::latency>(2000 + 1234.5 * x);
            l.loss = 1e-9;
            l.srlgs = {i, k};
            e.links.push_back(std::move(l));
        }
        if (i % 10 != 0) continue;
        power_state w{.id = power_id(name("w", i)), .grid_zone = name("z", i / 10), .forecast_repeats = true};
        for (int h = 0; h < 24; ++h)
            w.forecast.push_back({.start = instant::from_unix(3600.0 * h),
                                  .duration = of<units::duration>(3600),
                                  .carbon_intensity = of<units::carbon_intensity>(50.25 + 10 * h),
                                  .energy_price = of<units::energy_price>(0.0825)});
        e.power.push_back(std::move(w));
    }
    return s;
}

} // namespace

int main(int argc, char** argv) {
    const bench::options o = bench::read(argc, argv);
    bench::print_machine();
    const scenario s = make(o.quick ? 14 : 1409); // 7.1 records a site: 10,004
    const double records = static_cast<double>(s.estate.sites.size() + s.estate.pools.size() + s.estate.links.size() +
                                               s.estate.power.size());
    const std::string text = io::dump(s, io::layout::compact);
    const auto loaded = io::load<scenario>(text);
    if (!loaded || !(*loaded == s)) {
        std::fputs("the scenario does not load as what was written\n", stderr);
        return 1;
    }
    const auto all = bench::race(
        o, records,
        [&] {
            auto again = io::load<scenario>(text);
            bench::keep(again);
        },
        [&] {
            auto parsed = nlohmann::json::parse(text);
            bench::keep(parsed);
        },
        [&] {
            auto written = io::dump(s, io::layout::compact);
            bench::keep(written);
        });
    const bench::series against = bench::ratio(all[0], all[1]);
    std::printf("%.0f records, %zu bytes\n", records, text.size());
    std::printf("load and check   %8.0f ns a record\n", all[0].median());
    std::printf("parse alone      %8.0f ns a record (nlohmann::json::parse)\n", all[1].median());
    std::printf("write            %8.0f ns a record\n", all[2].median());
    std::printf("load over parse  %8.2f (+- %.2f; goal 1.60)\n", against.median(), against.spread() * against.median());
    return 0;
}
