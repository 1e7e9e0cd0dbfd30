#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Maximum concurrent flow at a gap of 1 %, beside the exact edge LP by HiGHS, in one run (needs python3-scipy).

usage: flows_highs.py BENCH_FLOWS [INSTANCE]      158 (generated, default) or a file, see flows.cpp
"""
import subprocess, sys, time

try:
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import coo_matrix
except ImportError:
    sys.exit("python3-scipy is not installed: no comparison")


def exact(n, arcs, capacity):
    """max share; one commodity a source: out - in = share x what the node sends less what it gets."""
    m = len(arcs)
    row, col, value, bound = [], [], [], n * m
    scale = max(capacity)
    for s in range(n):
        need = [-((7 * s + 13 * v) % 17 + 1) if v != s else 0 for v in range(n)]
        need[s] = -sum(need)
        for e, (a, b) in enumerate(arcs):
            row += [s * n + a, s * n + b]
            col += [s * m + e] * 2
            value += [1.0, -1.0]
        for v in range(n):
            row.append(s * n + v)
            col.append(bound)
            value.append(-need[v] / scale)
    equal = coo_matrix((value, (row, col)), shape=(n * n, n * m + 1)).tocsr()
    r = np.tile(np.arange(m), n)
    c = np.arange(n * m)
    upper = coo_matrix((np.ones(n * m), (r, c)), shape=(m, n * m + 1)).tocsr()
    cost = np.zeros(n * m + 1)
    cost[-1] = -1
    start = time.process_time()
    answer = linprog(cost, A_ub=upper, b_ub=np.array(capacity) / scale, A_eq=equal, b_eq=np.zeros(n * n), method="highs")
    seconds = time.process_time() - start
    assert answer.status == 0, answer.message
    return answer.x[-1], seconds


bench, name = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "158"
call = lambda *a: subprocess.run([bench, *a], check=True, capture_output=True, text=True).stdout
lines = call("--instance", name).split("\n")
n, m = map(int, lines[0].split())
rows = [line.split() for line in lines[1 : m + 1]]
arcs, capacity = [(int(r[0]), int(r[1])) for r in rows], [float(r[2]) for r in rows]
best, highs = exact(n, arcs, capacity)
runs = sorted(tuple(map(float, call("--once", name, "0.01").split())) for _ in range(5))
share, bound, _ = runs[0]
ours = sorted(r[2] for r in runs)[2]
print(f"{name}: {n} nodes, {m} edges, {n * (n - 1)} demands")
print(f"HiGHS, edge LP      {best:.10g} in {highs:.2f} s")
print(f"uonaco, proven 1 %  {share:.10g} .. {bound:.10g} in {ours:.3f} s (median of 5)")
print(f"{highs / ours:.0f} times as fast")
if not share <= best * (1 + 1e-6) or not bound >= best * (1 - 1e-6) or bound > share * 1.01:
    sys.exit("the two disagree")
if highs < 10 * ours:
    sys.exit("less than 10 times as fast")
