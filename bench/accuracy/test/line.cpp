// SPDX-License-Identifier: Apache-2.0
// Made up: y = a x + b, with a factor for each of two devices.
#include "family.hpp"

namespace accuracy {

family line() {
    family f;
    f.name = "line";
    f.fitted = {{"a", 2.0, 1.0, 0.0, 10.0}, {"b", 5.0, 0.0, 0.0, 100.0}, {"of_q", 1.1, 1.0, 0.5, 2.0, 0.1}};
    f.predict = [](const row& r, const constants& c) {
        return (c[0] * r.number("x") + c[1]) * (r.text("device") == "q" ? c[2] : 1.0);
    };
    f.group = [](const row& r) { return r.text("source"); };
    f.without_facts = [](const row& r) { return r.text("source") == "third"; };
    f.subset = [](const row& r) { return r.text("device"); };
    return f;
}

} // namespace accuracy
