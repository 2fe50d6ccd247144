import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBlockFromRLP } from '@ethereumjs/block';
import { Common, Mainnet } from '@ethereumjs/common';
import { MerkleStateManager } from '@ethereumjs/statemanager';
import { Account, bytesToBigInt, bytesToHex, createAddressFromString, hexToBytes } from '@ethereumjs/util';
import { createVM, runBlock } from '@ethereumjs/vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlockRef } from '../blocks/blockTag.ts';
import { decodeBlocks } from '../blocks/decodeBlocks.ts';
import { CREATE2_DEPLOYER, SYSTEM_CONTRACTS } from '../blocks/predeploys.ts';
import { account, address, bytes, faultOf, LATEST, signed, useChains } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';
import { createChain } from '../createChain.ts';
import type { ScheduledFork } from './schedule.ts';

const start = useChains();
const GENESIS_TIME = 1_700_000_000n;
const ETHER = 10n ** 18n;
const CAST = ['berlin', 'london', 'paris', 'shanghai', 'cancun', 'prague', 'osaka', 'bpo1', 'bpo2'];
/** Stores DIFFICULTY, which the merge makes PREVRANDAO, in slot 0. */
const KEEPS_RANDAO = '0x4460005500';
/** Deploys it: nothing in it is newer than Berlin. */
const DEPLOYS_RANDAO = bytes(`0x64${KEEPS_RANDAO.slice(2)}6000526005601bf3`);

/** A dev account: before the merge EthereumJS pays a block's maker also where there is nothing to pay, which makes an account. */
const COINBASE = createAddressFromString('0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc');

const by = (schedule: readonly ScheduledFork[]) =>
  start({ timestamp: GENESIS_TIME, coinbase: COINBASE, hardforkSchedule: schedule });
const everyTwoBlocks = CAST.map((name, index) => ({ name, block: 2 * index }));

/** Another reader of the same schedule: EthereumJS' own `Common`, which finds each block's fork by itself. */
function libraryCommon({ hardforks, chainId }: Chain): Common {
  const common = new Common({
    chain: {
      ...Mainnet,
      chainId: Number(chainId()),
      hardforks: hardforks.schedule.map(({ name, block, timestamp }) => ({
        name,
        block,
        ...(timestamp === null ? {} : { timestamp }),
      })),
    },
    hardfork: 'berlin',
  });
  return common;
}

async function genesisState(chain: Chain, common: Common): Promise<MerkleStateManager> {
  const state = new MerkleStateManager({ common });
  for (const { address: who } of chain.accounts.owned) await state.putAccount(who, new Account(0n, 10_000n * ETHER));
  const at = await chain.state.at({ number: 0n });
  for (const { address: hex, code, nonce } of [...SYSTEM_CONTRACTS, CREATE2_DEPLOYER]) {
    const who = createAddressFromString(hex);
    if ((await at.code(who)).length === 0) continue;
    await state.putAccount(who, new Account(nonce, 0n));
    await state.putCode(who, hexToBytes(code));
  }
  return state;
}

/** The library compares every root, gas and bloom with the header when it runs a block. */
async function expectAccepted(chain: Chain): Promise<void> {
  const common = libraryCommon(chain);
  const vm = await createVM({ common, stateManager: await genesisState(chain, common), setHardfork: true });
  // A chain of our own mints nothing.
  vm.common.updateParams({ 1: { minerReward: 0 }, 609: { minerReward: 0 }, 1013: { minerReward: 0 } });
  let at = chain.chain.genesis.stateRoot;
  const head = chain.chain.head.block.header.number;
  for (let number = 1n; number <= head; number++) {
    const { block } = await chain.chain.require({ number });
    const { timestamp } = block.header;
    const read = createBlockFromRLP(block.serialize(), { common: common.copy(), setHardfork: true });
    expect(read.common.hardfork()).toBe(chain.hardforks.nameAt(number, timestamp));
    await runBlock(vm, { block: read, root: at, skipHeaderValidation: true });
    at = block.header.stateRoot;
  }
}

/** Another node with the same schedule takes the blocks: headers follow from their parents, and every root is right. */
async function expectImported(chain: Chain, schedule: readonly ScheduledFork[]): Promise<void> {
  const other = await start({ timestamp: GENESIS_TIME, engine: 'ethereumjs', hardforkSchedule: schedule });
  expect(bytesToHex(other.chain.genesis.hash)).toBe(bytesToHex(chain.chain.genesis.hash));
  const head = chain.chain.head.block.header.number;
  for (let number = 1n; number <= head; number++) {
    const { block } = await chain.chain.require({ number });
    for (const read of decodeBlocks(block.serialize(), other.hardforks)) {
      await other.chain.setHead((await other.chain.importBlock(read)).hash);
    }
  }
  expect(bytesToHex(other.chain.head.hash)).toBe(bytesToHex(chain.chain.head.hash));
}

type Act = 'deploy' | 'transfer' | 'legacy' | 'call' | 'empty';

async function play(chain: Chain, acts: readonly Act[]): Promise<void> {
  const { address: from } = account(chain);
  let contract = address('aa');
  for (const act of acts) {
    if (act === 'empty') await chain.miner.mine();
    if (act === 'transfer') await chain.control.submit({ from, to: address('aa'), value: 1n });
    if (act === 'legacy') await chain.control.submit({ from, to: address('aa'), value: 1n, gasPrice: 10n ** 11n });
    if (act === 'call') await chain.control.submit({ from, to: contract, gasLimit: 100_000n });
    if (act !== 'deploy') continue;
    await chain.control.submit({ from, to: null, data: DEPLOYS_RANDAO });
    contract = chain.chain.head.receipts[0]?.contractAddress ?? contract;
  }
}

const schedules: fc.Arbitrary<ScheduledFork[]> = fc
  .tuple(
    fc.subarray(CAST.slice(1), { minLength: 1 }),
    fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 8, maxLength: 8 }),
    fc.boolean(),
  )
  .map(([names, gaps, isTimed]) => {
    let block = 0;
    const later = names.map((name, index) => {
      block += gaps[index] ?? 0;
      return isTimed && CAST.indexOf(name) >= 3 ? { name, afterGenesis: block } : { name, block };
    });
    return [{ name: 'berlin', block: 0 }, ...later];
  });
const acts = fc.array(fc.constantFrom<Act>('deploy', 'transfer', 'legacy', 'call', 'empty'), {
  minLength: 4,
  maxLength: 20,
});

describe('a chain that lives through forks', () => {
  it('makes blocks that EthereumJS, and another node, take by the same schedule', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, acts, async (schedule, played) => {
        const chain = await by(schedule);
        await play(chain, played);
        await expectAccepted(chain);
        await expectImported(chain, schedule);
      }),
      { seed: Number(process.env['MINICHAIN_SEED'] ?? 1), numRuns: Number(process.env['MINICHAIN_RUNS'] ?? 4) },
    );
  });

  it('has what each fork brings from its block on', async () => {
    const chain = await by(everyTwoBlocks);
    await chain.miner.mine({ blocks: 18 });
    const headers = await Promise.all(
      Array.from(
        { length: 19 },
        async (_, number) => (await chain.chain.require({ number: BigInt(number) })).block.header,
      ),
    );
    const first = (has: (header: (typeof headers)[number]) => boolean) => headers.findIndex(has);
    expect(first(({ baseFeePerGas }) => baseFeePerGas !== undefined)).toBe(2);
    expect(headers[2]?.baseFeePerGas).toBe(10n ** 9n);
    expect(headers.slice(0, 4).map(({ gasLimit }) => gasLimit)).toEqual([
      30_000_000n,
      30_000_000n,
      60_000_000n,
      60_000_000n,
    ]);
    expect(first(({ difficulty }) => difficulty === 0n)).toBe(4);
    expect(first(({ mixHash }) => bytesToBigInt(mixHash) !== 0n)).toBe(4);
    expect(first(({ withdrawalsRoot }) => withdrawalsRoot !== undefined)).toBe(6);
    expect(
      first(({ excessBlobGas, parentBeaconBlockRoot }) => excessBlobGas === 0n && parentBeaconBlockRoot !== undefined),
    ).toBe(8);
    expect(first(({ requestsHash }) => requestsHash !== undefined)).toBe(10);
    await expectAccepted(chain);
  });

  it('refuses what a later fork brings until it is there, and takes it in the block that brings it', async () => {
    const chain = await by(everyTwoBlocks);
    const { address: from, privateKey } = account(chain);
    const transfer = { from, to: address('aa'), value: 1n, gasLimit: 21_000n };
    const priced = { ...transfer, maxFeePerGas: 10n ** 11n, maxPriorityFeePerGas: 1n };
    expect(await faultOf(chain.control.submit(priced))).toMatchObject({ code: 'TYPE_NOT_SUPPORTED' });
    const later = signed(privateKey, { nonce: 0n }, chain.hardforks.commonAt(2n, 0n)).serialize();
    expect(await faultOf(chain.control.submitRaw(later))).toMatchObject({ code: 'TYPE_NOT_SUPPORTED' });
    await chain.miner.mine();
    await chain.control.submitRaw(later);
    expect(chain.chain.head.block.transactions).toHaveLength(1);
    await expectAccepted(chain);
  });

  it('mines what waited for a fork, and drops what the fork forbids with the reason', async () => {
    const schedule = [
      { name: 'prague', block: 0 },
      { name: 'osaka', afterGenesis: 100 },
    ];
    const chain = await start({ timestamp: GENESIS_TIME, hardforkSchedule: schedule, mining: { type: 'manual' } });
    const [first, second] = [account(chain).address, account(chain, 1).address];
    const fine = await chain.control.submit({ from: first, to: address('aa'), gasLimit: 2n ** 24n });
    const large = await chain.control.submit({ from: second, to: address('aa'), gasLimit: 2n ** 24n + 1n });
    await chain.miner.mine({ timestamp: GENESIS_TIME + 100n });
    expect(chain.hardforks.nameAt(1n, GENESIS_TIME + 100n)).toBe('osaka');
    expect(chain.chain.head.block.transactions.map((tx) => bytesToHex(tx.hash()))).toEqual([bytesToHex(fine)]);
    expect(chain.pool.dropReason(large)).toMatchObject({ reason: 'invalid', detail: expect.stringMatching(/gas/) });
    await expectAccepted(chain);
  });

  it('calls each block by the rules of its fork, the pending one by those of the next', async () => {
    const chain = await by(everyTwoBlocks);
    await chain.miner.mine({ blocks: 5 });
    // PUSH0 came with Shanghai, in block 6.
    const code = bytes('0x5f5ff3');
    const call = (at: BlockRef) =>
      chain.execution.call({ to: address('c0') }, at, { state: new Map([[address('c0').toString(), { code }]]) });
    expect(await faultOf(call({ number: 5n }))).toMatchObject({ code: 'HALTED' });
    expect((await call({ tag: 'pending' })).returnData).toHaveLength(0);
    await chain.miner.mine();
    expect((await call(LATEST)).returnData).toHaveLength(0);
    expect(await faultOf(call({ number: 5n }))).toMatchObject({ code: 'HALTED' });
  });

  it('goes back over a fork by snapshot and by reorg, and forth again', async () => {
    const chain = await by(everyTwoBlocks);
    await chain.miner.mine();
    const id = await chain.snapshots.take();
    await play(chain, ['transfer', 'transfer', 'transfer', 'empty']);
    expect(chain.hardforks.nameAt(5n, 0n)).toBe('paris');
    await chain.control.reorg(4n, []);
    await expectAccepted(chain);
    expect(await chain.snapshots.revert(id)).toBe(true);
    expect([chain.miner.gasLimit, chain.fees.nextBaseFee()]).toEqual([60_000_000n, 10n ** 9n]);
    await play(chain, ['legacy', 'transfer', 'empty']);
    await expectAccepted(chain);
    await expectImported(chain, everyTwoBlocks);
  });

  it('goes on from the disk with its schedule, and refuses another', async () => {
    const path = mkdtempSync(join(tmpdir(), 'minichain-forks-'));
    try {
      const first = await createChain({
        storage: { path },
        hardforkSchedule: [
          { name: 'berlin', block: 0 },
          { name: 'cancun', afterGenesis: 50 },
        ],
      });
      await first.miner.mine();
      const at = first.chain.genesis.block.header.timestamp + 50n;
      await first.close();
      const other = createChain({ storage: { path }, hardforkSchedule: [{ name: 'berlin', block: 0 }] });
      expect(await faultOf(other)).toMatchObject({ code: 'DATABASE_CONTRADICTS', option: 'hardforkSchedule' });
      const again = await createChain({ storage: { path } });
      expect([again.hardforks.nameAt(2n, at - 1n), again.hardforks.nameAt(2n, at)]).toEqual(['berlin', 'cancun']);
      await again.miner.mine({ timestamp: at });
      expect(again.chain.head.block.header.excessBlobGas).toBe(0n);
      await again.close();
    } finally {
      rmSync(path, { recursive: true });
    }
  });

  it('makes many empty blocks on both sides of a fork', async () => {
    const chain = await by([
      { name: 'shanghai', block: 0 },
      { name: 'cancun', block: 100 },
    ]);
    await chain.miner.mine({ blocks: 200 });
    const [before, at] = [await chain.chain.require({ number: 99n }), await chain.chain.require({ number: 100n })];
    expect([before.block.header.excessBlobGas, at.block.header.excessBlobGas]).toEqual([undefined, 0n]);
    expect(chain.chain.head.block.header.number).toBe(200n);
    await expectAccepted(chain);
  });
});
