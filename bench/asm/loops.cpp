// SPDX-License-Identifier: Apache-2.0
#include "loops.hpp"

using namespace uonaco::units;

void raw_energy(const double* power, const double* time, double* energy, int n) {
    for (int i = 0; i < n; ++i) energy[i] = power[i] * time[i];
}
void typed_energy(const power* power, const duration* time, energy* energy, int n) {
    for (int i = 0; i < n; ++i) energy[i] = power[i] * time[i];
}

void raw_score(raw_columns c, const raw_weights* w, double* score, int n) {
    const raw_weights k = *w;
    for (int i = 0; i < n; ++i)
        score[i] = k.weight[0] * (c.time[i] / k.time) + k.weight[1] * (c.money[i] / k.money) +
                   k.weight[2] * (c.carbon[i] / k.carbon) + k.weight[3] * (c.energy[i] / k.energy);
}
void typed_score(typed_columns c, const typed_weights* w, factor* score, int n) {
    const typed_weights k = *w;
    for (int i = 0; i < n; ++i)
        score[i] = k.weight[0] * (c.time[i] / k.time) + k.weight[1] * (c.money[i] / k.money) +
                   k.weight[2] * (c.carbon[i] / k.carbon) + k.weight[3] * (c.energy[i] / k.energy);
}

int raw_argmin(const double* cost, int n) {
    int best = 0;
    double least = cost[0];
    for (int i = 1; i < n; ++i)
        if (cost[i] < least) {
            least = cost[i];
            best = i;
        }
    return best;
}
int typed_argmin(const money* cost, int n) {
    int best = 0;
    money least = cost[0];
    for (int i = 1; i < n; ++i)
        if (cost[i] < least) {
            least = cost[i];
            best = i;
        }
    return best;
}
