import { bigInt } from './bigInteger.mjs';
import { createBuiltins } from './builtins.mjs';
import { bigOf, digitsOf, fromHex } from './bytes.mjs';
import { createLog, Frame } from './log.mjs';
import { Records } from './records.mjs';
import { TracedState } from './state.mjs';

const BUFFERS = ['from', 'to', 'input', 'output', 'coinbase', 'blockHash', 'txHash'];
const NOTHING = new Uint8Array();

/** Lets a tracer see a transaction as geth shows it, from the records of what it did. */
class Sandbox {
  #facts;
  #state;
  #db;
  #frames = [];
  #step = { opcode: 0, pc: 0, gas: 0, cost: 0, depth: 0, refund: 0, error: undefined };
  #log;
  #entered;
  #left;
  #tracer;
  /** In which of the tracer's functions it is, for the words of an error. */
  #place = '';
  #enteredFrame = {
    getType: () => this.#entered.type,
    getFrom: () => this.#entered.from.slice(),
    getTo: () => this.#entered.target.slice(),
    getInput: () => this.#entered.input.slice(),
    getGas: () => this.#entered.gas,
    getValue: () => (this.#entered.type === 'STATICCALL' ? undefined : bigOf(this.#entered.value)),
  };
  #leftFrame = {
    getGasUsed: () => this.#left.gasUsed,
    getOutput: () => this.#left.output.slice(),
    getError: () => this.#left.error,
  };
  #readers = [
    undefined,
    (records) => this.#readStep(records),
    (records) => this.#readEnter(records),
    (records) => this.#readExit(records),
    (records) => this.#readAccount(records),
    (records) => {
      const key = `s${digitsOf(records.take(20))}${digitsOf(records.take(32))}`;
      this.#state.note(key, digitsOf(records.take(32)));
    },
    (records) => {
      const key = `c${digitsOf(records.take(20))}`;
      this.#state.note(key, digitsOf(records.take(records.u32())));
    },
    (records) => this.#readSelfDestruct(records),
  ];

  constructor({ ask, keccak }, facts) {
    this.#facts = facts;
    this.#state = new TracedState(ask);
    this.#db = this.#state.db;
    this.#log = createLog(this.#step, () => this.#frames[this.#frames.length - 1], facts.opcodes);
    for (const [name, value] of Object.entries(createBuiltins(keccak, facts.precompiles))) {
      Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
    }
  }

  /** Takes in a tracer. @returns what it has, as letters: s for step, f for frames. */
  load(tracer, config) {
    return this.#guarded(() => {
      this.#tracer = tracer;
      const lack = this.#lackOf(tracer);
      if (lack !== undefined) return `!${lack}`;
      if (this.#has('setup')) this.#call('setup', config);
      this.#place = '';
      return (this.#has('step') ? 's' : '') + (this.#has('enter') ? 'f' : '');
    });
  }

  feed(buffer) {
    return this.#guarded(() => {
      const records = new Records(buffer);
      while (!records.isAtEnd) this.#readers[records.u8()](records);
      return '';
    });
  }

  /** @returns the tracer's result as JSON. */
  result(text) {
    return this.#guarded(() => {
      this.#state.end();
      const context = JSON.parse(text);
      for (const name of BUFFERS) if (name in context) context[name] = fromHex(context[name]);
      for (const name of ['value', 'gasPrice']) context[name] = bigInt(context[name]);
      return JSON.stringify(this.#call('result', context, this.#db)) ?? 'null';
    });
  }

  #lackOf(tracer) {
    if (typeof tracer !== 'object' || tracer === null) return 'the tracer must be an object';
    const missing = ['result', 'fault'].find((name) => !this.#has(name));
    if (missing !== undefined) return `trace object must expose a function ${missing}()`;
    if (this.#has('enter') === this.#has('exit')) return undefined;
    return 'trace object must expose either both or none of enter() and exit()';
  }

  #has(name) {
    return typeof this.#tracer[name] === 'function';
  }

  #call(name, ...given) {
    this.#place = name;
    return this.#tracer[name](...given);
  }

  /** Errors come back as text after an exclamation mark. */
  #guarded(work) {
    try {
      return work();
    } catch (error) {
      const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      return this.#place === '' ? `!${words}` : `!${words}    in server-side tracer function '${this.#place}'`;
    }
  }

  #readStep(records) {
    const step = this.#step;
    const frame = this.#frames[this.#frames.length - 1];
    step.opcode = records.u8();
    step.depth = records.u16();
    step.pc = records.u32();
    step.gas = records.f64();
    step.cost = records.f64();
    step.refund = records.f64();
    step.error = this.#facts.failures[records.u8()] ?? undefined;
    frame.stack.length = records.u16();
    for (let added = records.u16(); added > 0; added--) frame.stack.push(records.take(32));
    frame.size = records.u32();
    const offset = records.u32();
    frame.write(offset, records.take(records.u32()));
    this.#call('step', this.#log, this.#db);
  }

  #readEnter(records) {
    const type = this.#facts.kinds[records.u8()];
    const depth = records.u16();
    const [caller, to, code, value] = [20, 20, 20, 32].map((size) => records.take(size));
    const gas = records.f64();
    const input = records.take(records.u32());
    this.#frames.push(new Frame({ caller, to, value, input }));
    if (depth === 0 || !this.#has('enter')) return;
    const isDelegated = type === 'DELEGATECALL' || type === 'CALLCODE';
    const [from, target] = isDelegated ? [to, code] : [caller, to];
    this.#entered = { type, from, target, input, gas, value };
    this.#call('enter', this.#enteredFrame);
  }

  #readExit(records) {
    const isFault = records.u8() === 1;
    const error = records.text(records.u16()) || undefined;
    const gasUsed = records.f64();
    const output = records.take(records.u32());
    if (isFault) {
      this.#step.error = error;
      this.#call('fault', this.#log, this.#db);
    }
    this.#frames.pop();
    this.#left = { gasUsed, output, error };
    if (this.#frames.length > 0 && this.#has('exit')) this.#call('exit', this.#leftFrame);
  }

  #readAccount(records) {
    const key = `a${digitsOf(records.take(20))}`;
    const nonce = records.f64();
    const balance = digitsOf(records.take(32));
    this.#state.note(key, `${nonce} ${balance} ${records.u8()}`);
  }

  #readSelfDestruct(records) {
    const [from, target, value] = [20, 20, 32].map((size) => records.take(size));
    if (!this.#has('enter')) return;
    this.#entered = { type: 'SELFDESTRUCT', from, target, input: NOTHING, gas: 0, value };
    this.#left = { gasUsed: 0, output: NOTHING, error: undefined };
    this.#call('enter', this.#enteredFrame);
    this.#call('exit', this.#leftFrame);
  }
}

/** Where the thread finds it. */
globalThis.openSandbox = (host, facts) => {
  delete globalThis.openSandbox;
  const sandbox = new Sandbox(host, facts);
  return {
    load: (tracer, config) => sandbox.load(tracer, config),
    feed: (buffer) => sandbox.feed(buffer),
    result: (text) => sandbox.result(text),
  };
};
