/** Counts runs of opcodes within one message. @param length how many opcodes make one. */
const histogram = (length: number): string => `{
  counts: {}, recent: [], depth: 0,
  step(log) {
    const depth = log.getDepth();
    const op = log.op.toString();
    if (depth !== this.depth) {
      this.depth = depth;
      this.recent = ${length === 3 ? "['', '']" : `${length === 2 ? '[op]' : '[]'}`};
      ${length === 1 ? '' : 'return;'}
    }
    const key = [...this.recent, op].join('-');
    this.counts[key] = (this.counts[key] || 0) + 1;
    this.recent = [...this.recent, op].slice(${1 - length || 1});
  },
  fault() {},
  result() { return this.counts; },
}`;

const OPCOUNT = `{
  count: 0,
  step() { this.count++; },
  fault() {},
  result() { return this.count; },
}`;

const NOTHING = '{ step() {}, fault() {}, result() { return {}; } }';

/** Selectors by how many bytes of arguments, of calls to code, the first one too. */
const SELECTORS = `{
  counts: {},
  note(input) {
    if (input.length < 4) return;
    const key = toHex(slice(input, 0, 4)) + '-' + (input.length - 4);
    this.counts[key] = (this.counts[key] || 0) + 1;
  },
  step(log) {
    const value = { CALL: 1, CALLCODE: 1, DELEGATECALL: 0, STATICCALL: 0 }[log.op.toString()];
    if (value === undefined || isPrecompiled(toAddress(log.stack.peek(1).toString(16)))) return;
    const offset = log.stack.peek(2 + value).valueOf();
    this.note(log.memory.slice(offset, offset + log.stack.peek(3 + value).valueOf()));
  },
  fault() {},
  result(ctx) { this.note(ctx.input); return this.counts; },
}`;

/** What a disassembler that follows values needs: each opcode with what it left on the stack, calls with their own. */
const DISASSEMBLY = `{
  open: [{ ops: [] }],
  pushed(op) {
    if (op >= 0x90 && op <= 0x9f) return op - 0x8e;
    if (op >= 0x80 && op <= 0x8f) return op - 0x7e;
    const none = [0x00, 0x37, 0x39, 0x3c, 0x50, 0x52, 0x53, 0x55, 0x56, 0x57, 0x5b, 0xf3, 0xfd, 0xfe, 0xff];
    return none.includes(op) || (op >= 0xa0 && op <= 0xa4) ? 0 : 1;
  },
  describe(log, op, name) {
    const at = (index) => log.stack.peek(index).valueOf();
    const piece = (index) => log.memory.slice(at(index), at(index) + at(index + 1));
    const call = { error: null, return: null, ops: [] };
    if (name === 'CALL' || name === 'CALLCODE') {
      return { gas: at(0), to: log.stack.peek(1).toString(16), value: log.stack.peek(2).toString(), input: piece(3), ...call };
    }
    if (name === 'DELEGATECALL' || name === 'STATICCALL') {
      return { op: name, gas: at(0), to: log.stack.peek(1).toString(16), input: piece(2), ...call };
    }
    if (name === 'JUMPDEST') return { pc: log.getPC() };
    return log.op.isPush() ? { len: op - 0x5e } : {};
  },
  step(log) {
    const frame = this.open[this.open.length - 1];
    const error = log.getError();
    if (error) {
      frame.error = error;
      return;
    }
    if (log.getDepth() !== this.open.length) {
      this.open = this.open.slice(0, log.getDepth());
      return;
    }
    const op = log.op.toNumber();
    const name = log.op.toString();
    const before = frame.ops[frame.ops.length - 1];
    if (before !== undefined) {
      for (let i = 0; i < this.pushed(before.op); i++) before.result.push(log.stack.peek(i).toString(16));
    }
    const info = { op, depth: log.getDepth(), result: [], ...this.describe(log, op, name) };
    if (info.ops !== undefined) this.open.push(info);
    if (name === 'RETURN' || name === 'REVERT') {
      const offset = log.stack.peek(0).valueOf();
      frame.return = log.memory.slice(offset, offset + log.stack.peek(1).valueOf());
    } else if (name === 'STOP' || name === 'SELFDESTRUCT') frame.return = log.memory.slice(0, 0);
    frame.ops.push(info);
  },
  fault() {},
  result() { return this.open[0].ops; },
}`;

/**
 * The call tree by frames. Precompiles are no calls here; a contract that was made shows its code; what failed without any
 * opcode that did is an internal failure, and calls without code show no gas.
 */
const CALLS = `{
  open: [{ calls: [] }],
  gas(value) { return '0x' + bigInt(value).toString(16); },
  enter(frame) {
    const value = frame.getValue();
    const call = { type: frame.getType(), from: toHex(frame.getFrom()), to: toHex(frame.getTo()) };
    if (value !== undefined && call.type !== 'DELEGATECALL') call.value = '0x' + value.toString(16);
    if (call.type !== 'SELFDESTRUCT') {
      call.gas = this.gas(frame.getGas());
      call.input = toHex(frame.getInput());
    }
    call.isHidden = call.type !== 'SELFDESTRUCT' && isPrecompiled(frame.getTo());
    call.calls = [];
    this.open.push(call);
  },
  exit(frame) {
    const { isHidden, hasRun, hasFailed, calls, ...call } = this.open.pop();
    if (call.type !== 'SELFDESTRUCT') {
      const error = frame.getError();
      if (hasRun) call.gasUsed = this.gas(frame.getGasUsed());
      else delete call.gas;
      if (error !== undefined) call.error = hasFailed ? error : 'internal failure';
      const isShown = error === undefined ? hasRun : error === 'execution reverted' && frame.getOutput().length > 0;
      if (isShown) call.output = toHex(frame.getOutput());
      if (error !== undefined && call.type.startsWith('CREATE')) delete call.to;
    }
    if (isHidden) return;
    if (calls.length > 0) call.calls = calls;
    this.open[this.open.length - 1].calls.push(call);
  },
  step(log) {
    const frame = this.open[this.open.length - 1];
    frame.hasRun = true;
    if (log.getError() !== undefined) frame.hasFailed = true;
  },
  fault() { this.open[this.open.length - 1].hasFailed = true; },
  result(ctx) {
    const call = {
      type: ctx.type, from: toHex(ctx.from), to: toHex(ctx.to), value: '0x' + ctx.value.toString(16),
      gas: this.gas(ctx.gas), gasUsed: this.gas(ctx.gasUsed), input: toHex(ctx.input),
    };
    if (ctx.error !== undefined) call.error = ctx.error;
    if (ctx.error === undefined || (ctx.error === 'execution reverted' && ctx.output.length > 0)) call.output = toHex(ctx.output);
    if (this.open[0].calls.length > 0) call.calls = this.open[0].calls;
    return call;
  },
}`;

/** The accounts and slots that the transaction found. */
const PRESTATE = `{
  found: {}, isBegun: false,
  account(address, db) {
    const key = toHex(address);
    if (this.found[key] !== undefined) return;
    this.found[key] = { balance: '0x' + db.getBalance(address).toString(16), nonce: db.getNonce(address), code: toHex(db.getCode(address)), storage: {} };
  },
  slot(address, key, db) {
    this.account(address, db);
    const { storage } = this.found[toHex(address)];
    if (storage[toHex(key)] === undefined) storage[toHex(key)] = toHex(db.getState(address, key));
  },
  step(log, db) {
    const self = log.contract.getAddress();
    if (!this.isBegun) {
      this.isBegun = true;
      this.account(self, db);
      this.account(log.contract.getCaller(), db);
    }
    const addressAt = (index) => toAddress(log.stack.peek(index).toString(16));
    const op = log.op.toString();
    if (op === 'SLOAD' || op === 'SSTORE') this.slot(self, toWord(log.stack.peek(0).toString(16)), db);
    else if (['EXTCODECOPY', 'EXTCODESIZE', 'EXTCODEHASH', 'BALANCE'].includes(op)) this.account(addressAt(0), db);
    else if (['CALL', 'CALLCODE', 'DELEGATECALL', 'STATICCALL'].includes(op)) this.account(addressAt(1), db);
    else if (op === 'CREATE') this.account(toContract(self, db.getNonce(self)), db);
    else if (op === 'CREATE2') {
      const offset = log.stack.peek(1).valueOf();
      const initcode = log.memory.slice(offset, offset + log.stack.peek(2).valueOf());
      this.account(toContract2(self, log.stack.peek(3).toString(16), initcode), db);
    }
  },
  fault() {},
  result(ctx, db) {
    this.account(ctx.to, db);
    this.account(ctx.from, db);
    const [from, to] = [this.found[toHex(ctx.from)], this.found[toHex(ctx.to)]];
    const balance = (of) => bigInt(of.balance.slice(2), 16);
    to.balance = '0x' + balance(to).subtract(ctx.value).toString(16);
    const paid = bigInt(this.isBegun ? ctx.gas : ctx.gasUsed).multiply(ctx.gasPrice);
    from.balance = '0x' + balance(from).add(ctx.value).add(paid).toString(16);
    from.nonce--;
    if (ctx.type === 'CREATE') delete this.found[toHex(ctx.to)];
    return this.found;
  },
}`;

/** geth's tracers that it wrote in JavaScript, by name, in our own words. */
const SCRIPTS: Readonly<Record<string, string>> = {
  unigramTracer: histogram(1),
  bigramTracer: histogram(2),
  trigramTracer: histogram(3),
  opcountTracer: OPCOUNT,
  noopTracerLegacy: NOTHING,
  '4byteTracerLegacy': SELECTORS,
  evmdisTracer: DISASSEMBLY,
  callTracerLegacy: CALLS,
  prestateTracerLegacy: PRESTATE,
};

/** What can only be code: no name has a brace or a parenthesis in it. */
const IS_CODE = /[{(=]/;

/** @returns the code of a tracer that is given by its name, or is code itself; undefined for a name that nobody knows. */
export function scriptOf(tracer: string): string | undefined {
  if (Object.hasOwn(SCRIPTS, tracer)) return SCRIPTS[tracer];
  return IS_CODE.test(tracer) ? tracer : undefined;
}
