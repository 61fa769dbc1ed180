// The model: its module, and workers that each hold an instance of it.

// What stands in the page as gzip in base64.
export async function unpacked(base64) {
  const packed = Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")));
}

export class Model {
  #worker;
  #asked = new Map();
  #number = 0;

  constructor(module, script) {
    const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    this.#worker = new Worker(address);
    URL.revokeObjectURL(address);
    this.#worker.onmessage = ({ data }) => {
      const { resolve, reject } = this.#asked.get(data.id);
      this.#asked.delete(data.id);
      if (data.failed === undefined) resolve(data.answer);
      else reject(new Error(data.failed));
    };
    this.#worker.postMessage({ module });
  }

  // The answer as bytes.
  ask(what, bytes) {
    const id = ++this.#number;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#worker.postMessage({ id, what, bytes });
    });
  }

  // The answer as a value.
  async told(what, bytes) {
    return JSON.parse(new TextDecoder().decode(await this.ask(what, bytes)));
  }

  end() {
    this.#worker.terminate();
  }
}
