// One instance of the model, which answers one question after the other (web/src/question.rs).
let exports;
let sentence = "";

const bytes = (start, length) => new Uint8Array(exports.memory.buffer, start, length);
const text = (start, length) => new TextDecoder().decode(bytes(start, length));

// What the library that writes workbooks would ask of a page: the time, of which nothing stands in them, and chance and
// more that is never asked.
function foreign(module) {
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    const answer = name.startsWith("__wbg_now_") ? () => 0 : () => { throw new Error(`nobody answers ${name}`); };
    (imports[from] ??= {})[name] = answer;
  }
  return imports;
}

function ask(what, more) {
  const line = new TextEncoder().encode(`${JSON.stringify(what)}\n`);
  const room = exports.room(line.length + more.length);
  bytes(room, line.length).set(line);
  bytes(room + line.length, more.length).set(more);
  const length = exports.ask(room, line.length + more.length);
  if (length < 0) throw new Error(text(exports.answer(), -length));
  return bytes(exports.answer(), length).slice();
}

async function begin(module) {
  // The sentence of a panic comes before the trap that ends everything.
  const page = { failed: (start, length) => { sentence = text(start, length); } };
  ({ exports } = await WebAssembly.instantiate(module, { ...foreign(module), page }));
  exports.begin();
}

// Questions may come before it is there.
let begun;

onmessage = async ({ data }) => {
  if (data.module) {
    begun = begin(data.module);
    return;
  }
  try {
    await begun;
    const answer = ask(data.what, data.bytes ?? new Uint8Array());
    postMessage({ id: data.id, answer }, [answer.buffer]);
  } catch (error) {
    postMessage({ id: data.id, failed: sentence || error.message });
  }
};
