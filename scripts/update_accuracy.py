#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""docs/accuracy.md shows what bench_accuracy prints, docs/model.md and docs/model/*.md quote docs/accuracy.md, and error_bands
(include/uonaco/model/calibration.hpp) follow from it; --check fails where they differ, otherwise it is put there. Without a program only the quotations are looked at.
    scripts/update_accuracy.py [build/bench/bench/accuracy/bench_accuracy] [--check]

A quotation stands between `<!-- error of FAMILY -->` (a sentence) or `<!-- mean of FAMILY -->` (a cell of a table) and `<!-- end -->`.
"""
import math
import pathlib
import re
import subprocess
import sys

arguments = [a for a in sys.argv[1:] if a != "--check"]
if len(arguments) > 1:
    sys.exit(__doc__)
docs = pathlib.Path(__file__).resolve().parent.parent / "docs"
wrong = []


def put(page, wanted):
    if wanted == page.read_text():
        return
    wrong.append(str(page.relative_to(docs.parent)))
    if "--check" not in sys.argv:
        page.write_text(wanted)


accuracy = (docs / "accuracy.md").read_text()
if arguments:
    printed = subprocess.run([arguments[0], "--leave-one-out", "--format", "markdown"], check=True, capture_output=True, text=True)
    accuracy = re.sub(r"(?s)(<!-- printed -->\n).*?(<!-- end -->)", lambda m: m[1] + printed.stdout + m[2], accuracy, count=1)
    put(docs / "accuracy.md", accuracy)

families = {}
for line in accuracy.splitlines():
    cells = [c.strip() for c in line.split("|")[1:-1]]
    if len(cells) == 13 and cells[2] == "all":
        families[cells[0]] = dict(zip(("n", "unscored", "mean", "median", "p90", "most", "constants", "apart", "apart_p90", "apart_most"), cells[3:]))


def quotation(match):
    kind, family = match[2], match[3]
    if family not in families:
        sys.exit(f"docs/accuracy.md has no family '{family}'")
    f = families[family]
    if kind == "mean":
        said = f"{f['mean']} % ({f['apart']} %)"
    else:
        said = (
            f"Family `{family}`, {f['n']} published rows: mean error {f['mean']} %, nine of ten within {f['p90']} %, worst {f['most']} %; "
            f"left out of the fit: mean {f['apart']} %, worst {f['apart_most']} %."
        )
    return match[1] + said + match[4]


# The bands of outcomes: left-out p90, rounded up to a whole per cent.
header = docs.parent / "include/uonaco/model/calibration.hpp"
bands = {f: math.ceil(float(families[f]["apart_p90"])) for f in ("training", "inference")}
text = header.read_text()
for member, family in (("training", "training"), ("known_replica", "inference")):
    text = re.sub(rf"(units::ratio {member} = )0\.\d+;", rf"\g<1>{bands[family] / 100:.2f};", text, count=1)
put(header, text)
said = ", ".join(f"{f} {percent} %" for f, percent in bands.items())
put(docs / "accuracy.md", re.sub(r"(<!-- bands -->).*?(<!-- end -->)", rf"\g<1>{said}\g<2>", accuracy, count=1))

for page in [docs / "model.md", *sorted((docs / "model").glob("*.md"))]:
    put(page, re.sub(r"(<!-- (error|mean) of (\w+) -->).*?(<!-- end -->)", quotation, page.read_text()))
if wrong and "--check" in sys.argv:
    sys.exit(f"{', '.join(wrong)}: not what bench_accuracy prints or docs/accuracy.md shows: run scripts/update_accuracy.py")
