#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Quantities cost nothing: compiles loops.cpp and compares each typed loop with its raw twin, opcode by opcode.

    bench/asm/check.py [COMPILER ...]      default: those of g++, clang++-16, clang++-19 that are here

Fails where the counts per opcode differ. Registers, order and jump targets may differ; that is no work.
"""
import collections
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
INCLUDE = HERE.parents[1] / "include"
FLAGS = ["-std=c++20", "-O3", "-DNDEBUG", "-march=x86-64-v3", "-ffp-contract=off"]
LOOPS = ["energy", "score", "argmin"]

FUNCTION = re.compile(r"^[0-9a-f]+ <(\w+)>:$")
INSTRUCTION = re.compile(r"^\s*[0-9a-f]+:\t(?:(?:data16|cs|rex\S*|lock|notrack)\s+)*(\w+)")
PADDING = {"nop", "nopw", "nopl", "xchg", "int3"}


def opcodes(compiler):
    """Function name -> how often each opcode occurs in it."""
    with tempfile.TemporaryDirectory() as scratch:
        out = f"{scratch}/loops.o"
        subprocess.run([compiler, *FLAGS, f"-I{INCLUDE}", "-c", str(HERE / "loops.cpp"), "-o", out], check=True)
        text = subprocess.run(["objdump", "-d", "--no-show-raw-insn", out], check=True, capture_output=True, text=True).stdout
    counts, here = {}, None
    for line in text.splitlines():
        if match := FUNCTION.match(line):
            here = counts.setdefault(match[1], collections.Counter())
        elif (match := INSTRUCTION.match(line)) and match[1] not in PADDING:
            here[match[1]] += 1
    return counts


def main(compilers):
    compilers = compilers or [c for c in ("g++", "clang++-16", "clang++-19") if shutil.which(c)]
    differ = False
    print("| compiler | loop | raw | typed | differing opcodes |\n|---|---|--:|--:|---|")
    for compiler in compilers:
        counts = opcodes(compiler)
        for loop in LOOPS:
            raw, typed = counts[f"raw_{loop}"], counts[f"typed_{loop}"]
            changed = [f"{op} {raw[op]} -> {typed[op]}" for op in sorted(raw | typed) if raw[op] != typed[op]]
            print(f"| {compiler} | {loop} | {raw.total()} | {typed.total()} | {', '.join(changed) or 'none'} |")
            differ = differ or bool(changed)
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
