// SPDX-License-Identifier: Apache-2.0
// What drivers, schedulers and clouds call the accelerators whose facts are known.
#pragma once

#include "../base/config.hpp"
#include "../resource/accelerators.hpp"

#include <string>
#include <string_view>

namespace uonaco::inline UONACO_ABI::adapt {

/// A name of somebody else's for a model of the table of accelerators.
struct device_name {
    const char* theirs = "";
    const char* model = "";
};

/// Names that say which variant it is; a mere "h100" does not, and stays what it is. Only letters and digits count, not their case: Slurm
/// (gres/gpu with AutoDetect=nvml) spells NVIDIA's names with small letters, the labels of GPU feature discovery with '-' for blanks.
inline constexpr device_name device_names[] = {
    // names of NVIDIA's driver (nvmlDeviceGetName)
    {"Tesla T4", "T4"},
    {"Tesla V100-SXM2-32GB", "V100 SXM2 32GB"},
    {"NVIDIA A10", "A10"},
    {"NVIDIA A100-SXM4-40GB", "A100 SXM 40GB"},
    {"NVIDIA A100-SXM4-80GB", "A100 SXM 80GB"},
    {"NVIDIA A100 80GB PCIe", "A100 PCIe 80GB"},
    {"NVIDIA L4", "L4"},
    {"NVIDIA L40S", "L40S"},
    {"NVIDIA GeForce RTX 4090", "RTX 4090"},
    {"NVIDIA H100 PCIe", "H100 PCIe"},
    {"NVIDIA H100 NVL", "H100 NVL"},
    {"NVIDIA H100 80GB HBM3", "H100 SXM"},
    {"NVIDIA H200", "H200 SXM"},
    {"NVIDIA H800", "H800 SXM"},
    {"NVIDIA B200", "B200 SXM"},
    {"NVIDIA GB200", "GB200"},
    {"NVIDIA GB300", "GB300"},
    // product names of AMD's driver, as its labels for nodes have them
    {"AMD_Instinct_MI300X_OAM", "MI300X"},
    {"AMD_Instinct_MI325X_OAM", "MI325X"},
    {"AMD_Instinct_MI325_OAM", "MI325X"},
    {"AMD_Instinct_MI355X_OAM", "MI355X"},
    // Google Kubernetes Engine, label cloud.google.com/gke-accelerator
    {"nvidia-tesla-t4", "T4"},
    {"nvidia-l4", "L4"},
    {"nvidia-tesla-a100", "A100 SXM 40GB"},
    {"nvidia-a100-80gb", "A100 SXM 80GB"},
    {"nvidia-h100-80gb", "H100 SXM"},
    {"nvidia-h100-mega-80gb", "H100 SXM"},
    {"nvidia-h200-141gb", "H200 SXM"},
    {"nvidia-b200", "B200 SXM"},
    {"nvidia-gb200", "GB200"},
    // and cloud.google.com/gke-tpu-accelerator
    {"tpu-v4-podslice", "TPU v4"},
    {"tpu-v5-lite-podslice", "TPU v5e"},
    {"tpu-v5-lite-device", "TPU v5e"},
    {"tpu-v5p-slice", "TPU v5p"},
    {"tpu-v6e-slice", "TPU v6e"},
};

/// The name under which a model's facts are known, or what it is called there. O(models).
inline std::string model_called(std::string_view theirs) {
    if (const accelerator* a = find_accelerator(theirs)) return a->model;
    for (const device_name& d : device_names)
        if (uonaco::detail::same_model(d.theirs, theirs.data(), theirs.size())) return d.model;
    return std::string(theirs);
}

} // namespace uonaco::inline UONACO_ABI::adapt
