import type { TypedTransaction } from '@ethereumjs/tx';
import type { Address } from '@ethereumjs/util';
import type { BlockStore } from '../blocks/blockStore.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import { blockError } from '../blocks/faults.ts';
import type { Chain } from '../chain/chain.ts';
import type { Control, Hardforks } from '../contract.ts';
import type { Machines } from '../execution/engine/createMachines.ts';
import type { Lane } from '../lane.ts';
import type { Miner } from '../mining/miner.ts';
import { randaoAfter } from '../mining/minerEnvironment.ts';
import { buildPayload } from '../mining/payload.ts';
import { queueOf } from '../pool/order.ts';
import type { PooledTransaction } from '../pool/pooledTransaction.ts';
import type { StateStore } from '../state/stateStore.ts';
import { decodeTransaction } from '../transactions/decode.ts';
import { transactionError } from '../transactions/faults.ts';
import type { Fees } from '../transactions/fees.ts';
import type { FilledRequest } from './fillTransaction.ts';
import type { TransactionSubmitter } from './submitTransaction.ts';

interface ReorgModules {
  readonly chain: Chain;
  readonly blocks: BlockStore;
  readonly lane: Lane;
  readonly miner: Miner;
  readonly fees: Fees;
  readonly hardforks: Hardforks;
  readonly stateStore: StateStore;
  readonly machines: Machines;
  readonly submitter: TransactionSubmitter;
}

/** A branch is built while nothing else happens, and told as one change. */
const MOST_REPLACED = 1000n;

type Wanted = { readonly place: number; readonly transaction: Uint8Array | FilledRequest };
type Signed = Pick<PooledTransaction, 'tx' | 'sender' | 'impersonated'>;

/** @returns the height that is left. @throws BlockError DEPTH_TOO_LARGE. */
function heightBelow(depth: bigint, { head, oldest }: Chain, most: bigint): bigint {
  const { number } = head.block.header;
  const there = number - oldest;
  const allowed = there < most ? there : most;
  if (depth > allowed) throw blockError({ code: 'DEPTH_TOO_LARGE', depth, most: allowed });
  return number - depth;
}

/** Blocks that are built on each other beside the chain. */
class Branch {
  readonly blocks: ExecutedBlock[] = [];
  readonly #base: ExecutedBlock;
  readonly #modules: ReorgModules;

  constructor(base: ExecutedBlock, modules: ReorgModules) {
    this.#base = base;
    this.#modules = modules;
  }

  get tip(): ExecutedBlock {
    return this.blocks.at(-1) ?? this.#base;
  }

  /** A block in place of another, at its time: two producers of the same slot. */
  async grow(replaced: ExecutedBlock, wanted: readonly Wanted[]): Promise<void> {
    const { chain, blocks, fees, hardforks, machines, miner, stateStore } = this.#modules;
    const { tip: parent } = this;
    const { number, timestamp } = replaced.block.header;
    const state = stateStore.open(parent.stateRoot);
    const signed = await this.#sign(wanted, parent);
    const payload = await buildPayload(
      {
        parent,
        timestamp,
        coinbase: miner.coinbase,
        gasLimit: miner.gasLimitAt(number),
        baseFee: fees.baseFeeAfter(parent, timestamp),
        // Of its own, or an empty block would be the one that it replaces.
        prevRandao: randaoAfter(replaced.hash, number),
        extraData: new Uint8Array(),
        traceMessages: false,
      },
      queueOf(signed.map((one, order) => ({ ...one, hash: one.tx.hash(), order }))),
      {
        state,
        machines,
        common: hardforks.commonAt(number, timestamp),
        blockHash: (height) => chain.ancestorHash(parent, height),
      },
    );
    const [refused] = payload.refused;
    const left = signed.length - payload.transactions.length;
    if (refused !== undefined || left > 0) {
      const detail = refused?.detail ?? `${left} of ${signed.length} transactions do not fit block ${number}`;
      throw transactionError({ code: 'REQUEST_INVALID', detail });
    }
    await state.flush();
    blocks.put(payload.executed);
    this.blocks.push(payload.executed);
  }

  async #sign(wanted: readonly Wanted[], parent: ExecutedBlock): Promise<Signed[]> {
    const { hardforks, stateStore, submitter } = this.#modules;
    const { number, timestamp } = parent.block.header;
    const state = stateStore.view(parent.stateRoot);
    const next = new Map<string, bigint>();
    const nonceOf = async (sender: Address): Promise<bigint> =>
      next.get(sender.toString()) ?? (await state.nonce(sender));
    const signed: Signed[] = [];
    for (const { transaction } of wanted) {
      const made: Signed =
        transaction instanceof Uint8Array
          ? { ...decodeTransaction(transaction, hardforks.commonAt(number + 1n, timestamp)), impersonated: false }
          : await signFor(submitter, transaction, nonceOf);
      next.set(made.sender.toString(), made.tx.nonce + 1n);
      signed.push(made);
    }
    return signed;
  }
}

async function signFor(
  submitter: TransactionSubmitter,
  request: FilledRequest,
  nonceOf: (sender: Address) => Promise<bigint>,
): Promise<Signed> {
  const { from: sender } = request;
  const made: { tx: TypedTransaction; impersonated: boolean } = submitter.sign({
    ...request,
    nonce: request.nonce ?? (await nonceOf(sender)),
  });
  return { ...made, sender };
}

/** What takes blocks off the chain again, as happens in networks. */
export function createReorg(modules: ReorgModules): Pick<Control, 'reorg' | 'rollback'> {
  const { chain, lane, submitter } = modules;
  return {
    reorg: async (depth, transactions) => {
      const wanted: Wanted[] = [];
      for (const { place, transaction } of transactions) {
        if (BigInt(place) >= depth) {
          const detail = `block ${place} of the new branch is asked for, which has ${depth}, counted from 0`;
          throw transactionError({ code: 'REQUEST_INVALID', detail });
        }
        const filled = transaction instanceof Uint8Array ? transaction : await submitter.fillRequest(transaction);
        wanted.push({ place, transaction: filled });
      }
      await lane.run(async () => {
        const base = heightBelow(depth, chain, MOST_REPLACED);
        const branch = new Branch(await chain.require({ number: base }), modules);
        for (let place = 0; place < Number(depth); place++) {
          const replaced = await chain.require({ number: base + BigInt(place) + 1n });
          const within = wanted.filter((one) => one.place === place);
          await branch.grow(replaced, within);
        }
        await chain.adoptStaged(branch.tip, branch.blocks);
      });
    },
    rollback: (depth) =>
      lane.run(async () => {
        const base = await chain.require({ number: heightBelow(depth, chain, chain.head.block.header.number) });
        modules.stateStore.view(base.stateRoot);
        await chain.adoptStaged(base);
      }),
  };
}
