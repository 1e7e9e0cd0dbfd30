#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""docs/model/*.md against include/uonaco/model/*.hpp, which they mirror.
    model_pages.py --check          pages are complete, and what they name exists
    model_pages.py --figures FILE   writes a C++ program that ends with 0 if every default that a page quotes is the code's

Quoted is a row of a table of which the cell before the last is a figure and the last an expression in backticks:
| phi | share of the backward pass ... | 0.6 | `calibration{}.overlap` |
"""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parent.parent.parent
folder = root / "include" / "uonaco" / "model"
headers = {h.stem: h.read_text() for h in sorted(folder.glob("*.hpp"))}
pages = {p.stem: p.read_text() for p in sorted((root / "docs" / "model").glob("*.md"))}
sections = ["Formula", "Symbols", "Source", "Validity", "Error seen"]
formula_id = re.compile(r"\b(?:M1f|MEM\d|[CEFILMPQRSW]\d)\b")
literals = {"Gb/s": "Gbps", "GB/s": "GBps", "TFLOP/s": "TFLOPS", "W per Gb/s": "W_per_Gbps", "g/kWh": "g_per_kWh", "USD/h": "usd_per_h",
            "USD/kWh": "usd_per_kWh", "USD/(Gb/s h)": "usd_per_Gbps_h", "USD/GB": "usd_per_GB", "USD": "usd"}
literals.update((u, u) for u in ("ns", "us", "ms", "s", "min", "h", "km", "m", "W", "kW", "kB", "MB", "GB"))


def rows(text):
    """Line number and cells of each row of a table; a pipe within backticks is no border."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("| "):
            yield number, [c.strip() for c in re.sub(r"`[^`]*`", lambda m: m[0].replace("|", "\0"), line).split("|")[1:-1]]


def literal(figure):
    """The C++ of `25 MB`, `0.6`, `2/3` or `yes`; None if it is none of these."""
    if figure in ("yes", "no"):
        return "true" if figure == "yes" else "false"
    m = re.fullmatch(r"(-?[\d,]+(?:\.\d+)?(?:e-?\d+)?)(?:/(\d+(?:\.\d+)?))?(?: (.+))?", figure)
    if not m:
        return None
    number = m[1].replace(",", "")
    number += "" if re.search(r"[.e]", number) else ".0"
    if m[2]:
        number += f"/{m[2]}" if "." in m[2] else f"/{m[2]}.0"
    if m[3] is None:
        return number
    if m[3] == "B":
        return f"units::volume::from_si(8.0 * {number})"
    return f"{number}_{literals[m[3]]}" if m[3] in literals else None


def figures():
    checks = []
    for name, text in pages.items():
        for number, cells in rows(text):
            code = re.fullmatch(r"`([^`]+)`", cells[-1])
            if code and len(cells) > 2 and cells[-2]:
                value = literal(cells[-2])
                if value is None:
                    sys.exit(f"docs/model/{name}.md:{number}: no figure that can be compared: {cells[-2]}")
                checks.append(f'#line {number} "docs/model/{name}.md"\n    good &= same({code[1]}, {value}, "{name}.md:{number}: {cells[-2]}");')
    includes = "\n".join(f"#include <uonaco/model/{h}.hpp>" for h in headers)
    return program.replace("INCLUDES", includes).replace("CHECKS", "\n".join(checks))


program = """// What docs/model/*.md quote, against the code.
INCLUDES
#include <cstdio>
using namespace uonaco;
using namespace uonaco::literals;
namespace {
template <class T>
double si(const T& x) {
    if constexpr (requires { x.si(); }) return x.si();
    else return static_cast<double>(x);
}
template <class Code, class Page>
bool same(const Code& code, const Page& page, const char* shown) {
    static_assert(!requires { page.si(); } || requires { code - page; }, "the page states another dimension");
    const double apart = si(code) - si(page), part = 1e-9 * si(code);
    if ((apart <= part && -apart <= part) || (apart <= -part && -apart <= -part)) return true;
    std::printf("docs/model/%s on the page, the code has %g (SI)\\n", shown, si(code));
    return false;
}
} // namespace
int main() {
    bool good = true;
CHECKS
    return good ? 0 : 1;
}
"""


def called_by_evaluation():
    """Headers that evaluate/ includes, and what these include."""
    found, left = set(), []
    for h in (folder.parent / "evaluate").glob("*.hpp"):
        left += re.findall(r'#include "\.\./model/([a-z_]+)\.hpp"', h.read_text())
    while left:
        h = left.pop()
        if h not in found:
            found.add(h)
            left += re.findall(r'#include "([a-z_]+)\.hpp"', headers[h])
    return found


def check():
    problems = []
    wrong = problems.append
    called = called_by_evaluation()
    the_map = (root / "docs" / "model.md").read_text()
    listed = {cells[0]: cells for _, cells in rows(the_map)}
    for header, code in headers.items():
        of = header if header in pages else None
        for page, text in pages.items():
            if f"(../../include/uonaco/model/{header}.hpp)" in text.split("\n## ")[0]:
                of = page
        if of is None:
            wrong(f"include/uonaco/model/{header}.hpp has no page, and none names it before its first section")
            continue
        for i in sorted(set(formula_id.findall("\n".join(l for l in code.splitlines() if "//" in l))) - set(formula_id.findall(pages[of]))):
            wrong(f"docs/model/{of}.md: {header}.hpp cites {i}, the page does not")
        uses = sorted(re.findall(r'#include "([a-z_]+)\.hpp"', code))
        row = next((c for k, c in listed.items() if f"`{header}`" in re.sub(r"[\[\]]|\([^)]*\)", " ", k)), None)
        if row is None:
            wrong(f"docs/model.md: no row of a table has `{header}`")
        elif sorted(re.findall(r"`([a-z_]+)`", row[2])) != uses:
            wrong(f"docs/model.md: {header} is built on {', '.join(uses) or 'nothing of its folder'}, not on {row[2]}")
        elif row[3] != ("yes" if header in called else "no"):
            wrong(f"docs/model.md: {header} is {'' if header in called else 'not '}part of an evaluation")
    for page, text in pages.items():
        if page not in headers:
            wrong(f"docs/model/{page}.md mirrors no header")
        if re.findall(r"(?m)^## (.+)$", text) != sections:
            wrong(f"docs/model/{page}.md: its sections are not {', '.join(sections)}")
        if not text.startswith(f"# {page}\n") or f"(../../include/uonaco/model/{page}.hpp)" not in text.split("\n## ")[0]:
            wrong(f"docs/model/{page}.md does not begin with its name and a link to its header")
        if f"(model/{page}.md)" not in the_map:
            wrong(f"docs/model.md does not list docs/model/{page}.md")
        for file, title in re.findall(r'`(tests/[^`]+\.cpp)` "([^"]+)"', " ".join(text.split())):
            path = root / file
            if not path.exists() or f'TEST_CASE("{title}")' not in path.read_text():
                wrong(f'docs/model/{page}.md: {file} has no test "{title}"')
    cited, indexed = set(), set()
    for code in headers.values():
        cited.update(formula_id.findall("\n".join(l for l in code.splitlines() if "//" in l)))
    for ids, cells in listed.items():
        these = set(formula_id.findall(re.sub(r"([A-Z])(\d)-[A-Z](\d)", lambda m: " ".join(f"{m[1]}{i}" for i in range(int(m[2]), int(m[3]) + 1)), ids)))
        indexed |= these
        for page in re.findall(r"\(model/(\w+)\.md\)", cells[-1]) if these else ():
            if page in pages and not these & set(formula_id.findall(pages[page])):
                wrong(f"docs/model.md: docs/model/{page}.md cites none of {ids}")
    for i in sorted(cited - indexed):
        wrong(f"docs/model.md: no row of the formula ids has {i}")
    # struct constants of a step, whose page is training_step's; struct assumptions; struct calibration
    of_step, rest = headers["calibration"].split("mfu(device_type")[0].split("struct assumptions {")
    assumed, constants = rest.split("struct calibration {")
    for page, prefix, code, least in (
        ("training_step", r"training_step::constants", of_step, 10),
        ("calibration", "(?:calibration|assumptions)", assumed + constants, 20),
    ):
        members = re.findall(r"units::\w+ (\w+) =", code)
        assert len(members) > least
        for m in members:
            if not re.search(rf"\| `{prefix}\{{\}}\.{m}` \|", pages.get(page, "")):
                wrong(f"docs/model/{page}.md does not list {m}")
    return problems


if len(sys.argv) == 2 and sys.argv[1] == "--check":
    found = check()
    sys.exit("\n".join(found) if found else 0)
elif len(sys.argv) == 3 and sys.argv[1] == "--figures":
    pathlib.Path(sys.argv[2]).write_text(figures())
else:
    sys.exit(__doc__)
