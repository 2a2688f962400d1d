/** The engine behind a promise: a worker that runs the model, started anew after a failure. */

/** Stands for an answer that nobody waits for any longer. */
const DROPPED = { dropped: true };

/**
 * Makes the engine of its compiled bytes; also the whole program of the worker, so it names nothing outside.
 * @param {BufferSource} bytes
 * @returns {{ answer: (question: string) => string, bytes: () => number }} `bytes` is how much memory it has
 */
function makeEngine(bytes) {
  const module = new WebAssembly.Module(bytes);
  const imports = {};
  // The drawing library imports functions of a browser that nothing here calls.
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (imports[from] ??= {})[name] = () => { throw new Error(`the engine called ${name}`); };
  }
  const { memory, allocate, release, answer } = new WebAssembly.Instance(module, imports).exports;
  const told = (question) => {
    const asked = new TextEncoder().encode(question);
    const place = allocate(asked.length);
    new Uint8Array(memory.buffer, place, asked.length).set(asked);
    const at = answer(place, asked.length);
    release(place, asked.length);
    const length = new DataView(memory.buffer).getUint32(at, true);
    const text = new TextDecoder().decode(new Uint8Array(memory.buffer, at + 4, length));
    release(at, length + 4);
    return text;
  };
  return { answer: told, bytes: () => memory.buffer.byteLength };
}

/** The bytes of the engine as they stand in the page: gzip in base64. */
async function engineBytes() {
  const text = document.getElementById('engine')?.textContent.trim() ?? '';
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}

/** The engine in a worker, which leaves the page free to be used meanwhile. */
class EngineInWorker {
  /** @param {ArrayBuffer} bytes */
  constructor(bytes) {
    const program = `${makeEngine}
let engine;
onmessage = ({ data }) => {
  try {
    if (data.bytes) { engine = makeEngine(data.bytes); postMessage({ ready: true }); return; }
    const begun = performance.now();
    postMessage({ text: engine.answer(data.question), milliseconds: performance.now() - begun, bytes: engine.bytes() });
  } catch (error) { postMessage({ failure: String(error) }); }
};`;
    this.address = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
    this.worker = new Worker(this.address);
    this.ready = this.send({ bytes });
  }

  /** @param {object} message */
  send(message) {
    return new Promise((resolve, reject) => {
      this.worker.onmessage = ({ data }) => data.failure ? reject(new Error(data.failure)) : resolve(data);
      this.worker.onerror = (event) => { event.preventDefault(); reject(new Error(event.message || 'the worker failed')); };
      this.worker.postMessage(message);
    });
  }

  async ask(question) {
    await this.ready;
    return this.send({ question });
  }

  end() {
    this.worker.terminate();
    URL.revokeObjectURL(this.address);
  }
}

/** The engine in the page itself, where workers are forbidden. */
class EngineInPage {
  /** @param {ArrayBuffer} bytes */
  constructor(bytes) {
    this.engine = makeEngine(bytes);
    this.ready = Promise.resolve();
  }

  async ask(question) {
    const begun = performance.now();
    return { text: this.engine.answer(question), milliseconds: performance.now() - begun, bytes: this.engine.bytes() };
  }

  end() {}
}

/** Questions one after the other; of those of one channel that wait, the last one is asked. */
class Engine {
  /** @param {() => EngineInWorker | EngineInPage} make */
  constructor(make) {
    Object.assign(this, { make, instance: make(), waiting: [], busy: false });
  }

  /**
   * The answer to a question: `{ ok, milliseconds, bytes }` (of memory) or `{ problems }`, with `restarted` after a failure of the engine,
   * or `{ dropped }` if a later question of the same channel took its place.
   * @param {{ do: string, channel?: string }} request
   * @returns {Promise<object>}
   */
  ask({ channel, ...request }) {
    return new Promise((resolve) => {
      if (channel !== undefined) {
        const older = this.waiting.findIndex((other) => other.channel === channel);
        if (older >= 0) this.waiting.splice(older, 1)[0].resolve(DROPPED);
      }
      this.waiting.push({ channel, question: JSON.stringify(request), resolve });
      this.work();
    });
  }

  async work() {
    if (this.busy) return;
    this.busy = true;
    for (let next; (next = this.waiting.shift());) next.resolve(await this.answered(next.question));
    this.busy = false;
  }

  async answered(question) {
    try {
      const { text, ...measured } = await this.instance.ask(question);
      return { ...JSON.parse(text), ...measured };
    } catch (error) {
      // A program that stopped in the middle is in no state to go on.
      this.instance.end();
      this.instance = this.make();
      const message = String(error?.message ?? error);
      return { problems: [{ message, where: null, help: '', error: true, text: message }], restarted: true };
    }
  }
}

/**
 * Starts the engine of the page.
 * Fails with 'unsupported' where the browser cannot run it, with 'broken' where the file is damaged.
 * @returns {Promise<Engine>}
 */
export async function startEngine() {
  if (typeof WebAssembly !== 'object' || typeof DecompressionStream !== 'function') throw new Error('unsupported');
  let bytes;
  try {
    bytes = await engineBytes();
  } catch {
    throw new Error('broken');
  }
  if (!WebAssembly.validate(bytes)) throw new Error('broken');
  try {
    const engine = new Engine(() => new EngineInWorker(bytes));
    await engine.instance.ready;
    return engine;
  } catch {
    try {
      return new Engine(() => new EngineInPage(bytes));
    } catch {
      throw new Error('unsupported');
    }
  }
}
