import { Common, Hardfork, Mainnet } from '@ethereumjs/common';
import { Core, CoreFull, type CoreResult, createKeccak256, StateMissing, type UnitCompiler } from '@minichain/evm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { assemble } from './assemble.fixture.ts';
import { createUnitCompiler, type UnitCompilerOptions } from './index.ts';

const common = new Common({ chain: Mainnet, hardfork: Hardfork.Osaka });
const keccak256 = createKeccak256();
const EMPTY = keccak256(new Uint8Array());
const CALLER = new Uint8Array(20).fill(0xaa);
const TARGET = new Uint8Array(20).fill(0xcc);
const AT_ONCE: UnitCompilerOptions = { threshold: 1, reach: 'all', hasBudget: false };
const AFTER_A_WHILE: UnitCompilerOptions = { threshold: 5, hasBudget: false };

interface World {
  readonly compiler?: UnitCompiler | undefined;
  readonly slot?: (key: Uint8Array) => Uint8Array;
}

function open(code: Uint8Array, { compiler, slot = () => new Uint8Array() }: World = {}): Core {
  const core = new Core({ common, precompile: () => undefined, compiler });
  const hash = keccak256(code);
  core.open({
    account: (address) =>
      address[0] === 0xcc ? { nonce: 1n, balance: 5n, codeHash: hash, hasStorage: false } : undefined,
    slot: (_, key) => slot(key),
    code: () => code,
    blockHash: () => undefined,
  });
  const block = { number: 1n, timestamp: 2n, coinbase: CALLER, gasLimit: 30_000_000n, prevRandao: EMPTY, chainId: 1n };
  core.setBlock({ ...block, baseFee: 7n });
  return core;
}

const begin = (core: Core): void => core.beginTransaction({ origin: CALLER, gasPrice: 1n });
const messageOf = (gas: bigint, data: Uint8Array) => ({ caller: CALLER, to: TARGET, value: 0n, data, gas });
const word = (value: number): Uint8Array => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');

/** What can be seen of a run, as text. */
function shown(core: Core, { status, gasLeft, refund, output }: CoreResult): string {
  const logs = core.logs().map(({ topics, data }) => [...topics, data].map((one) => Buffer.from(one).toString('hex')));
  const { accounts } = core.takeChanges();
  const slots = accounts.flatMap((one) =>
    one.slots.map(({ key, value }) => [key, value].map((b) => Buffer.from(b).toString('hex')).join('=')),
  );
  return JSON.stringify([status, `${gasLeft}`, `${refund}`, Buffer.from(output).toString('hex'), logs, slots.sort()]);
}

/** Runs to the end, however often it has to wait. */
async function finish(core: Core, gas: bigint, { rounds, slice }: { rounds: number; slice?: bigint }) {
  const before = core.checkpoint();
  begin(core);
  core.slice = slice;
  let waits = 0;
  let ended = core.run(messageOf(gas, word(rounds)));
  while ('why' in ended) {
    waits++;
    await ended.fetch?.();
    core.slice = slice;
    ended = core.resume();
  }
  const text = shown(core, ended);
  core.revert(before);
  return { text, waits, gasUsed: gas - ended.gasLeft };
}

/** In each the first word of the call data says how often it loops. */
const PROGRAMS: Readonly<Record<string, string>> = {
  arithmetic:
    '0 CALLDATALOAD again: DUP1 DUP1 MUL 7 ADD DUP2 AND DUP2 SDIV 3 SAR NOT CLZ POP 1 SWAP1 SUB DUP1 @again JUMPI STOP',
  'memory that grows':
    '0 CALLDATALOAD again: DUP1 DUP1 4000 MUL MSTORE 1 SWAP1 SUB DUP1 @again JUMPI MSIZE 0 MSTORE 32 0 RETURN',
  'memory far away': '0 CALLDATALOAD again: DUP1 DUP1 200 EXP MSTORE 1 SWAP1 SUB DUP1 @again JUMPI STOP',
  hashes: '0 CALLDATALOAD again: DUP1 32 MSTORE 64 0 KECCAK256 0 MSTORE 1 SWAP1 SUB DUP1 @again JUMPI 32 0 RETURN',
  'storage and logs':
    '0 CALLDATALOAD again: DUP1 SLOAD DUP2 ADD DUP2 SSTORE DUP1 0 0 LOG1 1 SWAP1 SUB DUP1 @again JUMPI STOP',
  'a stack that overflows': '0 CALLDATALOAD again: DUP1 DUP1 @again JUMPI STOP',
  'a stack that underflows': `0 CALLDATALOAD ${'1 '.repeat(50)} again: POP 1 @again JUMPI STOP`,
  'calls inside the code': `0 CALLDATALOAD 1 again: @first SWAP1 @double JUMP first: @second SWAP1 @double JUMP second: 3 XOR
    SWAP1 1 SWAP1 SUB SWAP1 DUP2 @again JUMPI 0 MSTORE 32 0 RETURN double: DUP1 ADD SWAP1 JUMP`,
  recursion: `0 CALLDATALOAD @end SWAP1 down: DUP1 ISZERO @bottom JUMPI 1 SWAP1 SUB @up SWAP1 @down JUMP
    up: 1 ADD SWAP1 JUMP bottom: SWAP1 JUMP end: 0 MSTORE 32 0 RETURN`,
  'a loop with two ways in': `0 CALLDATALOAD DUP1 1 AND @middle JUMPI again: 2 SWAP1 SUB middle: 1 ADD DUP1 @again JUMPI
    GAS 0 MSTORE 32 0 RETURN`,
  'loops in loops': `0 CALLDATALOAD again: 10 inner: DUP2 DUP2 MULMOD POP 1 SWAP1 SUB DUP1 @inner JUMPI POP
    1 SWAP1 SUB DUP1 @again JUMPI STOP`.replace('DUP2 DUP2 MULMOD', 'DUP2 DUP2 DUP2 MULMOD'),
  'gas that is looked at':
    '0 CALLDATALOAD again: GAS DUP1 0 MSTORE 32 MSTORE8 1 SWAP1 SUB DUP1 @again JUMPI 64 0 RETURN',
  'other accounts': `0 CALLDATALOAD again: DUP1 BALANCE DUP2 EXTCODESIZE ADD ADDRESS EXTCODEHASH XOR DUP2 BLOCKHASH OR 0 MSTORE
    40 3 DUP3 ADDRESS EXTCODECOPY 0 0 DUP3 RETURNDATACOPY 1 SWAP1 SUB DUP1 @again JUMPI 64 0 RETURN`,
  'a copy from behind the return data':
    '0 CALLDATALOAD again: DUP1 5 EQ 0 0 RETURNDATACOPY 1 SWAP1 SUB DUP1 @again JUMPI STOP',
  'calls to itself': `0 CALLDATALOAD DUP1 ISZERO @end JUMPI 1 SWAP1 SUB 0 MSTORE 0 0 32 0 ADDRESS GAS STATICCALL
    RETURNDATASIZE ADD 0 MSTORE 32 0 RETURN end: STOP`,
};

afterEach(() => vi.restoreAllMocks());

describe.each(Object.entries(PROGRAMS))('%s', (_, text) => {
  const code = assemble(text);

  it.each([AT_ONCE, AFTER_A_WHILE])('comes to the same compiled, with any gas: %o', async (options) => {
    const compiler = createUnitCompiler(options);
    const [plain, compiled] = [open(code), open(code, { compiler })];
    const rounds = 40;
    const { gasUsed } = await finish(plain, 3_000_000n, { rounds });
    const most = Number(gasUsed);
    const amounts = Array.from({ length: 60 }, (_, i) => BigInt(Math.floor((most * i) / 55)));
    for (const gas of [3_000_000n, ...amounts, 3_000_000n, ...amounts.map((gas) => gas + 1n)]) {
      const [expected, found] = [await finish(plain, gas, { rounds }), await finish(compiled, gas, { rounds })];
      expect(found.text, `with ${gas} gas`).toBe(expected.text);
    }
    expect(compiler.statistics.failed).toBe(0);
    expect(compiler.statistics.units).toBeGreaterThan(0);
  });

  it('waits as often as the interpreter does', async () => {
    const compiler = createUnitCompiler(AT_ONCE);
    const [plain, compiled] = [open(code), open(code, { compiler })];
    for (const slice of [30_000n, 2_000n]) {
      const expected = await finish(plain, 3_000_000n, { rounds: 30, slice });
      expect(await finish(compiled, 3_000_000n, { rounds: 30, slice })).toEqual(expected);
    }
  });
});

describe('a unit', () => {
  const code = assemble(PROGRAMS['storage and logs'] as string);

  it('waits for state that must be fetched, and goes on where it was', async () => {
    const compiler = createUnitCompiler(AT_ONCE);
    const fetched = new Set<string>();
    const slot = (key: Uint8Array): Uint8Array => {
      const hex = Buffer.from(key).toString('hex');
      if (!fetched.has(hex)) throw new StateMissing(async () => void fetched.add(hex));
      return Uint8Array.from([7]);
    };
    const expected = await finish(open(code, { slot: () => Uint8Array.from([7]) }), 3_000_000n, { rounds: 30 });
    const found = await finish(open(code, { compiler, slot }), 3_000_000n, { rounds: 30 });
    expect(found.text).toBe(expected.text);
    expect(found.waits).toBe(30);
  });

  it('waits for an account that must be fetched', async () => {
    const asks = assemble('0 CALLDATALOAD again: DUP1 BALANCE POP 1 SWAP1 SUB DUP1 @again JUMPI STOP');
    const compiler = createUnitCompiler(AT_ONCE);
    const fetched = new Set<string>();
    const core = open(asks, { compiler });
    const hash = keccak256(asks);
    core.open({
      account: (address) => {
        if (address[0] === 0xcc) return { nonce: 1n, balance: 5n, codeHash: hash, hasStorage: false };
        const hex = Buffer.from(address).toString('hex');
        if (address[0] === 0 && !fetched.has(hex)) throw new StateMissing(async () => void fetched.add(hex));
        return undefined;
      },
      slot: () => new Uint8Array(),
      code: () => asks,
      blockHash: () => undefined,
    });
    const found = await finish(core, 3_000_000n, { rounds: 30 });
    expect(found.text).toBe((await finish(open(asks), 3_000_000n, { rounds: 30 })).text);
    expect(compiler.statistics.units).toBeGreaterThan(0);
    expect(found.waits).toBe(fetched.size);
  });

  it('is not compiled again for another core, nor when the core forgets its codes', async () => {
    const compiler = createUnitCompiler(AFTER_A_WHILE);
    await finish(open(code, { compiler }), 3_000_000n, { rounds: 30 });
    const { units } = compiler.statistics;
    expect(units).toBeGreaterThan(0);
    const other = open(code, { compiler });
    const [first] = [await finish(other, 3_000_000n, { rounds: 30 })];
    other.open({
      account: () => undefined,
      slot: () => new Uint8Array(),
      code: () => code,
      blockHash: () => undefined,
    });
    expect(first.text).toBe((await finish(open(code), 3_000_000n, { rounds: 30 })).text);
    expect(compiler.statistics.units).toBe(units);
  });

  it('works in a core that was made larger', () => {
    const compiler = createUnitCompiler(AT_ONCE);
    const long = assemble('0 CALLDATALOAD again: DUP1 30000 0 LOG1 1 SWAP1 SUB DUP1 @again JUMPI STOP');
    const core = open(long, { compiler });
    const run = () => {
      begin(core);
      return core.run(messageOf(10n ** 9n, word(200)));
    };
    let full: unknown;
    try {
      run();
    } catch (error) {
      full = error;
    }
    expect(full).toBeInstanceOf(CoreFull);
    core.enlarge(full as CoreFull);
    expect(run()).toMatchObject({ status: 'success' });
    expect(core.logs()).toHaveLength(200);
  });

  it('stays with the interpreter where WebAssembly may not be compiled', async () => {
    const compiler = createUnitCompiler(AFTER_A_WHILE);
    const core = open(code, { compiler });
    const expected = await finish(open(code), 3_000_000n, { rounds: 30 });
    vi.spyOn(WebAssembly, 'Module').mockImplementation(function forbidden() {
      throw new WebAssembly.CompileError('Wasm code generation disallowed by embedder');
    });
    const found = await finish(core, 3_000_000n, { rounds: 30 });
    expect(found.text).toBe(expected.text);
    expect(compiler.statistics).toMatchObject({ units: 0, failed: 1 });
  });

  it('is left to the interpreter while compiling would take more than its share', async () => {
    const compiler = createUnitCompiler({ threshold: 1 });
    await finish(open(code, { compiler }), 3_000_000n, { rounds: 3 });
    expect(compiler.statistics.units).toBe(0);
  });
});
