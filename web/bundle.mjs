// Puts the module, its worker and the scripts of page/ into one file:
//
//   node bundle.mjs MODULE.wasm PAGE.html
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const [wasm, out] = process.argv.slice(2);
const folder = join(dirname(fileURLToPath(import.meta.url)), "page");
const read = (name) => readFileSync(join(folder, name), "utf8").trim();

// Modules of ours, each after those that it takes from; no two of them use one name for two things.
function bundled(name, seen = new Set()) {
  if (seen.has(name)) return "";
  seen.add(name);
  const text = read(name);
  const taken = [...text.matchAll(/^import .* from "\.\/(.*)";$/gm)].map((one) => bundled(one[1], seen));
  const own = text.replaceAll(/^import .*\n/gm, "").replaceAll(/^export /gm, "");
  return [...taken, own].filter(Boolean).join("\n");
}

const packed = (file) => gzipSync(readFileSync(file), { level: 9 }).toString("base64");
const script = `"use strict";\n(() => {\n${bundled("main.mjs")}\nmain();\n})();`;
const parts = {
  style: read("page.css"),
  module: packed(wasm),
  // They go with every copy.
  licences: packed(join(folder, "../../THIRD-PARTY.txt")),
  worker: read("worker.js"),
  script,
};
if ([parts.worker, script].some((text) => text.includes("</script"))) throw new Error("a script may not end itself");
const page = read("index.html").replaceAll(/\[\[(\w+)\]\]/g, (_, part) => parts[part]);
writeFileSync(out, `${page}\n`);
console.log(`${out}: ${(page.length / 1e6).toFixed(1)} MB`);
