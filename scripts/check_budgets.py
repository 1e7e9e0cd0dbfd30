#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what an include costs against bench/compile/budgets.txt. The gate is the number of template instantiations that
clang 16 counts, which is the same on every machine. The time g++ takes is shown beside its budget and only warned about; it is
scaled by that of some standard headers, taken in turn with it, so that a slower machine or a busy one does not matter much.
With --update the counted instantiations become the budgets; with --counts no time is taken.
"""
import argparse
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUDGETS = ROOT / "bench" / "compile" / "budgets.txt"
HEADROOM = 1.05  # --update leaves room for a small change; a larger one is worth a look
FLAGS = ["-std=c++20", f"-I{ROOT / 'include'}", "-x", "c++"]
REFERENCE = "".join(f"#include <{name}>\n" for name in ["array", "concepts", "cstdint", "span", "string_view", "vector"])
REFERENCE_MS = 106  # of REFERENCE, on the idle machine that the budgets are meant for


def headers_of(patterns):
    """The include lines for a list of paths below include/uonaco, * standing for every header of a folder."""
    own = ROOT / "include" / "uonaco"
    names = [str(p.relative_to(own)) for pattern in patterns for p in sorted(own.glob(pattern))]
    if not names:
        sys.exit(f"no header matches {' '.join(patterns)}")
    return "".join(f"#include <uonaco/{name}>\n" for name in names)


def instantiations(source, scratch):
    trace = scratch / "trace.json"
    subprocess.run(["clang++-16", *FLAGS, "-c", "-o", scratch / "out.o", f"-ftime-trace={trace}",
                    "-ftime-trace-granularity=0", source], check=True)
    return len(re.findall(r'"name":"Instantiate(?:Class|Function)"', trace.read_text()))


def processor_time(source):
    """User and system time of one compilation, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["g++", *FLAGS, "-fsyntax-only", source], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def milliseconds(source, reference):
    """Scaled time of a compilation: the least of five over the least of as many of the reference, in turn."""
    turns = [(processor_time(source), processor_time(reference)) for _ in range(5)]
    return round(min(t for t, _ in turns) / min(r for _, r in turns) * REFERENCE_MS)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--update", action="store_true")
    arguments.add_argument("--counts", action="store_true")
    asked = arguments.parse_args()
    update = asked.update

    lines, over = [], []
    print(f"{'include':<12} {'instantiations':>14} {'budget':>8} {'g++ ms':>8} {'budget':>8}")
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        reference = scratch / "reference.cpp"
        reference.write_text(REFERENCE)
        for line in BUDGETS.read_text().splitlines(keepends=True):
            if not line.strip() or line.startswith("#"):
                lines.append(line)
                continue
            name, count_budget, time_budget, *patterns = line.split()
            source = scratch / "one.cpp"
            source.write_text(headers_of(patterns))
            count = instantiations(source, scratch)
            time = "-" if asked.counts else milliseconds(source, reference)
            verdict = ""
            if not asked.counts and time > int(time_budget):
                verdict = "   slower than planned (advisory)"
            if count > int(count_budget) and not update:
                verdict += "   TOO MANY INSTANTIATIONS"
                over.append(name)
            print(f"{name:<12} {count:>14} {count_budget:>8} {time:>8} {time_budget:>8}{verdict}", flush=True)
            lines.append(f"{name:<12} {int(count * HEADROOM):>14} {time_budget:>8}   {' '.join(patterns)}\n")
    if update:
        BUDGETS.write_text("".join(lines))
    if over:
        print(f"over budget: {', '.join(over)}. Make the include cheaper, or explain the new budget in the change.")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
