// SPDX-License-Identifier: Apache-2.0
// Every kind of record that is exchanged, for programs that take whichever comes.
#pragma once

#include "estate_check.hpp"
#include "schema.hpp"

namespace uonaco::inline UONACO_ABI::io {

template <record_kind... Kinds>
struct kind_list {};

using kinds =
    kind_list<scenario, site, network_node, compute_pool, storage_pool, dataset, fibre_span, wan_link, tariff, circuit,
              wan_path, power_state, risk_group, workload, scoring_profile, decision, reservation, cats_metric>;

/// Calls f.template operator()<T>() for each kind.
template <class F, class... Kinds>
void for_each_kind(F&& f, kind_list<Kinds...> = {}) {
    (f.template operator()<Kinds>(), ...);
}

namespace detail {
template <class... Kinds>
std::vector<std::string_view> names(kind_list<Kinds...>) {
    return {reflect::name_of<Kinds>...};
}
} // namespace detail

/// Their names, in the order of the list.
template <class List = kinds>
std::vector<std::string_view> kind_names() {
    return detail::names(List{});
}

/// The JSON Schema of the kind of that name; empty if there is none.
template <class List = kinds>
std::string schema_of(std::string_view kind) {
    std::string text;
    for_each_kind(
        [&]<class T>() {
            if (reflect::name_of<T> == kind) text = schema<T>();
        },
        List{});
    return text;
}

namespace detail {
/// Reads a record of whatever kind it says it is, and calls then(record&&); what is wrong with it is on record before.
template <class List, class Then>
void read_any(reader& r, const place& at, value v, const Then& then) {
    if (v.is(json_kind::unreadable)) return;
    if (!v.is(json_kind::object))
        return r.report(problem_level::schema, at, "a record: an object with a kind", describe(v));
    const value kind = v.find("kind");
    bool known = false;
    if (kind && kind.is(json_kind::string)) {
        for_each_kind(
            [&]<class T>() {
                if (reflect::name_of<T> != kind.text()) return;
                known = true;
                T record{};
                codec<T>::read(r, at, v, {}, record);
                then(std::move(record));
            },
            List{});
    }
    if (known) return;
    std::string expected = "one of ";
    std::vector<known_key> spelled;
    for (const std::string_view name : kind_names<List>()) {
        (expected += spelled.empty() ? "" : ", ") += name;
        spelled.push_back({name, {}});
    }
    std::string hint;
    if (kind && kind.is(json_kind::string)) hint = suggest(kind.text(), spelled).sentence;
    r.report(problem_level::schema, place(at, "kind"), std::move(expected), kind ? describe(kind) : "nothing",
             std::move(hint));
}
/// The sound records of a list that stand beside a scenario, with their places.
template <class Lazy>
class beside {
    using checker = basic_estate_check<Lazy>;
    template <class T>
    using placed = uonaco::detail::later_t<std::vector<std::pair<std::size_t, T>>, Lazy>;

  public:
    void keep(std::size_t, scenario&& s) {
        ++scenarios_;
        uonaco::detail::late<Lazy>(scenario_) = std::move(s);
    }
    void keep(std::size_t at, wan_path&& p) { paths_.emplace_back(at, std::move(p)); }
    void keep(std::size_t at, decision&& d) { decisions_.emplace_back(at, std::move(d)); }
    void keep(std::size_t at, reservation&& x) { reservations_.emplace_back(at, std::move(x)); }
    template <class T>
    void keep(std::size_t, T&&) {}

    /// Which scenario is meant is plain where there is one.
    void check(reader& r) const {
        if (scenarios_ != 1) return;
        const checker checked(scenario_.estate);
        for (const auto& [at, p] : paths_) checked.check(r, place(at), p);
        for (const auto& [at, d] : decisions_) checked.check(r, place(at), d);
        std::vector<typename checker::located> held;
        for (const auto& [at, x] : reservations_) held.push_back({at, &x});
        checked.check(r, held);
    }

  private:
    std::size_t scenarios_ = 0;
    scenario scenario_{};
    placed<wan_path> paths_{};
    placed<decision> decisions_{};
    placed<reservation> reservations_{};
};
} // namespace detail

/// Every problem of a document of any kind, or of a list of such records, which are checked one by one; none if each
/// would load. Paths, decisions and reservations of a list with one scenario are checked against its estate too.
template <class List = kinds>
problems validate(std::string_view text, const load_options& options = {}) {
    document d;
    problems syntax;
    parse(text, d, syntax, options.bounds);
    if (d.empty()) return syntax;
    reader r(options.bounds.problems);
    r.inheritable = inheritable(options.bounds);
    for (problem& p : syntax) r.report(std::move(p));
    detail::beside<List> others;
    const auto check = [&](const place& at, value v, std::size_t index) {
        r.ignore_unknown_keys = options.ignore_unknown_keys;
        r.inherited = nullptr;
        const std::size_t before = r.count();
        detail::read_any<List>(r, at, v, [&](auto&& record) {
            if (r.count() == before) others.keep(index, std::move(record));
        });
    };
    if (d.root().is(json_kind::array)) {
        std::size_t index = 0;
        for (const value v : d.root()) {
            if (!r.full()) check(place(index), v, index);
            ++index;
        }
        others.check(r);
    } else {
        check(place(), d.root(), 0);
    }
    return r.take();
}

} // namespace uonaco::inline UONACO_ABI::io
