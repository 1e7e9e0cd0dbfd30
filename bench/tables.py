#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints the tables of docs/benchmarks.md: each program once with g++ and once with clang, one after the other.
    bench/tables.py [--quick] [SECTION ...]     sections 1 to 8; without any: all
--quick shows that it runs; its figures mean little. Needs the presets bench and bench-clang16, built; 7 and 8 are g++'s alone and take the real
networks from UONACO_DATA.
"""
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parent.parent
compilers = ["bench", "bench-clang16"]
quick = ["--quick"] if "--quick" in sys.argv else []


def cells(line):
    return [c.strip() for c in line.strip().strip("|").split("|")]


def output(preset, program):
    """What a program prints."""
    path = root / "build" / preset / "bench" / f"bench_{program}"
    if not path.exists():
        sys.exit(f"tables: {path} is not built: cmake --preset {preset} && cmake --build --preset {preset}")
    done = subprocess.run([path, *quick], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"tables: {path} ended with {done.returncode}: results differ\n{done.stdout}")
    return done.stdout


def rows(preset, program):
    """The rows of all tables that a program prints, without their heads."""
    lines = output(preset, program).splitlines()
    body = [i for i, line in enumerate(lines) if line.startswith("|")]
    rules = {i for i in body if re.fullmatch(r"[|:\s-]+", lines[i])}
    return [cells(lines[i]) for i in body if i not in rules and i + 1 not in rules]


def table(head, merged):
    names = cells(head)
    print(head)
    print("|" + "|".join("---" if i == 0 else "--:" for i in range(len(names))) + "|")
    for row in merged:
        print("| " + " | ".join(row) + " |")
    print()


def both(program):
    return list(zip(*(rows(c, program) for c in compilers)))


def typed_loops():
    table("| loop | g++ typed/raw | clang typed/raw | g++ ns an element, typed / raw | clang |",
          [[g[0], g[3], c[3], f"{g[1]} / {g[2]}", f"{c[1]} / {c[2]}"] for g, c in both("typed_loops")])


def compute_step():
    table("| sites | g++ typed/hand | clang | g++ typed/hand with libm | clang | g++ ns: typed / hand / libm | clang |",
          [[g[0], g[3], c[3], g[6], c[6], f"{g[1]} / {g[2]} / {g[5]}", f"{c[1]} / {c[2]} / {c[5]}"]
           for g, c in both("compute_step")])


def batch():
    table("| family | sites | compute, g++ | compute, clang | all, g++ | all, clang | compute ns, g++: single / block | clang "
          "| all ns, g++ | clang |",
          [[g[0], g[1], g[5], c[5], g[9], c[9], f"{g[3]} / {g[4]}", f"{c[3]} / {c[4]}", f"{g[7]} / {g[8]}", f"{c[7]} / {c[8]}"]
           for g, c in both("batch")])


def placement():
    pairs = [(g, c) for g, c in both("placement")]
    table("| workload | candidates | feasible | generate | gather | compute, settle, check | rank | all: g++ | all: clang "
          "| M candidates/s | allocations |",
          [[*g[:8], c[7], g[9], g[10]] for g, c in pairs if len(g) == 11])
    table("| place_one | compared | feasible | ms, g++ | us a candidate, g++ | clang | us a feasible one, g++ | clang |",
          [[*g[:5], c[4], g[5], c[5]] for g, c in pairs if len(g) == 6])


def cross_site():
    print("Section 5 is what bench_cross_site prints, word for word; ctest compares them.\n")


def sensitivity():
    table("| sites | inputs | one evaluation, us | all slopes, us: g++ | clang | times one evaluation: g++ | clang "
          "| of two evaluations an input: g++ | clang |",
          [[g[0], g[1], g[2], g[3], c[3], g[4], c[4], g[7], c[7]] for g, c in both("sensitivity")])


def beside(program):
    """Of each network, least nodes first: its name, nodes and links, and by what was measured (ours, theirs, ratio)."""
    networks = {}
    for line in output("bench", program).splitlines():
        if head := re.match(r"(\S+): (?:(\d+) nodes, (\d+) links|\d+ pairs)", line):
            figures = {}
            networks[head[1]] = (head[1], head[2] or "", head[3] or "", figures)
        elif row := re.match(r"(.{34}) uonaco +([\d.]+) us +(\S.*?) +([\d.]+) us +([\d.]+) times", line):
            figures[row[1].strip() or row[3]] = (row[2], row[4], row[5])
    return sorted(networks.values(), key=lambda n: int(n[1] or 0))


def slashed(figures, name):
    ours, theirs, ratio = figures.get(name, ("", "", ""))
    return [f"{ours} / {theirs}" if ours else "", ratio]


def network_paths():
    table("| network | nodes | links | one source | ratio | all pairs with paths | ratio | costs only, Floyd | ratio |",
          [[n, nodes, links, *slashed(f, "Dijkstra from one node"), *slashed(f, "all pairs, with paths"),
            *slashed(f, "all pairs, costs only")] for n, nodes, links, f in beside("network_paths")])


def network():
    pairs = {n: f for n, _, _, f in beside("network_pairs")}
    table("| network | nodes | links | k = 4, igraph | ratio | k = 16, igraph | ratio | disjoint pair, LEMON | ratio |",
          [[n, nodes, links, *slashed(f, "k shortest paths of a pair, k = 4"), *slashed(f, "k shortest paths of a pair, k = 16"),
            *slashed(pairs.get(n, {}), "disjoint pair")] for n, nodes, links, f in beside("network_paths")])
    flows = [re.split(r"\s{2,}|\s(?=\d+ )", line.strip()) for line in output("bench", "flows").splitlines()]
    table("| network | nodes | edges | demands | asked | proven share | gap | rounds | seconds |",
          [f for f in flows if len(f) == 9 and ".." in f[5]])
    blocking = [re.fullmatch(r"(.{20}) +(\d+) +([\d.]+) +([\d.]+) +(-?[\d.]+) +(\d+)", line)
                for line in output("bench", "blocking").splitlines()]
    table("| policy | Erlang | blocked | M requests/s |",
          [[b[1].strip(), b[2], b[3], f"{int(b[6]) / 1e6:.2f}"] for b in blocking if b])


sections = {"1": typed_loops, "2": compute_step, "3": batch, "4": placement, "5": cross_site, "6": sensitivity, "7": network_paths,
            "8": network}
asked = [a for a in sys.argv[1:] if a != "--quick"]
if any(a not in sections for a in asked):
    sys.exit(__doc__)
for name in asked or sections:
    print(f"Section {name}\n")
    sections[name]()
