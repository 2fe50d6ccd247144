import { bytesToBigInt, bytesToHex, KECCAK256_NULL } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { account, address, bytes, place, useChains, word } from '../../chain.fixture.ts';
import type { Chain } from '../../contract.ts';
import type { CallRequest } from '../request.ts';
import type { PrestateAccount, TraceOptions, TraceResult } from './traceTypes.ts';

const start = useChains();
const CODE = address('c0');
const COINBASE = address('cb');
type Config = NonNullable<TraceOptions['tracerConfig']>;

async function trace(chain: Chain, request: CallRequest, tracerConfig: Config = {}): Promise<TraceResult> {
  const hash = await chain.control.submit({ from: account(chain).address, gasLimit: 200_000n, ...request });
  return chain.execution.traceTransaction(hash, { tracer: 'prestateTracer', tracerConfig });
}

async function before(chain: Chain, request: CallRequest, config?: Config) {
  const traced = await trace(chain, request, config);
  if (traced.type !== 'prestate') throw new TypeError('no prestate');
  return traced.accounts;
}

async function diff(chain: Chain, request: CallRequest, config: Config = {}) {
  const traced = await trace(chain, request, { diffMode: true, ...config });
  if (traced.type !== 'diff') throw new TypeError('no diff');
  return traced;
}

const slotsOf = (one: PrestateAccount | undefined) =>
  one?.storage?.map((pair) => pair.map((item) => bytesToBigInt(item)));

describe('the state that a transaction found', () => {
  it('has sender, recipient and coinbase, if there was anything in them', async () => {
    const chain = await start({ coinbase: COINBASE });
    const { address: from } = account(chain);
    const balance = await (await chain.state.at({ tag: 'latest' })).balance(from);
    const accounts = await before(chain, { to: address('aa'), value: 1n });
    expect([...accounts]).toEqual([[from.toString(), { balance }]]);
    const next = await before(chain, { to: address('aa'), value: 1n });
    expect([...next.keys()].sort()).toEqual([address('aa'), COINBASE, from].map(String).sort());
    expect(next.get(from.toString())?.nonce).toBe(1n);
  });

  it('has empty accounts when they are asked for', async () => {
    const chain = await start({ coinbase: COINBASE });
    const accounts = await before(chain, { to: address('aa') }, { includeEmpty: true });
    expect(accounts.get(COINBASE.toString())).toEqual({ balance: 0n });
  });

  it('has code and the slots that were touched, as they were', async () => {
    const chain = await start();
    // SLOAD(1), SSTORE(2, 5)
    const code = '0x60015450600560025500';
    await place(chain, CODE, code);
    await chain.control.setStorage(CODE, word(1), word(9));
    const accounts = await before(chain, { to: CODE });
    const found = accounts.get(CODE.toString());
    expect(found?.code).toEqual(bytes(code));
    expect(found?.codeHash).toHaveLength(32);
    expect(slotsOf(found)).toEqual([
      [1n, 9n],
      [2n, 0n],
    ]);
    const bare = (await before(chain, { to: CODE }, { disableCode: true, disableStorage: true })).get(CODE.toString());
    expect(bare).not.toHaveProperty('code');
    expect(bare).not.toHaveProperty('storage');
  });

  it('has whom code looked at or called', async () => {
    const chain = await start();
    await chain.control.setBalance(address('e1'), 1n);
    await chain.control.setBalance(address('e2'), 1n);
    await place(chain, CODE, '0x60e131505f5f5f5f5f60e25af100');
    const accounts = await before(chain, { to: CODE });
    expect([...accounts.keys()]).toEqual(expect.arrayContaining([address('e1'), address('e2')].map(String)));
  });
});

describe('what a transaction changed', () => {
  it('has old values before and new ones after, and nothing that stayed', async () => {
    const chain = await start({ coinbase: COINBASE });
    await place(chain, CODE, '0x600254506005600155');
    await chain.control.setStorage(CODE, word(1), word(4));
    await chain.control.setStorage(CODE, word(2), word(9));
    const { pre, post } = await diff(chain, { to: CODE });
    expect(slotsOf(pre.get(CODE.toString()))).toEqual([[1n, 4n]]);
    expect(post.get(CODE.toString())).toEqual({ storage: [[word(1), word(5)]] });
    const from = account(chain).address.toString();
    expect(post.get(from)).toEqual({ balance: expect.any(BigInt), nonce: 1n });
    expect(pre.has(COINBASE.toString())).toBe(false);
    expect(post.get(COINBASE.toString())).toEqual({ balance: expect.any(BigInt) });
  });

  it('leaves zero out: a slot that was cleared is only in what was', async () => {
    const chain = await start();
    await place(chain, CODE, '0x5f600155');
    await chain.control.setStorage(CODE, word(1), word(4));
    const { pre, post } = await diff(chain, { to: CODE });
    expect(slotsOf(pre.get(CODE.toString()))).toEqual([[1n, 4n]]);
    expect(post.get(CODE.toString())).toEqual({});
  });

  it('shows a contract that was made', async () => {
    const chain = await start();
    const { pre, post } = await diff(chain, { data: bytes('0x60015ff3') });
    const [made] = [...post].filter(([, { code }]) => code !== undefined);
    expect(made?.[1]).toMatchObject({ nonce: 1n, code: bytes('0x00') });
    expect(bytesToHex(made?.[1].codeHash as Uint8Array)).not.toBe(bytesToHex(KECCAK256_NULL));
    expect(pre.has(made?.[0] as string)).toBe(false);
  });

  it('has nothing after for what destroyed itself, where that still works', async () => {
    const chain = await start({ hardfork: 'shanghai' });
    await place(chain, CODE, '0x60aaff');
    await chain.control.setBalance(CODE, 5n);
    const { pre, post } = await diff(chain, { to: CODE });
    expect(pre.get(CODE.toString())).toMatchObject({ balance: 5n });
    expect(post.has(CODE.toString())).toBe(false);
    expect(post.get(address('aa').toString())).toEqual({ balance: 5n });
  });
});
