import { bytesToBigInt, bytesToHex } from '@ethereumjs/util';
import { describe, expect, it } from 'vitest';
import { account, address, bytes, faultOf, LATEST, place, useChains, word } from '../../chain.fixture.ts';
import type { Chain } from '../../contract.ts';
import type { SimulatedBlockRequest, SimulatePayload } from './simulateTypes.ts';

const start = useChains();
const CODE = address('c0');
const run = (chain: Chain, blocks: readonly SimulatedBlockRequest[], flags: Partial<SimulatePayload> = {}) =>
  chain.execution.simulate({ blockStateCalls: blocks, traceTransfers: false, validation: false, ...flags }, LATEST);

describe('a simulated chain', () => {
  it('goes on from block to block: state, hashes, parents', async () => {
    const chain = await start();
    // Counts in slot 0 and returns the count.
    await place(chain, CODE, '0x5f54600101805f555f5260205ff3');
    const calls = [{ to: CODE }, { to: CODE }];
    const blocks = await run(chain, [{ calls }, { calls }]);
    expect(blocks.flatMap((block) => block.calls.map(({ returnData }) => bytesToBigInt(returnData)))).toEqual([
      1n,
      2n,
      3n,
      4n,
    ]);
    const [first, second] = blocks;
    expect(first?.block.block.header.parentHash).toEqual(chain.chain.head.hash);
    expect(second?.block.block.header.parentHash).toEqual(first?.block.hash);
    expect(first?.block.block.header.number).toBe(1n);
  });

  it('knows the hashes of its own blocks and of real ones', async () => {
    const chain = await start();
    await chain.miner.mine();
    // Returns BLOCKHASH of the word that it is given.
    await place(chain, CODE, '0x5f35405f5260205ff3');
    const ask = (number: number) => ({ to: CODE, data: word(number) });
    const blocks = await run(chain, [{ calls: [] }, { calls: [ask(0), ask(1), ask(2), ask(3)] }]);
    expect(blocks[1]?.calls.map(({ returnData }) => bytesToHex(returnData))).toEqual([
      bytesToHex(chain.chain.genesis.hash),
      bytesToHex(chain.chain.head.hash),
      bytesToHex(blocks[0]?.block.hash as Uint8Array),
      bytesToHex(word(0)),
    ]);
  });

  it('changes nothing', async () => {
    const chain = await start();
    const before = chain.chain.head;
    await run(chain, [{ calls: [{ from: account(chain).address, to: CODE, value: 5n }] }]);
    expect(chain.chain.head).toBe(before);
    expect(await (await chain.state.at(LATEST)).balance(CODE)).toBe(0n);
    expect(await (await chain.state.at(LATEST)).nonce(account(chain).address)).toBe(0n);
  });

  it('has the roots that a real block with the same contents has', async () => {
    const chain = await start({ mining: { type: 'manual' } });
    const to = address('aa');
    const { address: from } = account(chain);
    await chain.control.submit({ from, to, value: 5n, maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 0n });
    const mined = await chain.miner.mine();
    if (mined === undefined) throw new TypeError('no block');
    const { timestamp, mixHash } = mined.block.header;
    const [block] = await chain.execution.simulate(
      {
        blockStateCalls: [
          {
            blockOverrides: { timestamp, prevRandao: mixHash },
            calls: [{ from, to, value: 5n, maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 0n, nonce: 0n }],
          },
        ],
        traceTransfers: false,
        validation: true,
      },
      { number: 0n },
    );
    expect(bytesToHex(block?.block.stateRoot as Uint8Array)).toBe(bytesToHex(mined.stateRoot));
    expect(block?.block.block.header.receiptTrie).toEqual(mined.block.header.receiptTrie);
  });

  it('refuses more gas than one request may use, and a block that is not there', async () => {
    const chain = await start();
    await place(chain, CODE, '0x5b5f56');
    const burn = { calls: [{ to: CODE }] };
    const blocks = await run(chain, [burn, burn]);
    expect(blocks.map(({ calls }) => calls[0]?.gasUsed)).toEqual([30_000_000n, 20_000_000n]);
    const unknown = chain.execution.simulate(
      { blockStateCalls: [burn], traceTransfers: false, validation: false },
      { number: 99n },
    );
    expect(await faultOf(unknown)).toMatchObject({ code: 'SIMULATION_REFUSED', rpcCode: -32000 });
  });
});

describe('a simulated block', () => {
  it('takes state and block overrides, withdrawals among them', async () => {
    const chain = await start();
    const withdrawals = [{ index: 0n, validatorIndex: 0n, address: address('a1'), amount: 3n }];
    // Returns BALANCE(0xa1) ‖ NUMBER.
    const code = bytes('0x60a1315f524360205260405ff3');
    const blocks = await run(chain, [
      { blockOverrides: { withdrawals, number: 5n }, calls: [] },
      { stateOverrides: new Map([[CODE.toString(), { code }]]), calls: [{ to: CODE }] },
    ]);
    expect(blocks).toHaveLength(6);
    const returned = blocks[5]?.calls[0]?.returnData as Uint8Array;
    expect(bytesToBigInt(returned.subarray(0, 32))).toBe(3n * 10n ** 9n);
    expect(bytesToBigInt(returned.subarray(32))).toBe(6n);
  });

  it('has a base fee of nothing, unless it is to be valid', async () => {
    const chain = await start();
    await place(chain, CODE, '0x485f5260205ff3');
    const baseFee = async (flags: Partial<SimulatePayload>, from = account(chain).address) => {
      const [block] = await run(chain, [{ calls: [{ from, to: CODE, maxFeePerGas: 10n ** 10n, nonce: 0n }] }], flags);
      return [block?.block.block.header.baseFeePerGas, bytesToBigInt(block?.calls[0]?.returnData as Uint8Array)];
    };
    expect(await baseFee({})).toEqual([0n, 0n]);
    const next = chain.fees.nextBaseFee();
    expect(await baseFee({ validation: true })).toEqual([next, next]);
  });

  it('numbers its logs across calls, and reports a failure as a result', async () => {
    const chain = await start();
    await place(chain, CODE, '0x5f5fa05f5fa0');
    await place(chain, address('c1'), '0x5f5ffd');
    await place(chain, address('c2'), '0xfe');
    const calls = [CODE, address('c1'), CODE, address('c2')].map((to) => ({ to, gasLimit: 100_000n }));
    const [block] = await run(chain, [{ calls }]);
    expect(block?.calls.map(({ logs }) => logs.map(({ index }) => index))).toEqual([[0, 1], [], [2, 3], []]);
    expect(block?.calls.map(({ status }) => status)).toEqual([1, 0, 1, 0]);
    expect(block?.calls[1]?.error).toEqual({ code: 3, message: 'execution reverted', data: new Uint8Array() });
    expect(block?.calls[3]?.error).toMatchObject({ code: -32015 });
  });
});
