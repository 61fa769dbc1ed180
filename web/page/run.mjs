// One run: passes are handed to makers one by one, and a merger makes the page of what has come in. Who makes
// which pass never shows in what comes out.

export class Run {
  #makers;
  #merger;
  #plan;
  #told;

  // `start` gives a model, `told` hears of progress and of pages.
  constructor({ start, nMakers, question, plan, told }) {
    this.#makers = Array.from({ length: nMakers }, start);
    this.#merger = start();
    this.#plan = plan;
    this.#told = told;
    this.ended = this.#carryOut(question);
  }

  // Ends it at once; what was shown stays.
  cancel() {
    this.#makers.forEach((maker) => maker.end());
    this.#merger.end();
  }

  ask(what, bytes) {
    return this.#merger.ask(what, bytes);
  }

  // What it is made of, as bytes.
  tables() {
    return this.ask({ ask: "tables" });
  }

  // The page of it beside others, of which names and tables are given; or the archive of all.
  async beside(others, later, ask = "beside") {
    const earlier = others.map(([name, { length }]) => [name, length]);
    const tables = await new Blob(others.map(([, bytes]) => bytes)).arrayBuffer();
    return this.ask({ ask, earlier, later }, new Uint8Array(tables));
  }

  async #carryOut(question) {
    const all = [this.#merger, ...this.#makers];
    await Promise.all(all.map((model) => model.ask(question)));
    const waiting = this.#plan.passes.map((pass, number) => ({ ...pass, number }));
    const nOpen = new Map();
    for (const pass of waiting) nOpen.set(pass.replication, (nOpen.get(pass.replication) ?? 0) + 1);
    const work = waiting.reduce((sum, pass) => sum + pass.work, 0);
    // Hours that are divided by work are found with the first pass of a group; who has not made it waits for it.
    const groups = new Map();
    const idle = [];
    let done = 0;
    let nDone = 0;
    let nShown = 1;
    let isMerging = false;

    const whole = () => {
      let replications = 0;
      while (nOpen.get(replications + 1) === 0) replications += 1;
      return replications;
    };
    // What is whole by now, unless that is all: then the last page comes with everything.
    const show = async () => {
      const replications = whole();
      if (isMerging || replications <= nShown || replications === this.#plan.replications) return;
      isMerging = true;
      const page = await this.#merger.ask({ ask: "page", replications, journeys: false });
      nShown = replications;
      isMerging = false;
      this.#told({ page, replications });
    };
    const take = () => {
      const at = waiting.findIndex(({ group }) => groups.get(group) !== "begun");
      return at < 0 ? undefined : waiting.splice(at, 1)[0];
    };
    const make = async (maker) => {
      for (;;) {
        const pass = take();
        if (!pass && waiting.length === 0) return;
        if (!pass) {
          await new Promise((resolve) => { idle.push(resolve); });
          continue;
        }
        const isFirst = !groups.has(pass.group);
        if (isFirst) groups.set(pass.group, "begun");
        const made = await maker.ask({ ask: "pass", number: pass.number });
        const others = isFirst ? this.#makers.filter((other) => other !== maker) : [];
        await Promise.all([this.#merger, ...others].map((model) => model.ask({ ask: "keep" }, made)));
        groups.set(pass.group, "known");
        idle.splice(0).forEach((resolve) => resolve());
        nOpen.set(pass.replication, nOpen.get(pass.replication) - 1);
        done += pass.work;
        nDone += 1;
        this.#told({ share: done / work, nDone, nPasses: this.#plan.passes.length });
        // Not waited for: the next pass begins meanwhile.
        show().catch(fail);
      }
    };
    let fail;
    const failed = new Promise((_, reject) => { fail = reject; });
    await Promise.race([failed, Promise.all(this.#makers.map(make))]);
    this.#makers.forEach((maker) => maker.end());
    this.#told({ share: 1, isMerging: true });
    const { replications } = this.#plan;
    const page = await Promise.race([failed,
      this.#merger.ask({ ask: "page", replications, journeys: true })]);
    this.#told({ page, replications, isLast: true });
  }
}
