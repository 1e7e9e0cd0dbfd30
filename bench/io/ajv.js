// SPDX-License-Identifier: Apache-2.0
// node ajv.js ROUNDS PASSES: on stdin {schema, good: text, bad: text}; on stdout ajv's version and the processor time in ns, of this
// process with its collector, that JSON.parse and validation take of `good`: medians of the rounds, each the least of its passes.
"use strict";
let Ajv, version;
try {
    const loaded = require("ajv");
    Ajv = loaded.default || loaded;
    version = require("ajv/package.json").version;
} catch (error) {
    process.exit(3);
}
const { schema, good, bad } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const options = Number(version.split(".")[0]) < 8 ? { format: false, logger: false } : { strict: false, validateFormats: false };
const validate = new Ajv(options).compile(schema);
const document = JSON.parse(good);
if (!validate(document) || validate(JSON.parse(bad))) process.exit(4);

const [rounds, passes] = process.argv.slice(2).map(Number);
const shortest = 10000; // of a pass, in us: the clock tells no less than 1
const time = (f, repeats) => {
    const start = process.cpuUsage();
    for (let i = 0; i < repeats; ++i) f();
    const taken = process.cpuUsage(start);
    return taken.user + taken.system;
};
const repeats = (f) => {
    let n = 1;
    while (time(f, n) < shortest) n *= 2;
    return n;
};
const contestants = [() => JSON.parse(good), () => validate(document)].map((f) => ({ f, n: repeats(f), all: [] }));
for (let round = 0; round < rounds; ++round)
    for (const { f, n, all } of contestants) {
        let least = Infinity;
        for (let pass = 0; pass < passes; ++pass) least = Math.min(least, time(f, n));
        all.push((1000 * least) / n);
    }
const median = (all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)];
console.log(version, ...contestants.map(({ all }) => median(all)));
