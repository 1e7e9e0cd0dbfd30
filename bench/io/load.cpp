// SPDX-License-Identifier: Apache-2.0
// What does it cost to load and check a scenario of 10,000 records, against parsing its text and nothing else, and beside validators
// that read the same schema: valijson, where it was installed, and ajv, where node finds it?
#include "../run/timing.hpp"
#if defined(UONACO_BENCH_VALIJSON)
#include "valijson.hpp"
#endif

#include <uonaco/io/dump.hpp>
#include <uonaco/io/scenario.hpp>
#include <uonaco/io/schema.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unistd.h>

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

/// Both validators are asked for the same: `format` is left out, which ajv knows by a plug-in only and valijson, for times, by a
/// pattern that it compiles anew for each value; that of the schema says nearly as much.
void leave_out_formats(nlohmann::json& schema) {
    if (!schema.is_structured()) return;
    if (schema.is_object() && schema.contains("format") && schema["format"].is_string()) schema.erase("format");
    for (nlohmann::json& inner : schema) leave_out_formats(inner);
}

/// What is given to validators.
struct exam {
    nlohmann::json schema; ///< draft-07
    std::string good;      ///< the text that is timed
    std::string bad;       ///< one that they must refuse, so that they are seen to look
};

exam make_exam(const scenario& s, const std::string& text) {
    exam e{nlohmann::json::parse(io::schema<scenario>()), text, {}};
    leave_out_formats(e.schema);
    scenario spoiled = s;
    spoiled.estate.sites.back().location = location{91, 0};
    e.bad = io::dump(spoiled, io::layout::compact);
    return e;
}

/// False if it judges wrongly. `load` is ours, in ns a record.
bool beside_ajv(const bench::options& o, double records, const exam& e, double load) {
    const std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("uonaco-bench-load-" + std::to_string(getpid()) + ".json");
    std::ofstream(file) << nlohmann::json{{"schema", e.schema}, {"good", e.good}, {"bad", e.bad}};
    const std::string source = UONACO_BENCH_SOURCE;
    const std::string command = "NODE_PATH=\"${UONACO_AJV:-" + source +
                                "/build/ajv/node_modules}:/usr/share/nodejs\" node '" + source + "/bench/io/ajv.js' " +
                                (o.quick ? "3 2" : "41 12") + " < '" + file.string() + "'";
    char version[32] = "";
    double its_parse = 0, validate = 0;
    int found = 0, status = 127 << 8;
    if (std::FILE* node = std::system("command -v node >/dev/null") == 0 ? popen(command.c_str(), "r") : nullptr) {
        found = std::fscanf(node, "%31s %lf %lf", version, &its_parse, &validate);
        status = pclose(node);
    }
    std::filesystem::remove(file);
    if (found == 3) {
        validate /= records;
        its_parse /= records;
        std::printf("ajv %-12s %8.0f ns a record; with JSON.parse (%.0f) %.2f times load\n", version, validate,
                    its_parse, (validate + its_parse) / load);
        return true;
    }
    const bool absent = status == 127 << 8 || status == 3 << 8;
    std::printf("ajv              not timed: %s\n", status == 127 << 8 ? "there is no node"
                                                    : absent ? "node does not find it (scripts/ajv; Debian: node-ajv)"
                                                             : "it failed, or does not judge as the schema says");
    return absent;
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
    const exam e = make_exam(s, text);
    const auto load = [&] {
        auto again = io::load<scenario>(text);
        bench::keep(again);
    };
    const auto parse = [&] {
        auto parsed = nlohmann::json::parse(text);
        bench::keep(parsed);
    };
    const auto write = [&] {
        auto written = io::dump(s, io::layout::compact);
        bench::keep(written);
    };
#if defined(UONACO_BENCH_VALIJSON)
    bench::valijson_validator valijson(e.schema);
    const nlohmann::json document = nlohmann::json::parse(text);
    if (!valijson(document) || valijson(nlohmann::json::parse(e.bad))) {
        std::fputs("valijson does not judge as the schema says\n", stderr);
        return 1;
    }
    const auto validate = [&] {
        bool valid = valijson(document);
        bench::keep(valid);
    };
    const auto all = bench::race(o, records, load, parse, write, validate);
#else
    const auto all = bench::race(o, records, load, parse, write);
#endif
    const bench::series against = bench::ratio(all[0], all[1]);
    std::printf("%.0f records, %zu bytes\n", records, text.size());
    std::printf("load and check   %8.0f ns a record\n", all[0].median());
    std::printf("parse alone      %8.0f ns a record (nlohmann::json::parse)\n", all[1].median());
    std::printf("write            %8.0f ns a record\n", all[2].median());
    std::printf("load over parse  %8.2f (+- %.2f; goal 1.60)\n", against.median(), against.spread() * against.median());
#if defined(UONACO_BENCH_VALIJSON)
    bench::series theirs;
    for (unsigned long i = 0; i < all[3].rounds(); ++i) theirs.add(all[1].at(i) + all[3].at(i));
    const bench::series times = bench::ratio(theirs, all[0]);
    std::printf("valijson         %8.0f ns a record; with parse %.2f times load (+- %.2f)\n", all[3].median(),
                times.median(), times.spread() * times.median());
#else
    std::puts(
        "valijson         not timed: no header of it was found when this was configured (Debian: libvalijson-dev)");
#endif
    return beside_ajv(o, records, e, all[0].median()) ? 0 : 1;
}
