// SPDX-License-Identifier: Apache-2.0
#include "../../../catch.hpp"

#include <uonaco/network/optics/reach.hpp>
#include <uonaco/network/optics/transceiver.hpp>

#include <cmath>
#include <random>
#include <string>

using namespace uonaco;

TEST_CASE("GNPy's expected output: 76 channels, one span of 80 km") {
    const optical_span span{.connector_in_db = 0.5, .connector_out_db = 0.5, .noise_figure_db = 6.62};
    const channel_plan plan{.channels = 76, .spacing_hz = 50e9, .symbol_rate_hz = 32e9};
    const double power = 1e-3 * gn::from_db(-0.5); // 0 dBm before the connector
    const impairment transmitter = impairment::of_osnr_db(40.0);
    double osnr = 0, gsnr = 0, bare_osnr = 0, bare_gsnr = 0;
    for (unsigned i = 0; i < 76; ++i) {
        const impairment ase{gn::amplifier_noise(span, plan) / power * gn::osnr_band_hz / 32e9};
        const impairment all = impairment_of(span, plan, i, power);
        osnr += (ase + transmitter).osnr_db() / 76;
        gsnr += (all + transmitter).osnr_db() / 76;
        bare_osnr += ase.osnr_db() / 76;
        bare_gsnr += all.osnr_db() / 76;
    }
    CHECK(osnr == Approx(33.29).margin(.01));
    CHECK(gsnr == Approx(31.17).margin(.01));
    CHECK(gsnr - 10 * std::log10(32 / 12.5) == Approx(27.09).margin(.01));
    CHECK(bare_osnr == Approx(34.34).margin(.01)); // without the transmitter
    CHECK(bare_gsnr == Approx(31.78).margin(.01));
    CHECK(gn::delay(span).si() == Approx(.39e-3).margin(.005e-3));
    CHECK(gn::dispersion_ps_nm(span) == Approx(1336).epsilon(1e-12));
}

TEST_CASE("GNPy's expected output: Stockholm to Gothenburg with OpenROADM equipment") {
    // Six spans, 96 channels of 50 GHz, 2 dBm into each; noise figures as the output prints them, of equipment versions 5 and 4. The
    // fourth column is a pad in front of the fibre, in dB.
    struct span {
        double km, noise_5, noise_4, pad;
    };
    constexpr span all[] = {
        {81.625549, 8.00, 8.00, 0},  {81.625549, 11.42, 12.58, 0}, {45.988528, 16.00, 16.00, 1.8022944874},
        {134.020651, 8.01, 8.08, 0}, {89.123798, 10.53, 11.93, 0}, {67.641221, 13.53, 13.77, 0}};
    const channel_plan plan{.channels = 96, .spacing_hz = 50e9, .symbol_rate_hz = 31.57e9, .centre_hz = 193.725e12};
    double dispersion = 0, delay = 0;
    std::vector<double> sum[2], levelled[2], amplifiers[2]; // noise over signal by channel, in its band
    for (int v = 0; v < 2; ++v) {
        sum[v].assign(96, 0);
        levelled[v].assign(96, 0);
        amplifiers[v].assign(96, 0);
        for (const span& s : all) {
            const optical_span fibre{.length = units::distance::from_si(s.km * 1e3),
                                     .connector_in_db = s.pad,
                                     .noise_figure_db = v == 0 ? s.noise_5 : s.noise_4};
            if (v == 0) dispersion += gn::dispersion_ps_nm(fibre), delay += gn::delay(fibre).si();
            const double power = 1e-3 * gn::from_db(2 - s.pad);
            for (unsigned i = 0; i < 96; ++i) {
                const double noise = gn::noise_of_span(fibre, plan, i, power);
                sum[v][i] += noise;
                amplifiers[v][i] += gn::amplifier_noise(fibre, plan) / power * (1 + levelled[v][i]);
                levelled[v][i] += noise * (1 + levelled[v][i]); // a node levels signal and noise together
            }
        }
    }
    CHECK(dispersion == Approx(8350.42).margin(.005));
    CHECK(delay == Approx(2.45e-3).margin(.005e-3));
    const double known[][3] = {{19.18, 21.84, 33},
                               {18.82, 21.20, 30}}; // GSNR, OSNR in 0.1 nm; OSNR of add and drop together
    for (int v = 0; v < 2; ++v) {
        const impairment ends = impairment::of_osnr_db(35) + impairment::of_osnr_db(known[v][2]);
        const auto mean_db = [&](const std::vector<double>& noise) {
            double db = 0;
            for (const double x : noise)
                db += (impairment{x * gn::osnr_band_hz / plan.symbol_rate_hz} + ends).osnr_db() / 96;
            return db;
        };
        CHECK(mean_db(levelled[v]) ==
              Approx(known[v][0]).margin(.02)); // its nonlinearity differs by frequency, ours does not
        CHECK(mean_db(amplifiers[v]) == Approx(known[v][1]).margin(.01));
        CHECK(mean_db(sum[v]) - mean_db(levelled[v]) == Approx(.045).margin(.005)); // what the plain sum leaves out
    }
}

TEST_CASE("launch optimum and spans in a row") {
    const channel_plan plan{};
    const double eta = gn::nonlinear_efficiency(spans::single_mode, plan, 31);
    CHECK(eta == Approx(364.56).margin(.005));
    CHECK(eta == Approx(gn::nonlinear_efficiency(spans::single_mode, plan, 32)).epsilon(1e-12));
    CHECK(gn::amplifier_noise(spans::single_mode, plan) == Approx(1.143e-6).margin(5e-10));
    const double best = gn::best_launch_power(spans::single_mode, plan, 1.0);
    CHECK(gn::to_db(best * 1e3) == Approx(.65).margin(.005));
    const impairment span = impairment_of(spans::single_mode, plan, 32, best);
    const double db[] = {35.341, 28.351, 25.341, 22.330};
    const unsigned n[] = {1, 5, 10, 20};
    for (int i = 0; i < 4; ++i) CHECK((n[i] * span).osnr_db() == Approx(db[i]).margin(.001));
    // The rule of thumb OSNR = 58 + P - loss - NF - 10 log N: 0 dBm, 16 dB, 5.5 dB, ten spans
    CHECK(58 + 0 - gn::loss_db(spans::single_mode) - spans::single_mode.noise_figure_db - gn::to_db(10) ==
          Approx(26.5).epsilon(1e-12));
    const impairment ase{gn::amplifier_noise(spans::single_mode, plan) / 1e-3 * gn::osnr_band_hz / plan.symbol_rate_hz};
    CHECK((10 * ase).osnr_db() == Approx(26.452).margin(.0006)); // exact, with NF G
    const double gain = gn::from_db(gn::loss_db(spans::single_mode));
    CHECK((10 * impairment{ase.inverse_osnr * (gain - 1) / gain}).osnr_db() ==
          Approx(26.562).margin(.0006)); // NF (G - 1)
    // There nonlinear noise is half of the amplifier's, which costs 1.76 dB.
    const double amplifier = gn::amplifier_noise(spans::single_mode, plan) / best;
    CHECK(gn::noise_of_span(spans::single_mode, plan, 32, best) == Approx(1.5 * amplifier).epsilon(1e-12));
    CHECK(gn::to_db(1.5) == Approx(1.76).margin(.005));
    for (const double off : {.9, 1.1})
        CHECK(gn::noise_of_span(spans::single_mode, plan, 32, best * off) >
              gn::noise_of_span(spans::single_mode, plan, 32, best));
    CHECK(gn::best_launch_power(spans::hollow_core, plan, .003) == .003);
    const double glass = gn::delay(spans::single_mode).si() / 80, air = gn::delay(spans::hollow_core).si() / 120;
    CHECK(glass == Approx(4.8967e-6).margin(5e-11).epsilon(0));
    CHECK(air == Approx(3.3456e-6).margin(5e-11).epsilon(0));
    CHECK(glass - air == Approx(1.5511e-6).margin(1e-10).epsilon(0));
    CHECK(100 * (1 - air / glass) == Approx(31.68).margin(.005).epsilon(0));
    CHECK(100 * (glass / air - 1) == Approx(46.36).margin(.005).epsilon(0));
}

TEST_CASE("reach by the model") {
    struct mode {
        double osnr, baud;
        unsigned channels;
        double spacing;
        unsigned km2, km3;
    };
    const mode modes[] = {{24, 63.1e9, 64, 75e9, 480, 320},   {21, 63.1e9, 64, 75e9, 1200, 880},
                          {17, 63.1e9, 64, 75e9, 3280, 2560}, {12, 31.57e9, 96, 50e9, 5920, 4640},
                          {26, 59.84e9, 64, 75e9, 240, 160},  {26, 59.84e9, 48, 100e9, 240, 160}};
    for (const mode& m : modes) {
        // The per-span noise of the anchors: middle channel at its own optimum.
        const channel_plan plan{m.channels, m.spacing, m.baud};
        const double power = gn::best_launch_power(spans::single_mode, plan, 1.0);
        const impairment span = impairment_of(spans::single_mode, plan, m.channels / 2, power);
        CHECK(80 * most_spans(span, {.required_osnr_db = m.osnr}) == m.km2);
        CHECK(80 * most_spans(span, {.required_osnr_db = m.osnr, .margin_db = 3}) == m.km3);
    }
    optical_span hollow = spans::hollow_core;
    CHECK(120 * most_spans(impairment_of(hollow, {}, 32, 1e-3), {}) == 2520);
    hollow.length = units::distance::from_si(160e3);
    CHECK(160 * most_spans(impairment_of(hollow, {}, 32, 1e-3 * gn::from_db(5)), {}) == 4320);
    CHECK(most_spans({0.0}, {}, 77) == 77);
    CHECK(most_spans({1.0}, {}) == 0);
    CHECK(most_spans({__builtin_nan("")}, {}) == 0);
}

TEST_CASE("impairments of domains add up") {
    const impairment a = impairment::of_osnr_db(25), b = impairment::of_osnr_db(25);
    CHECK((a + b).osnr_db() == Approx(25 - 3.0103).margin(1e-4));
    CHECK((a + b).margin_db(20) == Approx(1.9897).margin(1e-4));
    CHECK(impairment{}.osnr_db() == 3000);
}

TEST_CASE("fewest regenerators, against all choices") {
    std::mt19937 random(5);
    const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    for (int round = 0; round < 300; ++round) {
        const unsigned n = 1 + below(8);
        std::vector<double> use(n);
        std::vector<unsigned char> may(n);
        for (double& u : use) u = below(9);
        for (unsigned char& m : may) m = below(3) != 0;
        unsigned fewest = 99;
        for (unsigned choice = 0; choice < 1u << n; choice += 2) {
            double sum = 0;
            bool good = true;
            for (unsigned i = 0; i < n; ++i) {
                if (choice >> i & 1) sum = 0, good = good && may[i];
                sum += use[i];
                good = good && sum <= 10;
            }
            if (good) fewest = std::min(fewest, static_cast<unsigned>(__builtin_popcount(choice)));
        }
        const regeneration r = regenerate(use, 10, may);
        CHECK(r.possible == (fewest < 99));
        if (r.possible) CHECK(r.before.size() == fewest);
    }
    CHECK(regenerate({}, 5).possible);
    const double hostile[] = {1, __builtin_nan("")};
    CHECK_FALSE(regenerate(hostile, 5).possible);
    const double fine[] = {1, 1};
    CHECK_FALSE(regenerate(fine, __builtin_nan("")).possible);
}

TEST_CASE("formats and transceivers by reach") {
    const auto km = reach_tables::km;
    CHECK(densest_reaching(reach_tables::deeprmsa, km(625))->format == modulation::qam16);
    CHECK(densest_reaching(reach_tables::deeprmsa, km(626))->format == modulation::qam8);
    CHECK(densest_reaching(reach_tables::general, km(2001))->format == modulation::bpsk);
    CHECK(densest_reaching(reach_tables::general, km(1e6)) == nullptr);
    CHECK(std::string(to_string(modulation::qam1024)) == "1024QAM");
    const auto best = [&](transceiver_family f, double d) { return fastest_reaching(transceivers::all, f, km(d)); };
    const struct {
        transceiver_family family;
        double ghz, km, gbps;
    } reaches[] = {{transceiver_family::zr_plus, 75, 600, 400},     {transceiver_family::zr_plus, 75, 1800, 300},
                   {transceiver_family::zr_plus, 75, 3000, 200},    {transceiver_family::zr_plus, 50, 3000, 100},
                   {transceiver_family::muxponder, 100, 150, 800},  {transceiver_family::muxponder, 100, 400, 700},
                   {transceiver_family::muxponder, 100, 700, 600},  {transceiver_family::muxponder, 100, 1300, 500},
                   {transceiver_family::muxponder, 100, 2500, 400}, {transceiver_family::muxponder, 100, 4700, 300},
                   {transceiver_family::muxponder, 50, 100, 300},   {transceiver_family::muxponder, 50, 900, 200},
                   {transceiver_family::muxponder, 50, 3000, 100}};
    for (const auto& r : reaches) {
        std::vector<transceiver_mode> width;
        for (const transceiver_mode& m : transceivers::all)
            if (m.width_hz == r.ghz * 1e9) width.push_back(m);
        const auto* reaching = fastest_reaching(width, r.family, km(r.km));
        REQUIRE(reaching);
        CHECK(reaching->rate == transceivers::gbps(r.gbps));
        const auto* beyond = fastest_reaching(width, r.family, km(r.km + 1));
        CHECK((!beyond || beyond->rate < reaching->rate));
    }
    CHECK(best(transceiver_family::zr, 121) == nullptr);
    CHECK(best(transceiver_family::zr_plus, 1000)->rate == transceivers::gbps(300));
    CHECK(best(transceiver_family::muxponder, 100)->rate == transceivers::gbps(800));
    CHECK(best(transceiver_family::muxponder, 2500)->rate == transceivers::gbps(400));
    CHECK_FALSE(best(transceiver_family::muxponder, 100)->power.known());
    CHECK(slots_of(*best(transceiver_family::zr, 80)) == 6);
}
