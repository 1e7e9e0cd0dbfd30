// SPDX-License-Identifier: Apache-2.0
// How tables abbreviate devices, and what a node adds to the facts of an accelerator. A device that nobody knows stays unknown.
#pragma once

#include "understand.hpp"

#include <uonaco/resource/accelerators.hpp>

#include <cctype>
#include <string>
#include <vector>

namespace accuracy {

struct node {
    const char* name; ///< folded: lower-case letters and digits
    const char* model;
    uonaco::units::memory_rate scale_out = uonaco::units::memory_rate::from_si(8 * 50e9);
    double devices = 8;
};

inline constexpr uonaco::units::memory_rate gigabytes(double x) { return uonaco::units::memory_rate::from_si(8e9 * x); }

/// Longer names first where one begins another. NICs of a device in one direction and devices of a node: ml-engineering (network),
/// the vendors' servers; TPU: 25 GB/s a host (Google, scaling book). GH200 stands with the facts of H200, the same chip; nodes of one.
inline constexpr node nodes[] = {
    {"a10040", "A100 SXM 40GB", gigabytes(25)},
    {"a100sxm40", "A100 SXM 40GB", gigabytes(25)},
    {"a100sxm440", "A100 SXM 40GB", gigabytes(25)},
    {"a100pcie", "A100 PCIe 80GB", gigabytes(25)},
    {"a100", "A100 SXM 80GB", gigabytes(25)},
    {"h100pcie", "H100 PCIe", gigabytes(50)},
    {"h100nvl", "H100 NVL", gigabytes(50), 4},
    {"gh200", "H200 SXM", gigabytes(50), 1},
    {"h100", "H100 SXM", gigabytes(50)},
    {"h200", "H200 SXM", gigabytes(50)},
    {"h800", "H800 SXM", gigabytes(50)},
    {"gb200", "GB200", gigabytes(50), 72},
    {"gb300", "GB300", gigabytes(100), 72},
    {"b200", "B200 SXM", gigabytes(50)},
    {"b300", "GB300", gigabytes(100)},
    {"mi300x", "MI300X", gigabytes(50)},
    {"mi300", "MI300X", gigabytes(50)},
    {"mi325x", "MI325X", gigabytes(50)},
    {"mi325", "MI325X", gigabytes(50)},
    {"mi355x", "MI355X", gigabytes(50)},
    {"mi355", "MI355X", gigabytes(50)},
    {"v100", "V100 SXM2 32GB", gigabytes(12.5)},
    {"l40s", "L40S", gigabytes(25)},
    {"tpuv4", "TPU v4", gigabytes(6.25), 64},
    {"tpuv5e", "TPU v5e", gigabytes(3.125), 64},
    {"tpuv5lite", "TPU v5e", gigabytes(3.125), 64},
    {"tpuv5p", "TPU v5p", gigabytes(6.25), 64},
    {"tpuv6e", "TPU v6e", gigabytes(6.25), 64},
    {"trillium", "TPU v6e", gigabytes(6.25), 64},
};

/// What may follow a device's name without making it another: form, memory, cooling, power, and how many stand in a server.
inline bool qualifies(std::string rest, bool any_figure = false) {
    static const char* const words[] = {"superchip", "grace", "hopper", "blackwell", "sxm6",  "sxm5",       "sxm4",
                                        "sxm2",      "sxm",   "oam",    "hbm2e",     "hbm3e", "hbm3",       "hbm2",
                                        "gb",        "gib",   "x8",     "nvl72",     "nvl36", "nvl8",       "dgx",
                                        "hgx",       "pod",   "gpus",   "gpu",       "cts",   "tensorcore", "slice"};
    while (!rest.empty()) {
        bool taken = false;
        for (const char* w : words)
            if (!taken && rest.rfind(w, 0) == 0) {
                rest.erase(0, std::string(w).size());
                taken = true;
            }
        if (taken) continue;
        std::size_t n = 0;
        while (n < rest.size() && std::isdigit(static_cast<unsigned char>(rest[n]))) ++n;
        if (n < 1 || n > 4) return false;
        const int figure = std::stoi(rest.substr(0, n));
        rest.erase(0, n);
        const bool power = rest.rfind('w', 0) == 0;
        bool memory = false;
        for (const int size : {16, 24, 32, 40, 48, 64, 80, 94, 95, 96, 128, 141, 144, 180, 186, 192, 256, 288})
            memory = memory || size == figure;
        if (!power && !memory && !any_figure) return false;
        for (const char* unit : {"gib", "gb", "g", "w"})
            if (rest.rfind(unit, 0) == 0) {
                rest.erase(0, std::string(unit).size());
                break;
            }
    }
    return true;
}

/// Without the vendor and what it calls all its devices.
inline std::string plain_device(const std::string& device) {
    std::string name = folded(device);
    for (bool again = true; again;) {
        again = false;
        for (const char* w :
             {"nvidia", "amd", "intel", "google", "huawei", "habana", "cloud", "instinct", "tesla", "dgx", "hgx", "hl"})
            if (name.rfind(w, 0) == 0 && name.size() > std::string(w).size()) {
                name.erase(0, std::string(w).size());
                again = true;
            }
    }
    for (const char* bare : {"v4", "v5e", "v5p", "v5lite", "v6e"}) // as people call TPUs
        if (name.rfind(bare, 0) == 0) return "tpu" + name;
    return name;
}

/// "v5p-512" names a slice by its size.
inline bool is_slice(const std::string& plain) { return plain.rfind("tpu", 0) == 0; }

/// Null: nobody knows it.
inline const node* find_node(const std::string& device) {
    const std::string name = plain_device(device);
    for (const node& n : nodes) {
        const std::string known = n.name;
        if (name.rfind(known, 0) == 0 && qualifies(name.substr(known.size()), is_slice(name))) return &n;
    }
    return nullptr;
}

/// The facts by the node's name, else by any that the library has; null: nobody knows it.
inline const uonaco::accelerator* find_device(const std::string& device) {
    if (const auto* a = uonaco::find_accelerator(device)) return a;
    if (const node* n = find_node(device)) return uonaco::find_accelerator(n->model);
    const std::string name = plain_device(device);
    for (const uonaco::accelerator& a : uonaco::accelerators) {
        const std::string known = folded(a.model);
        if (name.rfind(known, 0) == 0 && qualifies(name.substr(known.size()))) return &a;
    }
    return nullptr;
}

inline std::vector<std::string> device_names() {
    std::vector<std::string> names;
    for (const uonaco::accelerator& a : uonaco::accelerators) names.push_back(a.model);
    return names;
}

/// Refuses a device that nobody knows, or of which `needed` is not known.
inline void check_device(const row& r, findings& f, bool (*enough)(const uonaco::accelerator&), const char* needed) {
    const std::string name = r.text("device");
    const auto* a = find_device(name);
    if (a == nullptr)
        f.wrong("device", "an accelerator of resource/accelerators.hpp", did_you_mean(name, device_names()));
    else if (!enough(*a))
        f.wrong("device", std::string("an accelerator of which ") + needed + " is known");
}

} // namespace accuracy
