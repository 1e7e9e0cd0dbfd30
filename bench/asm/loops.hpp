// SPDX-License-Identifier: Apache-2.0
// The same three loops on plain doubles and on quantities. Timed by run/typed_loops.cpp, compared by opcode in asm/check.py.
#pragma once

#include <uonaco/units/kinds.hpp>

// Twins begin alike in their cache lines, as the same instructions placed otherwise take other times.
#define ALIGNED __attribute__((aligned(64)))

extern "C" {
// e[i] = p[i] t[i]
ALIGNED void raw_energy(const double* power, const double* time, double* energy, int n);
ALIGNED void typed_energy(const uonaco::units::power* power, const uonaco::units::duration* time,
                          uonaco::units::energy* energy, int n);

// s[i] = the weighted sum of four columns, each over its reference
struct raw_weights {
    double weight[4];
    double time, money, carbon, energy;
};
struct typed_weights {
    double weight[4];
    uonaco::units::duration time;
    uonaco::units::money money;
    uonaco::units::carbon_mass carbon;
    uonaco::units::energy energy;
};
struct raw_columns {
    const double *time, *money, *carbon, *energy;
};
struct typed_columns {
    const uonaco::units::duration* time;
    const uonaco::units::money* money;
    const uonaco::units::carbon_mass* carbon;
    const uonaco::units::energy* energy;
};
ALIGNED void raw_score(raw_columns c, const raw_weights* w, double* score, int n);
ALIGNED void typed_score(typed_columns c, const typed_weights* w, uonaco::units::factor* score, int n);

// the first row of least cost
ALIGNED int raw_argmin(const double* cost, int n);
ALIGNED int typed_argmin(const uonaco::units::money* cost, int n);
}
