// SPDX-License-Identifier: Apache-2.0
#include "demands.hpp"
#include "network_columns.hpp"

#include <uonaco/io/load.hpp>
#include <uonaco/reflect/record.hpp>

namespace program {
/// The document; its parts are traffic.
struct traffic_matrix {
    std::vector<traffic> demands{};
};
} // namespace program

// clang-format off
UONACO_REFLECT(program::traffic, "So much from one place to another",
    (from, "a site or node", required),
    (to,   "a site or node", required),
    (rate, "asked", required, at_least(0)));
UONACO_REFLECT(program::traffic_matrix, "What a network is asked to carry at once",
    (demands, "one for each pair and direction; those of one pair add up", required));
// clang-format on

namespace program {

namespace io = uonaco::io;
namespace units = uonaco::units;

uonaco::basic_result<std::vector<traffic>, rejected_file> read_demands(const std::string& file,
                                                                       const uonaco::estate& where) {
    const auto text = read(file);
    if (!text) return text.error();
    const std::string name = file == "-" ? "stdin" : file;
    auto loaded = io::load<traffic_matrix>(*text);
    if (!loaded) return rejected_file{name, loaded.error()};
    const auto known = node_names(where);
    io::problems dangling;
    for (std::size_t i = 0; i < loaded->demands.size(); ++i) {
        const traffic& t = loaded->demands[i];
        for (const auto& [key, id] : {std::pair{"/from", &t.from}, std::pair{"/to", &t.to}})
            if (node_of(where, *id) == ~0u)
                dangling.push_back({io::problem_level::semantic, "/demands/" + std::to_string(i) + key,
                                    "a site or node of the scenario", "\"" + *id + "\"" + hint(*id, known), ""});
    }
    if (!dangling.empty()) return rejected_file{name, std::move(dangling)};
    return std::move(loaded->demands);
}

std::vector<traffic> transfers_of(const scenario_record& s, std::vector<std::string>& left_out) {
    std::vector<traffic> all;
    for (const uonaco::workload& w : s.workloads) {
        const auto* moved = std::get_if<uonaco::transfer>(&w.task);
        if (!moved) continue;
        traffic t{moved->from.text, moved->to.text, {}};
        uonaco::maybe<units::volume> volume = moved->volume;
        for (const uonaco::dataset& data : s.estate.datasets)
            if (!moved->data.empty() && data.id == moved->data) {
                volume = data.volume;
                if (t.from.empty()) t.from = data.site.text;
            }
        const char* missing = !w.limits.deadline ? "no deadline"
                              : !volume          ? "volume unknown"
                              : t.from.empty()   ? "it may start anywhere"
                              : t.to.empty()     ? "it may go anywhere"
                                                 : nullptr;
        if (missing) {
            left_out.push_back("workload " + w.id.text + ": " + missing);
            continue;
        }
        t.rate = *volume / *w.limits.deadline;
        all.push_back(std::move(t));
    }
    return all;
}

} // namespace program
