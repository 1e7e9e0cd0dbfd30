// SPDX-License-Identifier: Apache-2.0
// A family of models beside its published measurements: how a row becomes a call of the library, and which constants that call
// takes. families/<name>.cpp defines one each.
#pragma once

#include "table.hpp"

#include <string>
#include <vector>

namespace accuracy {

/// One number that was fitted to measurements. It may depend on device, precision and software stack, never on a row.
struct constant {
    std::string name;
    double value = 0; ///< the library's
    double start = 0; ///< what one would take without any measurement of the family: where a fit begins
    double low = 0;
    double high = 0;
    /// How far measurements may pull it from `start` for free; a fit pays ((x - start) / freedom)^2 as if that were one row's
    /// squared error of one per cent. 0: as far as they like. So what nothing is known of stays at `start`.
    double freedom = 0;
};

/// Values of a family's constants, in their order.
using constants = std::vector<double>;

struct family {
    std::string name;                ///< of the tables it reads: "training" reads training.csv
    std::string unit_of_error = "%"; ///< of |predicted - published| / published
    std::vector<constant> fitted;    ///< in the order that predict() takes them
    double (*predict)(const row&, const constants&) = nullptr; ///< in the row's published unit
    std::string (*group)(const row&) = nullptr;  ///< rows that are left out together: a source, a device, a model
    std::string (*subset)(const row&) = nullptr; ///< rows shown with a line of their own; may be null
    /// Rows of a machine of which nothing is published but they: left out, they are predicted as a usual one's, shown apart and not
    /// in the mean. Null: there are none.
    bool (*without_facts)(const row&) = nullptr;
};

/// Whether what is stated of single machines beside their NICs is left unused (`--only-nics`).
inline bool only_nics = false;

/// All families, in the order they are shown.
const std::vector<family>& families();

// One each in families/.
family training();
family fsdp();
family multislice();
family collectives();
family low_communication();
family inference();
family memory();

} // namespace accuracy
