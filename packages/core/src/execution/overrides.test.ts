import { bytesToBigInt, bytesToHex, type PrefixedHexString } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { address, bytes, faultOf, LATEST, place, useChains, word } from '../chain.fixture.ts';
import type { AccountOverride, BlockOverrides } from './request.ts';

const start = useChains();
const CODE = address('c0');
const returning = (opcode: string) => `0x${opcode}5f5260205ff3`;
const key = (last: string) => address(last).toString();
const on = (entries: Record<string, AccountOverride>) => ({
  state: new Map(Object.entries(entries)) as ReadonlyMap<PrefixedHexString, AccountOverride>,
});
const slots = (entries: Record<number, number>) =>
  new Map(Object.entries(entries).map(([slot, value]) => [bytesToHex(word(BigInt(slot))), word(value)]));

describe('state overrides', () => {
  it('change balance, code and nonce for one call', async () => {
    const chain = await start();
    const overrides = on({ [key('c0')]: { balance: 7n, code: bytes(returning('47')), nonce: 3n } });
    const { returnData } = await chain.execution.call({ to: CODE }, LATEST, overrides);
    expect(bytesToBigInt(returnData)).toBe(7n);
    expect((await chain.execution.call({ to: CODE }, LATEST)).returnData).toHaveLength(0);
  });

  it('change single slots, or replace them all', async () => {
    const chain = await start();
    // Returns SLOAD(1) ‖ SLOAD(2).
    await place(chain, CODE, '0x6001545f5260025460205260405ff3');
    await chain.control.setStorage(CODE, word(1), word(11));
    await chain.control.setStorage(CODE, word(2), word(12));
    const read = async (override: AccountOverride) => {
      const { returnData } = await chain.execution.call({ to: CODE }, LATEST, on({ [key('c0')]: override }));
      return [bytesToBigInt(returnData.subarray(0, 32)), bytesToBigInt(returnData.subarray(32))];
    };
    expect(await read({})).toEqual([11n, 12n]);
    expect(await read({ stateDiff: slots({ 2: 22 }) })).toEqual([11n, 22n]);
    expect(await read({ state: slots({ 2: 22 }) })).toEqual([0n, 22n]);
    expect(await read({ state: slots({}) })).toEqual([0n, 0n]);
  });

  it('give an overridden slot the gas of one that has its value already', async () => {
    const chain = await start();
    // SSTORE(1, 5)
    await place(chain, CODE, '0x600560015500');
    const gas = async (override: AccountOverride) =>
      (await chain.execution.call({ to: CODE }, LATEST, on({ [key('c0')]: override }))).gasUsed;
    expect((await gas({})) - (await gas({ stateDiff: slots({ 1: 5 }) }))).toBe(20_000n - 100n);
  });

  it('let code take a precompile’s place, and move the precompile', async () => {
    const chain = await start();
    const overrides = on({
      [key('04')]: { code: bytes('0x60015f5260205ff3'), movePrecompileTo: address('1234') },
    });
    const at = async (to: string) =>
      (await chain.execution.call({ to: address(to), data: bytes('0xabcd') }, LATEST, overrides)).returnData;
    expect(await at('04')).toEqual(word(1));
    expect(await at('1234')).toEqual(bytes('0xabcd'));
    expect((await chain.execution.call({ to: address('04'), data: bytes('0xab') }, LATEST)).returnData).toEqual(
      bytes('0xab'),
    );
  });

  it.each<[string, Record<string, AccountOverride>]>([
    ["both 'state' and 'stateDiff'", { [key('c0')]: { state: slots({}), stateDiff: slots({}) } }],
    ['is not a precompile', { [key('c0')]: { movePrecompileTo: address('c1') } }],
    ['already overridden', { [key('04')]: { movePrecompileTo: address('c1') }, [key('c1')]: { balance: 1n } }],
  ])('are refused: %s', async (detail, entries) => {
    const chain = await start();
    const fault = await faultOf(chain.execution.call({ to: CODE }, LATEST, on(entries)));
    expect(fault).toEqual({ code: 'OVERRIDE_INVALID', detail: expect.stringContaining(detail) });
  });
});

describe('block overrides', () => {
  it.each<[string, string, BlockOverrides, bigint]>([
    ['number', '43', { number: 99n }, 99n],
    ['timestamp', '42', { timestamp: 2_000_000_000n }, 2_000_000_000n],
    ['gasLimit', '45', { gasLimit: 77_000_000n }, 77_000_000n],
    ['coinbase', '41', { coinbase: address('cb') }, 0xcbn],
    ['prevRandao', '44', { prevRandao: word(5) }, 5n],
    ['baseFeePerGas, which a free call does not see', '48', { baseFeePerGas: 5n }, 0n],
    ['blobBaseFee', '4a', { blobBaseFee: 8n }, 8n],
    ['blockHashes', '602a40', { number: 50n, blockHashes: new Map([[42n, word(9)]]) }, 9n],
  ])('change %s', async (_, opcode, block, expected) => {
    const chain = await start();
    await place(chain, CODE, returning(opcode));
    const { returnData } = await chain.execution.call({ to: CODE }, LATEST, { block });
    expect(bytesToBigInt(returnData)).toBe(expected);
  });

  it('change the rules with the number and time', async () => {
    const config = { chainId: 1, londonBlock: 0, terminalTotalDifficulty: 0, shanghaiTime: 2_000_000_000 };
    const chain = await start({ genesis: { config, alloc: {}, timestamp: 1_600_000_000 } });
    // PUSH0 came with Shanghai.
    await place(chain, CODE, '0x5f00');
    const call = (timestamp: bigint) =>
      chain.execution.call({ to: CODE, gasLimit: 100_000n }, LATEST, { block: { timestamp } });
    expect(await faultOf(call(1_999_999_999n))).toMatchObject({ code: 'HALTED' });
    await expect(call(2_000_000_000n)).resolves.toBeDefined();
  });
});
