#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks who includes whom in include/uonaco. A header includes its own folder and lower floors, never a sibling on its
own floor; third-party headers stand where they are allowed; headers at the root are include lists and reach everything.
"""
import pathlib
import posixpath
import re
import sys

FLOORS = [
    ["base"],
    ["units"],
    ["series", "record"],
    ["resource", "workload", "decision"],
    ["network"],
    ["model"],
    ["evaluate"],
    ["reserve"],
    ["place"],
    ["reflect"],
    ["io"],
    ["adapt", "testing"],
]
FLOOR = {folder: floor for floor, folders in enumerate(FLOORS) for folder in folders}

# Folder or header -> what of others it may include, by prefix.
THIRD_PARTY = {
    "place/ranges.hpp": ["range/v3/"],
    "reflect": ["boost/hana"],
    "io": ["nlohmann/"],
    "adapt": ["nlohmann/"],
    "testing": ["nlohmann/"],
}

# Umbrella -> the folders and headers it lists. The core knows of the network what an estate needs, no more.
UMBRELLAS = {
    "core.hpp": ["base", "units", "series", "record", "resource", "workload", "decision", "model", "evaluate",
                 "network/fwd.hpp", "network/graph.hpp", "network/paths.hpp", "network/options.hpp"],
    "model.hpp": ["core.hpp", "model"],
    "network.hpp": ["core.hpp", "network"],
    "place.hpp": ["core.hpp", "network.hpp", "reserve", "place"],
    "json.hpp": ["core.hpp", "network.hpp", "place.hpp", "reflect", "io"],
    "uonaco.hpp": ["core.hpp", "model.hpp", "network.hpp", "place.hpp", "json.hpp", "place/ranges.hpp", "adapt", "testing"],
}

# Too dear for everybody (style: measured): the door to mathematics is base/math.hpp.
DEAR = {"base": ["cmath", "string_view"], "units": ["cmath", "string_view"]}
DEAR_EVERYWHERE = ["cmath", "iostream", "regex", "ranges", "functional"]

# Who wants these includes them; everything else is reached from uonaco.hpp.
BY_NAME_ONLY = ("adapt/", "testing/", "reflect/hana.hpp", "io/stream.hpp", "io/merge.hpp", "io/extern.hpp")

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)


def check(root):
    own = root / "include" / "uonaco"
    headers = {str(path.relative_to(own)): path.read_text() for path in sorted(own.rglob("*.hpp"))}
    problems, edges = [], {name: set() for name in headers}

    for name, text in headers.items():
        def problem(offset, words, text=text, name=name):
            problems.append(f"include/uonaco/{name}:{text.count(chr(10), 0, offset) + 1}: {words}")

        folder = name.split("/")[0] if "/" in name else None
        if not text.startswith("// SPDX-License-Identifier: Apache-2.0\n"):
            problem(0, "the first line has to be the SPDX line")
        if "#pragma once" not in text:
            problem(0, "no #pragma once")
        if folder is None:
            code = INCLUDE.sub("", COMMENT.sub("", text)).replace("#pragma once", "")
            if name not in UMBRELLAS:
                problem(0, "a header at the root that check_layers.py does not know")
            elif code.strip():
                problem(0, "an umbrella header holds includes and comments only")
        elif folder not in FLOOR:
            problem(0, f"{folder}/ is on no floor; check_layers.py lists them")
            continue

        for match in INCLUDE.finditer(text):
            kind, target = match.groups()
            if kind == '"':
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
            elif target.startswith("uonaco/"):
                target = target[len("uonaco/"):]
                if target == "ext/config.hpp" and name == "base/config.hpp":
                    continue  # the user's own
            else:
                foreign = "/" in target or target.endswith((".h", ".hpp"))
                allowed = THIRD_PARTY.get(name, THIRD_PARTY.get(folder, []))
                if foreign and not target.startswith(tuple(allowed)):
                    problem(match.start(), f"<{target}> is third-party, which is not allowed here")
                if folder and FLOOR[folder] <= FLOOR["place"] and target in DEAR.get(folder, []) + DEAR_EVERYWHERE:
                    if name not in THIRD_PARTY:
                        problem(match.start(), f"<{target}> costs too much to include here")
                continue

            if target not in headers:
                problem(match.start(), f"there is no uonaco/{target}")
                continue
            edges[name].add(target)
            if "/" not in target:
                if folder:
                    problem(match.start(), f"{target} is for users; include the header that is meant")
                elif target not in UMBRELLAS[name]:
                    problem(match.start(), f"{name} does not list {target}")
                continue
            target_folder = target.split("/")[0]
            if target_folder not in FLOOR:
                continue
            if folder is None:
                if target not in UMBRELLAS[name] and target_folder not in UMBRELLAS[name]:
                    problem(match.start(), f"{name} does not list {target}")
            elif target_folder != folder and FLOOR[target_folder] >= FLOOR[folder]:
                where = "a sibling" if FLOOR[target_folder] == FLOOR[folder] else "a floor above"
                problem(match.start(), f"{folder}/ may not include {target_folder}/, which is {where}")
            if target in THIRD_PARTY and folder and name not in THIRD_PARTY:
                problem(match.start(), f"{target} brings a third-party header")

    reached, todo = set(), ["uonaco.hpp"] if "uonaco.hpp" in headers else []
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo.extend(edges[name])
    for name in headers:
        if reached and name not in reached and not name.startswith(BY_NAME_ONLY) and not name.endswith("/fwd.hpp"):
            problems.append(f"include/uonaco/{name}:1: uonaco.hpp does not reach it")
    return len(headers), problems


def main():
    count, problems = check(pathlib.Path(__file__).resolve().parent.parent)
    print("\n".join(problems + [f"{count} headers, {len(problems)} problems"]))
    return 1 if problems or not count else 0


if __name__ == "__main__":
    sys.exit(main())
