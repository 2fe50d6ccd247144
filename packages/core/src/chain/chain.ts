import type { Block } from '@ethereumjs/block';
import { bytesToHex } from '@ethereumjs/util';
import type { BlockStore } from '../blocks/blockStore.ts';
import type { BlockRef } from '../blocks/blockTag.ts';
import type { ExecutedBlock, TransactionLocation } from '../blocks/executedBlock.ts';
import { blockError } from '../blocks/faults.ts';
import { logsOfBlock } from '../blocks/logQuery.ts';
import type { ChainEvents } from '../events.ts';
import type { Lane } from '../lane.ts';
import type { AddressIndex, ChainReader, LocatedLog, LogQuery, TipHeader } from '../readers.ts';
import type { OpenState } from '../state/stateStore.ts';
import { ancestorHash } from './ancestorHash.ts';
import { findLogs } from './findLogs.ts';
import { forgetRemoved, LISTED_BLOCKS, pathBetween, stagePath } from './headPath.ts';

interface ChainModules {
  readonly blocks: BlockStore;
  readonly events: ChainEvents;
  readonly lane: Lane;
  /** Blocks that are yet to be worked out. */
  readonly ahead: {
    readonly tip: ExecutedBlock | undefined;
    settled(): Promise<void> | undefined;
    until(ref: BlockRef): Promise<void> | undefined;
  };
  /** Executes a block that came from outside on its parent. */
  readonly execute: (block: Block, parent: ExecutedBlock) => Promise<{ executed: ExecutedBlock; state: OpenState }>;
  /** @throws StateError STATE_NOT_AVAILABLE. */
  readonly requireState: (root: Uint8Array) => void;
  /** The block that the pool would make now. */
  readonly pending: () => Promise<ExecutedBlock>;
  /** Makes all that was staged one atomic write, with what the parts of the node keep. @param mined blocks that are among it. */
  readonly commit: (options?: { readonly mined?: readonly ExecutedBlock[] }) => Promise<void>;
  /** Runs inside the lane after the head moved, before anyone is told. `removed` is newest first. */
  readonly afterHead: (removed: readonly ExecutedBlock[]) => Promise<void>;
  /** Runs inside the lane when blocks are gone for good (a reverted snapshot's future, a reset); newest first. */
  readonly afterForget: (blocks: readonly ExecutedBlock[]) => void;
}

/** Plain data, so that it can be written to disk. */
export interface ChainMemento {
  readonly hash: Uint8Array;
  /** That the head's state reads as: setters may have given it another since. */
  readonly stateRoot: Uint8Array;
  readonly finalNumber: bigint;
}

interface RestoreOptions {
  readonly keepBlocks: boolean;
  readonly line?: readonly ExecutedBlock[];
}

interface ChainStart {
  readonly genesis: ExecutedBlock;
  readonly head: ExecutedBlock;
  readonly slotsInAnEpoch: number;
}

/** The canonical chain: its head, its reads, and the only ways to move it. */
export class Chain implements ChainReader {
  readonly #modules: ChainModules;
  readonly #epoch: bigint;
  #head: ExecutedBlock;
  /** Height of the last block that was declared final; blocks behind the head become so by distance as well. */
  #finalNumber = 0n;
  readonly genesis: ExecutedBlock;

  constructor({ genesis, head, slotsInAnEpoch }: ChainStart, modules: ChainModules) {
    this.#modules = modules;
    this.#epoch = BigInt(slotsInAnEpoch);
    this.genesis = genesis;
    this.#head = head;
  }

  get head(): ExecutedBlock {
    return this.#head;
  }

  get oldest(): bigint {
    return this.#modules.blocks.oldest;
  }

  /** What is kept of it across restarts besides its blocks. */
  get finality(): { capture(): bigint; restore(finalNumber: bigint): void } {
    return {
      capture: () => this.#finalNumber,
      restore: (finalNumber) => {
        this.#finalNumber = finalNumber;
      },
    };
  }

  get addresses(): AddressIndex {
    const { indexes } = this.#modules.blocks;
    return {
      bySenderNonce: (sender, nonce) => indexes.bySenderNonce(sender.bytes, nonce),
      creation: (contract) => indexes.creation(contract.bytes),
      heightsWithActivity: (address, range) => indexes.heightsWithActivity(address.bytes, range),
    };
  }

  get safe(): ExecutedBlock {
    return this.#behind(this.#epoch);
  }

  get finalized(): ExecutedBlock {
    return this.#behind(2n * this.#epoch);
  }

  get tip(): TipHeader {
    return (this.#modules.ahead.tip ?? this.#head).block.header;
  }

  settled(): Promise<void> | undefined {
    return this.#modules.ahead.settled();
  }

  async get(ref: BlockRef): Promise<ExecutedBlock | undefined> {
    const work = this.#modules.ahead.until(ref);
    if (work !== undefined) await work;
    if ('hash' in ref) return this.#modules.blocks.get(ref.hash);
    if ('number' in ref) return this.#kept(ref.number);
    switch (ref.tag) {
      case 'latest':
        return this.#head;
      case 'pending':
        return this.#modules.pending();
      case 'earliest':
        return this.at(0n);
      case 'safe':
        return this.safe;
      case 'finalized':
        return this.finalized;
    }
  }

  async require(ref: BlockRef): Promise<ExecutedBlock> {
    const block = await this.get(ref);
    if (block === undefined) {
      const wanted =
        'hash' in ref ? `hash ${bytesToHex(ref.hash)}` : `number ${'number' in ref ? ref.number : ref.tag}`;
      throw blockError({ code: 'BLOCK_NOT_FOUND', wanted, head: this.#head.block.header.number });
    }
    if ('hash' in ref && ref.requireCanonical === true && !this.#modules.blocks.isCanonical(block)) {
      throw blockError({ code: 'BLOCK_NOT_CANONICAL', hash: bytesToHex(ref.hash) });
    }
    return block;
  }

  /** @throws BlockError HISTORY_PRUNED. */
  #kept(number: bigint): ExecutedBlock | undefined {
    const { oldest } = this.#modules.blocks;
    if (number > 0n && number < oldest) throw blockError({ code: 'HISTORY_PRUNED', number, oldest });
    return this.at(number);
  }

  /** Canonical heights beyond the head may be staged already: they are not there until the head is. */
  at(number: bigint): ExecutedBlock | undefined {
    return number > this.#head.block.header.number ? undefined : this.#modules.blocks.canonicalAt(number);
  }

  async isCanonical(block: ExecutedBlock): Promise<boolean> {
    return this.#modules.blocks.isCanonical(block);
  }

  async transaction(hash: Uint8Array): Promise<TransactionLocation | undefined> {
    const found = this.#modules.blocks.transaction(hash);
    return found === undefined || found.block.block.header.number > this.#head.block.header.number ? undefined : found;
  }

  async logs(query: LogQuery): Promise<LocatedLog[]> {
    const head = this.#head.block.header.number;
    const to = query.to < head ? query.to : head;
    // The genesis holds no logs.
    const from = query.from > 0n ? query.from : 1n;
    if (from <= to) this.#kept(from);
    const heights = this.#modules.blocks.indexes.heightsWithLogs(query, { from, to });
    return findLogs(heights, query, (number) => this.at(number));
  }

  logsOf(block: ExecutedBlock, query: Pick<LogQuery, 'addresses' | 'topics'>): LocatedLog[] {
    return logsOfBlock(block, query);
  }

  /** Hash of an ancestor, for BLOCKHASH: walks the block's own branch. */
  ancestorHash(from: ExecutedBlock, number: bigint): Uint8Array | undefined {
    return ancestorHash(this.#modules.blocks, from, number);
  }

  importBlock(block: Block): Promise<ExecutedBlock> {
    return this.#modules.lane.run(async () => {
      const known = this.#modules.blocks.get(block.hash());
      if (known !== undefined) return known;
      const parent = this.#modules.blocks.get(block.header.parentHash);
      if (parent === undefined) {
        throw blockError({ code: 'PARENT_UNKNOWN', hash: bytesToHex(block.header.parentHash) });
      }
      const { executed, state } = await this.#modules.execute(block, parent);
      await this.adopt(executed, state);
      return executed;
    });
  }

  /**
   * Takes in an executed block, inside the lane. The order of effects is what survives a crash:
   * (1) its state's nodes, (2) the block with its receipts, (3) indexes, canonical heights and the head pointer are staged;
   * (4) one atomic write commits all of them, with what the parts of the node keep; (5) the head moves in memory; (6) the
   * pool is rebased; (7) listeners are told. A process that ends before (4) is done finds the old head whole when it comes
   * back, after (4) the new one; a write that fails leaves the old head, here and on disk. The hash of a transaction is
   * answered after (7), so what was acknowledged is never lost.
   */
  async adopt(executed: ExecutedBlock, state: OpenState): Promise<void> {
    await state.flush();
    this.#modules.blocks.put(executed);
    await this.#moveHead(executed, () => this.#modules.events.emit('blockImported', executed));
  }

  /** Takes in blocks that are staged, the last of them, inside the lane; in the same order of effects. */
  adoptStaged(last: ExecutedBlock, imported: readonly ExecutedBlock[] = []): Promise<void> {
    return this.#moveHead(last, () => {
      for (const one of imported) this.#modules.events.emit('blockImported', one);
    });
  }

  setHead(hash: Uint8Array): Promise<void> {
    return this.#modules.lane.run(async () => {
      const target = await this.require({ hash });
      this.#modules.requireState(target.stateRoot);
      await this.#moveHead(target);
    });
  }

  finalize(hash: Uint8Array): Promise<void> {
    return this.#modules.lane.run(async () => {
      this.#finalNumber = (await this.require({ hash, requireCanonical: true })).block.header.number;
    });
  }

  /** Inside the lane: gives the head another state (setters such as `hardhat_setBalance`). */
  async editHead(stateRoot: Uint8Array): Promise<void> {
    const edited = this.#modules.blocks.putStateRoot(this.#head, stateRoot);
    await this.#modules.commit();
    this.#head = edited;
  }

  capture(): ChainMemento {
    const { hash, stateRoot } = this.#head;
    return { hash, stateRoot, finalNumber: this.#finalNumber };
  }

  /** Whether a captured head can still be gone back to: its block and state may have been pruned. */
  canRestore({ hash }: ChainMemento): boolean {
    return this.#modules.blocks.has(hash);
  }

  /**
   * Inside the lane: back to a captured head, which may have been edited since. Staged only: whoever calls commits, and then
   * calls what is returned to have listeners told; or takes it back with {@link revive} when the write fails.
   * @param options.keepBlocks whether the blocks after it stay as a branch, or are forgotten for good.
   * @param options.line of blocks that lead there, where they came from outside.
   */
  restore({ hash, stateRoot, finalNumber }: ChainMemento, { keepBlocks, line }: RestoreOptions): () => void {
    const { blocks, events, afterForget } = this.#modules;
    const captured = blocks.get(hash);
    if (captured === undefined) throw blockError({ code: 'BLOCK_NOT_KEPT', hash: bytesToHex(hash) });
    const head = blocks.putStateRoot(captured, stateRoot);
    const path = pathBetween(blocks, this.#head, head, line);
    const removed = path.removed;
    const added = line === undefined ? path.added : path.added.slice(-LISTED_BLOCKS);
    stagePath(blocks, path, head);
    if (!keepBlocks) forgetRemoved(blocks, path);
    this.#head = head;
    this.#finalNumber = finalNumber;
    return () => {
      if (added.length + removed.length === 0) return;
      afterForget(removed);
      events.emit('headChanged', { head, added, removed });
    };
  }

  /** Takes back a {@link restore} that could not be written. */
  revive(head: ExecutedBlock, finalNumber: bigint): void {
    this.#head = head;
    this.#finalNumber = finalNumber;
  }

  #behind(distance: bigint): ExecutedBlock {
    const { number: head } = this.#head.block.header;
    const behind = head - distance > this.#finalNumber ? head - distance : this.#finalNumber;
    const { oldest } = this.#modules.blocks;
    const kept = behind < oldest ? oldest : behind;
    return this.at(kept < head ? kept : head) ?? this.genesis;
  }

  async #moveHead(target: ExecutedBlock, beforeHead?: () => void): Promise<void> {
    const { blocks, commit, afterHead, events } = this.#modules;
    const path = pathBetween(blocks, this.#head, target);
    const { added, removed } = path;
    stagePath(blocks, path, target);
    await commit({ mined: added });
    beforeHead?.();
    this.#head = target;
    await afterHead(removed);
    if (added.length + removed.length > 0) events.emit('headChanged', { head: target, added, removed });
  }
}
