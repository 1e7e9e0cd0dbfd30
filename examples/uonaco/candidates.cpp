// SPDX-License-Identifier: Apache-2.0
#include "candidates.hpp"

#include <uonaco/place/candidates.hpp>

#include <charconv>
#include <string_view>

namespace program {

namespace {

using uonaco::candidate;
using uonaco::errc;
using uonaco::failure;
using uonaco::network_action;
using uonaco::problem;

failure wrong(errc code, const std::string& subject, const std::string& why) { return {code, subject, 0.0, why}; }

/// Cuts off and returns what stands before the first `at`.
std::string_view take_until(std::string_view& text, char at) {
    const auto end = text.find(at);
    const std::string_view head = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    return head;
}

uonaco::result<network_action> parse_action(std::string_view text) {
    for (const auto a : {network_action::use, network_action::resize, network_action::create})
        if (text == to_string(a)) return a;
    return wrong(errc::no_candidate, std::string(text),
                 "'" + std::string(text) + "' is none of use, resize and create");
}

uonaco::result<uonaco::share> parse_share(std::string_view part, const problem& p) {
    const std::string all(part);
    const std::string id(take_until(part, '='));
    long long devices = 0;
    const auto end = std::from_chars(part.data(), part.data() + part.size(), devices);
    if (part.empty() || end.ec != std::errc() || end.ptr != part.data() + part.size() || devices < 1)
        return wrong(errc::no_candidate, id, "'" + all + "' is not POOL=DEVICES");
    const auto pool = p.where().pool(uonaco::pool_id(id));
    if (!pool) return wrong(errc::not_found, id, "there is no pool '" + id + "'");
    for (const auto known : p.what().pools)
        if (known == pool) return uonaco::share{pool, devices};
    return wrong(errc::no_candidate, id, "pool '" + id + "' is none that " + p.asked().id.text + " can use");
}

uonaco::result<candidate> parse_devices(std::string_view text, const problem& p) {
    candidate c;
    while (!text.empty()) {
        const auto share = parse_share(take_until(text, '+'), p);
        if (!share) return share.error();
        for (int i = 0; i < c.size; ++i)
            if (p.where().facts(c.shares[i].pool).site == p.where().facts(share->pool).site)
                return wrong(errc::no_candidate, {}, "two pools of one candidate are at the same site");
        if (c.size == uonaco::max_shares) return wrong(errc::too_many, {}, "a candidate has at most 8 pools");
        c.add(share->pool, share->devices);
    }
    if (c.size > 1 && !p.connects_sites())
        return wrong(errc::no_candidate, {}, "only training spreads over several sites");
    if (c.size == 0 || c.devices() < p.asked().devices.least() || c.devices() > p.asked().devices.count)
        return wrong(errc::no_candidate, {},
                     p.asked().id.text + " asks for " + std::to_string(p.asked().devices.least()) + " to " +
                         std::to_string(p.asked().devices.count) + " devices");
    return c;
}

uonaco::result<candidate> parse_destination(std::string_view text, const problem& p) {
    candidate c;
    const std::string id(text);
    c.destination = p.where().site(uonaco::site_id(id));
    if (!c.destination) return wrong(errc::not_found, id, "there is no site '" + id + "'");
    for (const auto known : p.what().destinations)
        if (known == c.destination) return c;
    return wrong(errc::no_candidate, id, "site '" + id + "' is none that " + p.asked().id.text + " can go to");
}

bool is_whole(std::string_view digits) {
    long long n = 0;
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), n);
    return end.ec == std::errc() && end.ptr == digits.data() + digits.size() && n >= 1;
}

bool uses_only(const candidate& c, network_action only) {
    const auto other = [&](const uonaco::connection& k) {
        return only != network_action::none && k.action != network_action::none && k.action != only;
    };
    for (const auto& k : c.pairs)
        if (other(k)) return false;
    return !other(c.access);
}

} // namespace

bool is_candidate(std::string_view text) {
    std::string_view where = take_until(text, ',');
    if (!text.empty() && !parse_action(text)) return false;
    if (where.empty() || where.back() == '+') return false;
    if (where.find_first_of("=+") == where.npos) return true; // the site that data is moved to
    while (!where.empty()) {
        std::string_view share = take_until(where, '+');
        const std::string_view pool = take_until(share, '=');
        if (pool.empty() || !is_whole(share)) return false;
    }
    return true;
}

uonaco::result<candidate_spec> parse_candidate(const std::string& text, const problem& p) {
    candidate_spec spec;
    std::string_view rest = text;
    const std::string_view where = take_until(rest, ',');
    if (!rest.empty()) {
        const auto only = parse_action(rest);
        if (!only) return only.error();
        spec.only = *only;
    }
    const auto base = p.what().is_transfer() ? parse_destination(where, p) : parse_devices(where, p);
    if (!base) return base.error();
    spec.base = *base;
    return spec;
}

std::vector<candidate> with_networks(const candidate_spec& spec, const problem& p) {
    std::vector<candidate> all;
    candidate c;
    auto stream = p.what().is_transfer() ? uonaco::candidate_stream(p) : uonaco::candidate_stream(p, spec.base);
    while (stream.next(c))
        if (c.destination == spec.base.destination && uses_only(c, spec.only)) all.push_back(c);
    return all;
}

} // namespace program
