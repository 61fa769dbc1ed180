// Makes the passes of scenarios with the module of the page, without a page, and prints the hash of each answer.
//
//   node tests/browser/same.mjs rvtsim_web.wasm scenario.toml...
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { runInThisContext } from "node:vm";

const [module, ...scenarios] = process.argv.slice(2);
let answered;
globalThis.postMessage = (message) => answered(message);
runInThisContext(readFileSync(new URL("../../web/page/worker.js", import.meta.url), "utf8"));
await globalThis.onmessage({ data: { module: await WebAssembly.compile(readFileSync(module)) } });

function ask(what) {
  return new Promise((resolve, reject) => {
    answered = ({ answer, failed }) => (failed === undefined ? resolve(answer) : reject(new Error(failed)));
    globalThis.onmessage({ data: { id: 1, what } });
  });
}

for (const path of scenarios) {
  const name = basename(path);
  const checked = await ask({ ask: "check", files: [[name, readFileSync(path, "utf8")]], scenario: name });
  const { plan, remarks } = JSON.parse(new TextDecoder().decode(checked));
  if (!plan) throw new Error(`${path}: ${JSON.stringify(remarks)}`);
  for (const number of plan.passes.keys()) {
    const made = await ask({ ask: "pass", number });
    console.log(`${name} ${number} ${createHash("sha256").update(made).digest("hex")}`);
  }
}
