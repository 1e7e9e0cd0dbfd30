// SPDX-License-Identifier: Apache-2.0
// On stdin {schemas: {kind: schema}, records: [[kind, record]]}; on stdout {"ajv VERSION DIALECT": [valid]}, {} where ajv is not found.
"use strict";
const load = (name) => {
    try {
        return require(name);
    } catch (error) {
        return null;
    }
};
const { schemas, records } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const about = load("ajv/package.json");
const version = about ? Number(about.version.split(".")[0]) : 0;
const options = version < 8 ? { format: false, logger: false } : { strict: false, validateFormats: false };
const answer = {};
for (const [dialect, file] of [["draft-07", "ajv"], ["2020-12", "ajv/dist/2020"]]) {
    const loaded = about && load(file);
    if (!loaded) continue;
    const Ajv = loaded.default || loaded;
    const compiled = {};
    for (const kind in schemas) compiled[kind] = new Ajv(options).compile(schemas[kind]);
    answer[`ajv ${about.version} ${dialect}`] = records.map(([kind, record]) => compiled[kind](record));
}
console.log(JSON.stringify(answer));
