// SPDX-License-Identifier: Apache-2.0
// How much of its data sheet a device gives to one large matrix product, as measured: facts, not fitted.
#pragma once

#include "../record/precision.hpp"
#include "../resource/accelerators.hpp"
#include "../units/kinds.hpp"

namespace uonaco::inline UONACO_ABI {

/// Chips whose sustained clock under load was fitted (training_step::constants); all others run at the common share.
enum class chip_generation : unsigned char { other, ampere, hopper };

/// Share of the dense peak (as `accelerators` has it) that the best shape of a matrix product reached, and of the memory rate that
/// the board is sold with. Zero: not measured.
struct sustained_share {
    const char* model = ""; ///< as in `accelerators`
    units::ratio bf16{};
    units::ratio fp8{};
    units::ratio fp4{};
    units::ratio memory = units::ratio(1.0);
    int processors =
        0; ///< what tiles of a product are dealt to (vendors' data sheets); 0: unknown, then nothing is lost to the last wave
    chip_generation generation = chip_generation::other;
    bool measured = true; ///< false: nobody measured this model, the shares are those of `sustained_default`

    friend constexpr bool operator==(const sustained_share& a, const sustained_share& b) {
        return a.bf16 == b.bf16 && a.fp8 == b.fp8 && a.fp4 == b.fp4 && a.memory == b.memory &&
               a.processors == b.processors && a.generation == b.generation && a.measured == b.measured;
    }
};

// Means over 100 products of the best shape found (mamf-finder): stas00/ml-engineering, compute/accelerator/README.md;
// FP4 on B200 (6624 of 9000 TFLOPS, NVFP4) as its author reports it. HGX B200 is sold with 7.7 of the package's 8 TB/s
// (NVIDIA Blackwell data sheet). A100 has no FP8; of AMD's devices the 16-bit share is all that is published. H800 and the other
// boards of H100 stand with its figures: the same chip. Gaudi3's (1243 and 1290 TFLOPS) are against the peak of the announcement,
// which is the one in `accelerators`.
// clang-format off
inline constexpr sustained_share sustained_shares[] = {
    {.model = "A100 SXM 80GB", .bf16 = 0.869, .processors = 108, .generation = chip_generation::ampere},
    {.model = "A100 SXM 40GB", .bf16 = 0.869, .processors = 108, .generation = chip_generation::ampere},
    {.model = "A100 PCIe 80GB", .bf16 = 0.811, .processors = 108, .generation = chip_generation::ampere},
    {.model = "H100 SXM", .bf16 = 0.803, .fp8 = 0.709, .processors = 132, .generation = chip_generation::hopper},
    {.model = "H200 SXM", .bf16 = 0.803, .fp8 = 0.734, .processors = 132, .generation = chip_generation::hopper},
    {.model = "H800 SXM", .bf16 = 0.803, .fp8 = 0.709, .processors = 132, .generation = chip_generation::hopper},
    {.model = "H100 PCIe", .bf16 = 0.803, .fp8 = 0.709, .processors = 114, .generation = chip_generation::hopper},
    {.model = "H100 NVL", .bf16 = 0.803, .fp8 = 0.709, .processors = 132, .generation = chip_generation::hopper},
    {.model = "GH200", .bf16 = 0.838, .fp8 = 0.776, .processors = 132, .generation = chip_generation::hopper},
    {.model = "B200 SXM", .bf16 = 0.776, .fp8 = 0.763, .fp4 = 0.736, .memory = 0.9625, .processors = 148},
    {.model = "GB200", .bf16 = 0.729, .fp8 = 0.723, .processors = 148},
    {.model = "GB300", .bf16 = 0.786, .fp8 = 0.745, .processors = 148},
    {.model = "MI300X", .bf16 = 0.514},
    {.model = "MI325X", .bf16 = 0.604},
    {.model = "MI355X", .bf16 = 0.680},
    {.model = "Gaudi3", .bf16 = 0.677, .fp8 = 0.703},
};
// clang-format on

/// Of devices that nobody measured: the medians of the chips above (each once), and FP4 below FP8 as on B200.
inline constexpr sustained_share sustained_default{.bf16 = 0.78, .fp8 = 0.73, .fp4 = 0.70, .measured = false};

/// The measured shares of a model, with gaps filled: FP8 as in 16 bits where only those were measured, FP4 below FP8 as
/// on B200. Of a model that nobody measured `sustained_default`, whose `measured` is false. O(models).
constexpr sustained_share find_sustained(const char* model, unsigned long size) {
    for (sustained_share s : sustained_shares) {
        if (!detail::same_model(s.model, model, size)) continue;
        if (s.fp8 == units::ratio{}) s.fp8 = s.bf16;
        if (s.fp4 == units::ratio{}) s.fp4 = 0.736 / 0.763 * s.fp8;
        return s;
    }
    return sustained_default;
}
constexpr sustained_share find_sustained(const char* model) {
    unsigned long size = 0;
    while (model[size] != '\0') ++size;
    return find_sustained(model, size);
}

/// The share at a precision; int8 runs as fp8 does, everything wider as in 16 bits.
constexpr units::ratio at(const sustained_share& s, precision p) {
    if (p == precision::fp4) return s.fp4;
    return p == precision::fp8 || p == precision::int8 ? s.fp8 : s.bf16;
}

} // namespace uonaco::inline UONACO_ABI
