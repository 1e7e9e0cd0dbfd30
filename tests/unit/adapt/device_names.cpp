// SPDX-License-Identifier: Apache-2.0
// Names of accelerators that are not ours.
#include "catch.hpp"

#include <uonaco/adapt/device_names.hpp>

using namespace uonaco;
using adapt::model_called;

TEST_CASE("every name of somebody else's is one of a model whose facts are known") {
    for (const adapt::device_name& d : adapt::device_names) {
        INFO(d.theirs);
        REQUIRE(find_accelerator(d.model));
        CHECK(model_called(d.theirs) == d.model);
    }
}

TEST_CASE("names as schedulers spell them") {
    CHECK(model_called("NVIDIA-H100-80GB-HBM3") == "H100 SXM"); // GPU feature discovery
    CHECK(model_called("nvidia_h100_80gb_hbm3") == "H100 SXM"); // Slurm with AutoDetect=nvml
    CHECK(model_called("nvidia_a100-sxm4-80gb") == "A100 SXM 80GB");
    CHECK(model_called("tesla_t4") == "T4");
    CHECK(model_called("h100-sxm") == "H100 SXM");
    CHECK(model_called("h100") == "h100"); // of which variant is not said
    CHECK(model_called("a100_3g.20gb") == "a100_3g.20gb");
    CHECK(model_called("") == "");
}
