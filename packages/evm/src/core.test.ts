import { Common, Hardfork, Mainnet } from '@ethereumjs/common';
import { bytesToHex, hexToBytes, type PrefixedHexString } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { coreRunner, oracleRun } from '../fuzz/runners.ts';
import type { Scenario } from '../fuzz/scenario.ts';
import { Core } from './core.ts';
import { createKeccak256 } from './keccak256.ts';
import { type CoreAccount, type CoreStateReader, StateMissing } from './types.ts';

const common = new Common({ chain: Mainnet, hardfork: Hardfork.Osaka });
const hash = createKeccak256();
const CALLER = hexToBytes('0x00000000000000000000000000000000000000aa');
const TARGET = hexToBytes('0xcccccccccccccccccccccccccccccccccccccc00');
const BLOCK = { number: 1n, timestamp: 1n, coinbase: CALLER, gasLimit: 30_000_000n, baseFee: 7n, chainId: 1n };

const scenarioOf = (code: PrefixedHexString): Scenario => ({
  seed: 0,
  contracts: [{ address: TARGET, code: hexToBytes(code), balance: 5n }],
  storage: [[1, 7]],
  data: new Uint8Array([1, 2, 3]),
  value: 0n,
  gas: 1_000_000n,
});

/** A state with one contract, whose slots hold 7 each. */
function readerOf(code: Uint8Array): CoreStateReader {
  const account = (address: Uint8Array): CoreAccount => ({
    nonce: 1n,
    balance: 10n ** 20n,
    codeHash: hash(bytesToHex(address) === bytesToHex(TARGET) ? code : new Uint8Array()),
    hasStorage: false,
  });
  return { account, slot: () => Uint8Array.of(7), code: () => code, blockHash: () => undefined };
}

function openCore(code: PrefixedHexString, reader = readerOf(hexToBytes(code))): Core {
  const core = new Core({ common, precompile: () => undefined });
  core.open(reader);
  core.setBlock({ ...BLOCK, prevRandao: new Uint8Array(32) });
  core.beginTransaction({ origin: CALLER, gasPrice: 10n });
  return core;
}

const message = { caller: CALLER, to: TARGET, value: 0n, data: new Uint8Array(), gas: 1_000_000n };

describe('Core', () => {
  it.each<[string, PrefixedHexString]>([
    ['adds', '0x600260030160005260206000f3'],
    ['counts leading zeros', '0x60ff1e60005260206000f3'],
    ['loops', '0x6103e85b600190038060035700'],
    ['hashes', '0x60ff6000526020600020600052602060002060005260206000f3'],
    ['stores', '0x602a60005560005460005260206000f3'],
    ['stores and clears', '0x602a600055600060005560005460005260206000f3'],
    ['clears what was there', '0x600060015500'],
    ['reverts', '0x60aa60005260206000fd'],
    ['meets INVALID', '0xfe'],
    ['meets an unknown opcode', '0x0c'],
    ['underflows', '0x01'],
    ['overflows', '0x5b60016000565b'],
    ['jumps to no JUMPDEST', '0x600056'],
    ['ends within an immediate', '0x7f01'],
    ['calls itself', '0x6000600060006000600030617530f160005260206000f3'],
    ['creates', '0x6960016000526001601ff3600052600a60166000f060005260206000f3'],
    ['logs', '0x60aa6000526001600260206000a200'],
    ['copies', '0x60ff6000526020600060203760206000602039593d60005260206000f3'],
    ['tells its gas', '0x5a6000525a60205260406000f3'],
    ['raises to a power', '0x61ffff60030a60005260206000f3'],
    ['stores for a transaction', '0x602a60005d60005c60005260206000f3'],
    ['moves memory', '0x60ff6000526020600060205e60406000f3'],
    ['destructs', '0x30ff'],
  ])('%s as EthereumJS does', async (_name, code) => {
    const scenario = scenarioOf(code);
    const ours = coreRunner(common, hash)(scenario);
    expect(ours).toEqual(await oracleRun(scenario, common, { keys: Object.keys(ours.state) }));
  });

  it('gives way when its slice of gas is used up, and goes on where it was', () => {
    const code = '0x6103e85b600190038060035700';
    const whole = openCore(code).run(message);
    const core = openCore(code);
    core.slice = 1000n;
    let turns = 0;
    let result = core.run(message);
    for (; 'why' in result; result = core.resume()) {
      expect(result.why).toBe('slice');
      core.slice = 1000n;
      turns++;
    }
    expect(turns).toBeGreaterThan(10);
    expect(result).toEqual(whole);
  });

  it('waits for state that must be fetched first, and pays no more for it', async () => {
    const code = '0x6001545f545f5260206000f3';
    const whole = openCore(code).run(message);
    const there = readerOf(hexToBytes(code));
    const fetched = new Set<string>();
    const late =
      <A extends unknown[], R>(name: string, read: (...args: A) => R) =>
      (...args: A): R => {
        const key = `${name} ${args.map((arg) => bytesToHex(arg as Uint8Array)).join(' ')}`;
        if (fetched.has(key)) return read(...args);
        throw new StateMissing(async () => void fetched.add(key));
      };
    const reader = {
      ...there,
      account: late('account', there.account),
      slot: late('slot', there.slot),
      code: late('code', there.code),
    };
    const core = openCore(code, reader);
    let waits = 0;
    let result = core.run(message);
    for (; 'why' in result; result = core.resume()) {
      expect(result.why).toBe('missing');
      await result.fetch?.();
      waits++;
    }
    // Two accounts, the code, two slots.
    expect(waits).toBe(5);
    expect(result).toEqual(whole);
  });
});
