import { describe, expect, it } from 'vitest';
import { account, address, LATEST, place, useChains } from '../../../chain.fixture.ts';
import type { Chain } from '../../../contract.ts';
import type { TraceOptions } from '../traceTypes.ts';

const start = useChains();
const CODE = address('c0');
const OTHER = address('c1');

async function traced(chain: Chain, hash: Uint8Array, tracer: string, options: TraceOptions = {}): Promise<unknown> {
  const result = await chain.execution.traceTransaction(hash, { tracer, ...options });
  return result.type === 'script' ? JSON.parse(result.json) : result;
}

/** Stores 7 in slot 1, calls another contract with 5 wei, which reverts after it stored 9 in slot 2, and stops. */
async function prepared(): Promise<{ chain: Chain; hash: Uint8Array }> {
  const chain = await start();
  await place(chain, OTHER, '0x60096002555f5ffd');
  await place(chain, CODE, '0x60076001555f5f5f5f600560c15af15000');
  const hash = await chain.control.submit({ from: account(chain).address, to: CODE, value: 8n, gasLimit: 200_000n });
  return { chain, hash };
}

describe('a tracer in JavaScript', () => {
  it('sees every opcode with its stack, its price and its depth', async () => {
    const { chain, hash } = await prepared();
    const steps = await traced(
      chain,
      hash,
      `{ list: [], fault() {}, result() { return this.list },
        step(log) { this.list.push([log.op.toString(), log.getPC(), log.getCost(), log.getDepth(), log.stack.length() ? log.stack.peek(0).toString(16) : null]) } }`,
    );
    expect((steps as unknown[]).slice(0, 4)).toEqual([
      ['PUSH1', 0, 3, 1, null],
      ['PUSH1', 2, 3, 1, '7'],
      ['SSTORE', 4, 22100, 1, '1'],
      ['PUSH0', 5, 2, 1, null],
    ]);
    expect(steps).toContainEqual(['SSTORE', 4, 22100, 2, '2']);
    expect((steps as unknown[]).at(-1)).toEqual(['STOP', 16, 0, 1, null]);
  });

  it('reads the state as it is at that moment, and what failed as it was before', async () => {
    const { chain, hash } = await prepared();
    const seen = await traced(
      chain,
      hash,
      `{ seen: [], fault(log, db) { this.note('fault', db) }, result(ctx, db) { this.note('end', db); return this.seen },
        note(what, db) {
          this.seen.push([what, db.getBalance(toAddress('0xc0')).toString(), db.getBalance(toAddress('0xc1')).toString(),
            toHex(db.getState(toAddress('0xc0'), toWord('0x1'))).slice(-2), toHex(db.getState(toAddress('0xc1'), toWord('0x2'))).slice(-2)])
        },
        step(log, db) { const op = log.op.toString(); if (op === 'SSTORE' || op === 'CALL' || op === 'REVERT' || op === 'STOP') this.note(op, db) } }`,
    );
    expect(seen).toEqual([
      ['SSTORE', '8', '0', '00', '00'],
      ['CALL', '8', '0', '07', '00'],
      ['SSTORE', '3', '5', '07', '00'],
      ['REVERT', '3', '5', '07', '09'],
      ['fault', '3', '5', '07', '09'],
      ['STOP', '8', '0', '07', '00'],
      ['end', '8', '0', '07', '00'],
    ]);
  });

  it('sees messages as frames, and the transaction as a whole', async () => {
    const { chain, hash } = await prepared();
    const frames = await traced(
      chain,
      hash,
      `{ list: [], fault() {}, setup(config) { this.config = JSON.parse(config) },
        enter(frame) { this.list.push([frame.getType(), toHex(frame.getFrom()), toHex(frame.getTo()), frame.getValue().toString(), toHex(frame.getInput())]) },
        exit(frame) { this.list.push([frame.getError(), toHex(frame.getOutput())]) },
        result(ctx) { return { list: this.list, config: this.config, type: ctx.type, to: toHex(ctx.to), value: ctx.value.toString(), gas: ctx.gas, gasUsed: ctx.gasUsed, block: ctx.block, txIndex: ctx.txIndex, txHash: toHex(ctx.txHash) } } }`,
      { tracerConfig: { text: '{"deep":[1]}' } },
    );
    const { receipts } = chain.chain.head;
    expect(frames).toEqual({
      list: [
        ['CALL', CODE.toString(), OTHER.toString(), '5', '0x'],
        ['execution reverted', '0x'],
      ],
      config: { deep: [1] },
      type: 'CALL',
      to: CODE.toString(),
      value: '8',
      gas: 200_000,
      gasUsed: Number(receipts[0]?.gasUsed),
      block: 1,
      txIndex: 0,
      txHash: `0x${Buffer.from(hash).toString('hex')}`,
    });
  });

  it('has what geth gives it', async () => {
    const { chain, hash } = await prepared();
    const given = await traced(
      chain,
      hash,
      `{ fault() {}, result() { return {
        contract: toHex(toContract('0x970e8128ab834e8eac17ab8e3812f010678cf791', 0)),
        second: toHex(toContract('0x970e8128ab834e8eac17ab8e3812f010678cf791', 300)),
        contract2: toHex(toContract2('0xdeadbeef00000000000000000000000000000000', '0x0', '0x00')),
        precompiles: [isPrecompiled(toAddress('0x4')), isPrecompiled(toAddress('0xc0'))],
        slice: toHex(slice(toWord('0x0102'), 30, 32)),
        sum: bigInt('ff', 16).add(1).multiply(2).toString(16), small: bigInt(3).valueOf() + 1, hex: toHex([1, 2]) } } }`,
    );
    expect(given).toEqual({
      contract: '0x333c3310824b7c685133f2bedb2ca4b8b4df633d',
      second: expect.stringMatching(/^0x[0-9a-f]{40}$/),
      contract2: '0xb928f69bb1d91cd65274e3c79d8986362984fda3',
      precompiles: [true, false],
      slice: '0x0102',
      sum: '200',
      small: 4,
      hex: '0x0102',
    });
  });

  it.each([
    ['endless', '{ fault() {}, step() { while (true); }, result() { return 1 } }', 'execution timeout'],
    ['endless before it begins', '(() => { while (true); })()', 'execution timeout'],
    [
      'greedy',
      '{ fault() {}, result() { const all = []; while (true) all.push(new Uint8Array(1e6)) } }',
      'out of memory',
    ],
    [
      'too deep',
      '{ fault() {}, result() { const f = () => f() + 1; return f() } }',
      "in server-side tracer function 'result'",
    ],
    [
      'wrong',
      '{ fault() {}, step() { return nothing.at }, result() {} }',
      "nothing' is not defined    in server-side tracer function 'step'",
    ],
    ['no code', '{ fault() {', 'SyntaxError'],
    ['without a result', '{ fault() {} }', 'trace object must expose a function result()'],
    ['with half of the frames', '{ fault() {}, result() {}, enter() {} }', 'either both or none of enter() and exit()'],
    [
      'out of the stack',
      '{ fault() {}, step(log) { log.stack.peek(9) }, result() {} }',
      'tracer accessed out of bound stack: size 0, index 9',
    ],
  ])('that is %s stops, and the node does not', async (_, tracer, message) => {
    const { chain, hash } = await prepared();
    let turns = 0;
    const ticking = setInterval(() => turns++, 5);
    try {
      // What fills its memory takes a while.
      const timeoutMs = message === 'out of memory' ? 20_000 : 300;
      await expect(traced(chain, hash, tracer, { timeoutMs })).rejects.toThrow(message);
      expect(turns).toBeGreaterThan(0);
    } finally {
      clearInterval(ticking);
    }
  });

  it.each([
    'process',
    'require',
    "globalThis.constructor.constructor('return process')()",
    "import('node:fs')",
    "toHex.constructor('return process')()",
    'openSandbox',
    'fetch',
  ])('reaches nothing outside by %s', async (attempt) => {
    const { chain, hash } = await prepared();
    const tracer = `{ fault() {}, result() { let found; try { found = ${attempt} } catch (error) { return 'refused' } return typeof found?.then === 'function' ? 'refused' : String(found) } }`;
    expect(await traced(chain, hash, tracer)).toBe('refused');
  });

  it('traces calls and blocks, and beside others', async () => {
    const { chain } = await prepared();
    const tracer =
      '{ count: 0, fault() {}, step() { this.count++ }, result(ctx) { return [this.count, ctx.txHash === undefined] } }';
    const call = await chain.execution.traceCall({ from: account(chain).address, to: CODE, value: 8n }, LATEST, {
      tracer,
    });
    expect(call).toEqual({ type: 'script', json: '[19,true]' });
    const [one] = await chain.execution.traceBlock(chain.chain.head, { tracer });
    expect(one?.result).toEqual({ type: 'script', json: '[19,false]' });
  });
});
