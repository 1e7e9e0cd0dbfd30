#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the tables of members in docs/format.md from schemas/, between its markers. Their last column, what a member is called or means
elsewhere, is written by hand and stays; a member without one is an error. With --check nothing is written, and every JSON example of
the page has to be a record that validates, or part of one.
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "format.md"
BEGIN, END = "<!-- members: scripts/update_format.py -->\n", "<!-- end of members -->\n"
HEADER = ["$schema", "kind", "schema_version"]
ORDER = ["site", "network_node", "compute_pool", "storage_pool", "dataset", "fibre_span", "wan_link", "tariff", "circuit", "wan_path",
         "power_state", "risk_group", "workload", "scoring_profile", "decision", "reservation", "cats_metric",
         "scenario"]


def number(x):
    """0.25, 1e12, 1e-9"""
    if isinstance(x, int) and x >= 2**53:
        return str(x)
    text = f"{x:.15g}" if abs(x) < 10**6 else f"{x:.15e}"
    mantissa, _, exponent = text.partition("e")
    if exponent:
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return f"{mantissa}e{int(exponent)}" if exponent else text


def bounds(schema):
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    words = []
    if low is not None:
        words.append(f"{'above' if 'exclusiveMinimum' in schema else 'from'} {number(low)}")
    if high is not None:
        words.append(f"{'below' if 'exclusiveMaximum' in schema else 'to'} {number(high)}")
    if "not" in schema:
        words = [f"0, or from {number(schema['not']['exclusiveMaximum'])}"] + words[1:] if low == 0 else words + [
            f"or 0 and from {number(schema['not']['exclusiveMaximum'])}"]
    return (", " + " ".join(words)) if words else ""


def value(schema):
    if schema.get("type") == "array":
        return "list: " + value(schema["items"])
    if "allOf" in schema:
        name = schema["allOf"][0]["$ref"].split("/")[-1]
        return f"[{name}](#{name})"
    if "enum" in schema:
        return ", ".join(f"`{name}`" for name in schema["enum"])
    if schema.get("format") == "date-time":
        return "instant"
    pattern = schema.get("pattern", "")
    if pattern.startswith("^[A-Za-z0-9][A-Za-z0-9._:/-]"):
        return "id"
    if pattern.startswith("^[A-Z]"):
        return f"{pattern[7]} capitals"
    if schema["type"] == "object":
        return "object of strings" if "additionalProperties" in schema else "object"
    if schema["type"] in ("string", "boolean"):
        return {"string": "text", "boolean": "true or false"}[schema["type"]]
    kind = {"number": "number", "integer": "whole number"}[schema["type"]]
    return kind + bounds(schema)


def tables(schemas):
    """(title, meaning, properties, required), envelopes once and nested records after the first that has them."""
    envelope = set.intersection(*(set(s["properties"]) for s in schemas.values())) - set(HEADER) - {"id"}
    first = schemas["site"]
    yield "Every record", "What all records may say about themselves; a record of its own must say its `kind` and `schema_version`.", {
        key: first["properties"][key] for key in HEADER + [k for k in first["properties"] if k in envelope]}, set(HEADER[1:])
    seen = set()

    def nested(properties, definitions):
        for member in properties.values():
            inner = member.get("items", member)
            if "allOf" in inner:
                name = inner["allOf"][0]["$ref"].split("/")[-1]
                if name not in seen and name not in ORDER:
                    seen.add(name)
                    definition = definitions[name]
                    yield name, definition["description"] + ".", definition["properties"], set(definition.get("required", []))
                    yield from nested(definition["properties"], definitions)

    yield from nested({key: first["properties"][key] for key in envelope & set(first["properties"])}, first["definitions"])
    for kind in ORDER:
        schema = schemas[kind]
        own = {key: member for key, member in schema["properties"].items() if key not in envelope and key not in HEADER}
        yield kind, schema["description"] + ".", own, set(schema["required"])
        yield from nested(own, schema.get("definitions", {}))


def written_by_hand(page):
    """(record, key) -> last cell"""
    cells, record = {}, None
    for line in page[page.index(BEGIN):page.index(END)].splitlines():
        if line.startswith("### "):
            record = line[4:]
        elif line.startswith("| `"):
            parts = [part.strip() for part in line.strip().strip("|").split(" | ")]
            cells[record, parts[0].strip("`")] = parts[-1].replace(" |", "").strip() if len(parts) == 4 else ""
    return cells


def generate(schemas, cells):
    lines, lacking = [], []
    for record, meaning, properties, required in tables(schemas):
        lines += [f"### {record}", "", meaning, "", "| key | value | meaning | elsewhere |", "|---|---|---|---|"]
        for key, member in properties.items():
            cell = cells.get((record, key), "")
            if not cell:
                lacking.append(f"{record}.{key}")
            words = {"$schema": "the `$id` of the kind's schema", "kind": "the name of the record, as below",
                     "schema_version": "`1.0`; readers take any `1.x`"}
            text = words.get(key) or member.get("description", "")
            shown = "text" if key in HEADER else value(member)
            need = "**required** " if key in required else ""
            lines.append(f"| `{key}` | {need}{shown} | {text} | {cell} |")
        lines.append("")
    return "\n".join(lines), lacking


def examples_are_records(page):
    """Every ```json block: a whole record, or a member of one, which is wrapped. Returns what does not validate."""
    try:
        import jsonschema
    except ImportError:
        print("python3-jsonschema is not installed: the examples are not validated")
        return 0, []
    schemas = {p.name.split(".")[0]: json.loads(p.read_text()) for p in (ROOT / "schemas").glob("*.json")}
    wrong, found = [], 0
    for block in re.findall(r"```json\n(.*?)```", page, re.DOTALL):
        found += 1
        text = block.strip()
        if not text.startswith("{"):
            text = '{"kind": "workload", "schema_version": "1.0", "id": "w", "devices": {"count": 64}, ' + text + "}"
        document = json.loads(text)
        wrong += [f"{error.json_path}: {error.message}"
                  for error in jsonschema.Draft7Validator(schemas[document["kind"]]).iter_errors(document)]
    return found, wrong


def main():
    schemas = {path.name.split(".")[0]: json.loads(path.read_text()) for path in sorted((ROOT / "schemas").glob("*.json"))}
    if sorted(ORDER) != sorted(schemas):
        sys.exit(f"ORDER does not list the kinds there are: {sorted(set(ORDER) ^ set(schemas))}")
    page = PAGE.read_text()
    text, lacking = generate(schemas, written_by_hand(page))
    new = page[:page.index(BEGIN) + len(BEGIN)] + "\n" + text + "\n" + page[page.index(END):]
    if "--check" in sys.argv:
        if new != page:
            sys.exit("docs/format.md is not what the schemas say: run scripts/update_format.py and review the change")
    else:
        PAGE.write_text(new)
    if lacking:
        sys.exit("the last column of docs/format.md lacks: " + ", ".join(lacking))
    if "--check" in sys.argv:
        found, wrong = examples_are_records(page)
        print(f"{found} examples, {len(wrong)} wrong", *wrong, sep="\n")
        sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
