// SPDX-License-Identifier: Apache-2.0
// IEC 61850 measurands, as a gateway hands them on in JSON, as the source of a site's power figures. docs/adapt/iec61850.md
#pragma once

#include "foreign_ids.hpp"
#include "foreign_loss.hpp"
#include "foreign_quantity.hpp"

namespace uonaco::inline UONACO_ABI::adapt {

/// Which references say what, as no model of a station does: a reference, or what it begins with ("AIDC1/MMXU1").
struct iec61850_options {
    std::string it_load{};      ///< power_draw; none: the one MMXU.TotW or MMDC.Watt of the set
    std::string supply_limit{}; ///< of the feed; none: nobody says it
    io::load_options load{};
};

namespace detail {

/// True for "LD/LN.DO": the object reference of IEC 61850-7-2, down to a data object at least.
inline bool is_reference(std::string_view ref) {
    const std::size_t slash = ref.find('/'), dot = ref.find('.', slash == std::string_view::npos ? 0 : slash);
    return slash != std::string_view::npos && slash > 0 && dot != std::string_view::npos && dot > slash + 1 &&
           dot + 1 < ref.size() && ref.size() <= 129; // ObjectReference: VISIBLE STRING129
}
/// True if `ref` is `head`, or goes on from it at a point.
inline bool begins_with(std::string_view ref, std::string_view head) {
    if (head.empty() || ref.substr(0, head.size()) != head) return false;
    return ref.size() == head.size() || ref[head.size()] == '.' || head.back() == '/';
}
/// Total active power of an AC measurement (MMXU.TotW), or the power of a DC one (MMDC.Watt): IEC 61850-7-4.
inline bool is_active_power(std::string_view ref) {
    const std::size_t slash = ref.find('/'), dot = ref.find('.', slash);
    std::string_view node = ref.substr(slash + 1, dot - slash - 1), object = ref.substr(dot + 1);
    object = object.substr(0, object.find('.'));
    while (!node.empty() && node.back() >= '0' && node.back() <= '9') node.remove_suffix(1);
    const std::string_view kind = node.size() >= 4 ? node.substr(node.size() - 4) : node;
    return (kind == "MMXU" && object == "TotW") || (kind == "MMDC" && object == "Watt");
}

/// What a quality (IEC 61850-7-3, Quality) leaves of a figure.
enum class iec61850_use : unsigned char { good, doubtful, none };

class iec61850_reader {
  public:
    iec61850_reader(const foreign_object& root, std::string_view site_id, translated<estate>& out,
                    const iec61850_options& options)
        : problems_(root.problems()), out_(out), options_(options) {
        site_.id.text = power_.id.text = power_.site.text = site_id;
        if (!io::is_id(site_id))
            problems_.report(
                {io::problem_level::semantic, "", "an id of a site", std::string(site_id.substr(0, 128)), ""});
        root.require("measurands", "a list of measurands");
        root.each_object("measurands", "a measurand", [&](const foreign_object& m) { read(m); });
        left_.rest_of(root, "set", {"measurands"});
        left_.tell(out.losses, "no record has a place for it");
        if (power_.supply_limit) out.result.power.push_back(std::move(power_));
        out.result.sites.push_back(std::move(site_));
    }

  private:
    void lose(const foreign_object& m, std::string what) { out_.losses.push_back({m.at().pointer(), std::move(what)}); }
    void wrong(const io::place& at, std::string expected, std::string found, std::string hint = {}) {
        problems_.report(io::problem_level::semantic, at, std::move(expected), std::move(found), std::move(hint));
    }

    void read(const foreign_object& m) {
        if (!m.require("ref", "an object reference")) return;
        const std::string ref = m.text("ref");
        if (!is_reference(ref)) {
            if (m.find("ref").is(io::json_kind::string))
                wrong(io::place(m.at(), "ref"), "a reference such as LD/MMXU1.TotW.mag.f", io::describe(m.find("ref")));
            return;
        }
        const bool limit = begins_with(ref, options_.supply_limit);
        const bool draw =
            !limit && (options_.it_load.empty() ? is_active_power(ref) : begins_with(ref, options_.it_load));
        if (!limit && !draw)
            return lose(m, ref + ": " +
                               (is_active_power(ref) ? "active power that is not that of the IT load"
                                                     : "a measurand that no record has a place for"));
        std::string& said = limit ? limit_ref_ : draw_ref_;
        if (!said.empty())
            return wrong(io::place(m.at(), "ref"),
                         "one measurand for the " + std::string(limit ? "supply limit" : "IT load"),
                         ref + " beside " + said, "the options name the one that is meant");
        said = ref;
        const maybe<units::power> power = figure(m);
        const iec61850_use use = quality(m, ref);
        left_.rest_of(m, "measurand", {"ref", "value", "multiplier", "unit", "q", "t"});
        const auto at = read_time(m, "t");
        if (use == iec61850_use::none || !power) return;
        envelope& meta = limit ? power_.meta : site_.meta;
        (limit ? power_.supply_limit : site_.power_draw) = *power;
        meta.observed_at = at;
        meta.source = use == iec61850_use::good ? source_type::measured : source_type::estimation;
        meta.reference = ref;
    }

    /// value x 10^multiplier, in W.
    maybe<units::power> figure(const foreign_object& m) {
        if (!m.value().find("value")) m.require("value", "a number, or null for none");
        const auto multiplier = m.count("multiplier", -24, 24);
        const long long power_of_ten = multiplier.value_or(0);
        const long long size = power_of_ten < 0 ? -power_of_ten : power_of_ten;
        if (size > 3 && size % 3 != 0) {
            wrong(io::place(m.at(), "multiplier"), "an SI prefix: 0, 1, 2, 3, 6, 9 ... 24 or the same below 0",
                  std::to_string(power_of_ten));
            return {};
        }
        if (const io::value unit = m.find("unit")) {
            const bool watt =
                unit.is(io::json_kind::string) ? unit.text() == "W" : unit.is_number() && unit.number() == 38;
            if (!watt) wrong(io::place(m.at(), "unit"), "W, or its SIUnit 38", io::describe(unit));
        }
        double scale = 1;
        for (long long i = 0; i < size; ++i) scale *= 10; // exact up to 10^22
        const std::string symbol = "W x 10^" + std::to_string(power_of_ten);
        const foreign_unit unit{symbol.c_str(), power_of_ten > 0 ? scale : 1, power_of_ten < 0 ? scale : 1};
        return read_quantity<units::power>(m, "value", unit, allowed::from_zero);
    }

    iec61850_use quality(const foreign_object& m, const std::string& ref) {
        if (!m.require("q", "a quality: good, invalid, questionable, or its parts")) return iec61850_use::none;
        std::string validity, words;
        bool doubtful = false, none = false;
        const io::value q = m.find("q");
        if (q.is(io::json_kind::string)) {
            validity = q.text();
        } else {
            m.within("q", "a quality", [&](const foreign_object& parts) {
                parts.require("validity", "good, invalid, reserved or questionable");
                left_.rest_of(parts, "quality part", {"validity", "detailQual", "source", "test", "operatorBlocked"});
                validity = parts.text("validity");
                parts.each("detailQual", [&](const io::place& at, io::value v) {
                    for (const char* known : {"overflow", "outOfRange", "badReference", "oscillatory", "failure",
                                              "oldData", "inconsistent", "inaccurate"})
                        if (v.is(io::json_kind::string) && v.text() == known) {
                            words += std::string(", ") + known;
                            doubtful = true;
                            return;
                        }
                    problems_.report(io::problem_level::schema, at, "a detail of quality, such as oldData",
                                     io::describe(v));
                });
                const std::string source = parts.text("source");
                if (!source.empty() && source != "process" && source != "substituted")
                    wrong(io::place(parts.at(), "source"), "process or substituted",
                          "\"" + source.substr(0, 48) + "\"");
                if (source == "substituted") words += ", substituted", doubtful = true;
                if (parts.flag("test").value_or(false)) words += ", test", none = true;
                if (parts.flag("operatorBlocked").value_or(false)) words += ", operatorBlocked", doubtful = true;
            });
            if (validity.empty()) return iec61850_use::none; // on record
        }
        if (validity == "invalid" || validity == "reserved")
            none = true;
        else if (validity == "questionable")
            doubtful = true;
        else if (validity != "good")
            wrong(io::place(m.at(), "q"), "good, invalid, reserved or questionable",
                  "\"" + validity.substr(0, 48) + "\"");
        if (none)
            lose(m, ref + ": " + validity + words + ", so unknown");
        else if (doubtful)
            lose(m, ref + ": " + validity + words + ", kept as an estimation");
        return none ? iec61850_use::none : doubtful ? iec61850_use::doubtful : iec61850_use::good;
    }

    io::reader& problems_;
    translated<estate>& out_;
    const iec61850_options& options_;
    site site_{};
    power_state power_{};
    std::string draw_ref_{}, limit_ref_{};
    passed_over_members left_{};
};

} // namespace detail

/// A site with its power draw and, where the options name it, a power state with its supply limit. What is invalid or a test is unknown, what is
/// questionable an estimation; both are told as losses. Problems: what is no measurand, figures out of bounds, units that are not W, several
/// that could be meant. Linear.
inline imported<estate> from_iec61850(std::string_view text, std::string_view site,
                                      const iec61850_options& options = {}) {
    return read_foreign<estate>(text, options.load, "a set of measurands",
                                [&](const foreign_object& root, translated<estate>& out) {
                                    detail::iec61850_reader(root, site, out, options);
                                });
}

/// The measurand set of a site: its power draw under options.it_load, else under its own reference or as "<site>/MMXU1.TotW.mag.f"; the supply limit of
/// its own power state under options.supply_limit, else it is a loss, as is all else. Pointers are into the scenario. Linear in the estate.
inline translated<std::string> to_iec61850(const estate& e, std::string_view site,
                                           const iec61850_options& options = {}) {
    translated<std::string> out;
    io::document d;
    const auto measurand = [&](const std::string& ref, units::power power, const envelope& meta) {
        d.open_object();
        d.key("ref").string(ref);
        d.key("value").real(in_foreign_unit(power, {"W"}));
        d.key("multiplier").integer(0);
        d.key("unit").integer(38); // SIUnit of IEC 61850-7-3: W
        d.key("q").string(meta.source == source_type::estimation ? "questionable" : "good");
        if (meta.observed_at && writable(*meta.observed_at))
            d.key("t").string(units::to_text(*meta.observed_at).c_str());
        d.close();
    };
    // The whole reference that is said, else the record's own where it is under that; empty: none.
    const auto under = [](const std::string& said, const envelope& meta) {
        if (detail::is_reference(said)) return said;
        const bool own =
            detail::is_reference(meta.reference) && (said.empty() || detail::begins_with(meta.reference, said));
        return own ? meta.reference : std::string();
    };
    const auto of_load = [&](const envelope& meta) {
        std::string ref = under(options.it_load, meta);
        if (!options.it_load.empty() && ref.empty()) ref = options.it_load + ".TotW.mag.f";
        if (!options.it_load.empty() && detail::is_reference(ref)) return ref;
        if (!ref.empty() && detail::is_active_power(ref)) return ref;
        std::string device(site.substr(0, 64)); // no character of a reference inside the name of the logical device
        for (char& c : device)
            if (c == '/' || c == '.') c = '_';
        return device + "/MMXU1.TotW.mag.f";
    };
    d.open_object();
    d.key("measurands").open_array();
    lost_members lost(out.losses, "measurands have no place for it");
    lost.all_but({"sites", "power"}, e);
    const io::place root, sites(root, "sites"), states(root, "power");
    const auto carried_of = [](const envelope& meta, const std::string& ref) {
        envelope carried;
        carried.observed_at = meta.observed_at;
        const bool said = meta.source == source_type::measured || meta.source == source_type::estimation;
        carried.source = said ? meta.source : source_type::measured;
        if (meta.reference == ref) carried.reference = ref;
        return carried;
    };
    for (std::size_t i = 0; i < e.sites.size(); ++i) {
        const uonaco::site& s = e.sites[i];
        const io::place at(sites, i);
        if (s.id.text != site) {
            lost.add(at, "the site " + s.id.text);
            continue;
        }
        uonaco::site carried;
        carried.id = s.id;
        if (s.power_draw) {
            const std::string ref = of_load(s.meta);
            measurand(ref, *s.power_draw, s.meta);
            carried.power_draw = s.power_draw;
            carried.meta = carried_of(s.meta, ref);
        }
        lost.compare(at, s, carried);
    }
    for (std::size_t i = 0; i < e.power.size(); ++i) {
        const power_state& p = e.power[i];
        const io::place at(states, i);
        if (p.site.text != site) {
            lost.add(at, "the power state " + p.id.text);
            continue;
        }
        power_state carried;
        carried.id.text = site;
        carried.site = p.site;
        if (p.supply_limit) {
            const std::string ref = options.supply_limit.empty() ? std::string() : under(options.supply_limit, p.meta);
            if (ref.empty()) {
                out.losses.push_back(
                    {io::place(at, "supply_limit_w").pointer(), "the option supply_limit names no reference"});
                continue;
            }
            measurand(ref, *p.supply_limit, p.meta);
            carried.supply_limit = p.supply_limit;
            carried.meta = carried_of(p.meta, ref);
        }
        lost.compare(at, p, carried);
    }
    d.close();
    d.close();
    out.result = io::to_text(d);
    return out;
}

} // namespace uonaco::inline UONACO_ABI::adapt
