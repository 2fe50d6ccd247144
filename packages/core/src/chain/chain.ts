import type { Block } from '@ethereumjs/block';
import { bytesToHex } from '@ethereumjs/util';
import type { BlockStore } from '../blocks/blockStore.ts';
import type { BlockRef } from '../blocks/blockTag.ts';
import type { ExecutedBlock, TransactionLocation } from '../blocks/executedBlock.ts';
import { blockError } from '../blocks/faults.ts';
import { logsOfBlock } from '../blocks/logQuery.ts';
import type { ChainReader, LocatedLog, LogQuery } from '../contract.ts';
import type { ChainEvents } from '../events.ts';
import type { Lane } from '../lane.ts';
import type { OpenState } from '../state/stateStore.ts';

interface ChainModules {
  readonly blocks: BlockStore;
  readonly events: ChainEvents;
  readonly lane: Lane;
  /** Executes a block that came from outside on its parent. */
  readonly execute: (block: Block, parent: ExecutedBlock) => Promise<{ executed: ExecutedBlock; state: OpenState }>;
  /** The block that the pool would make now. */
  readonly pending: () => Promise<ExecutedBlock>;
  /** Runs inside the lane after the head moved, before anyone is told. `removed` is newest first. */
  readonly afterHead: (removed: readonly ExecutedBlock[]) => Promise<void>;
  /** Runs inside the lane when blocks are gone for good (a reverted snapshot's future, a reset); newest first. */
  readonly afterForget: (blocks: readonly ExecutedBlock[]) => void;
}

export interface ChainMemento {
  readonly head: ExecutedBlock;
  readonly finalNumber: bigint;
}

/** The canonical chain: its head, its reads, and the only ways to move it. */
export class Chain implements ChainReader {
  readonly #modules: ChainModules;
  readonly #epoch: bigint;
  #head: ExecutedBlock;
  /** Height of the last block that was declared final; blocks behind the head become so by distance as well. */
  #finalNumber = 0n;
  readonly genesis: ExecutedBlock;

  constructor(options: { genesis: ExecutedBlock; slotsInAnEpoch: number }, modules: ChainModules) {
    this.#modules = modules;
    this.#epoch = BigInt(options.slotsInAnEpoch);
    this.genesis = options.genesis;
    this.#head = options.genesis;
    modules.blocks.put(options.genesis);
    modules.blocks.pushCanonical(options.genesis);
  }

  get head(): ExecutedBlock {
    return this.#head;
  }

  get safe(): ExecutedBlock {
    return this.#behind(this.#epoch);
  }

  get finalized(): ExecutedBlock {
    return this.#behind(2n * this.#epoch);
  }

  async get(ref: BlockRef): Promise<ExecutedBlock | undefined> {
    if ('hash' in ref) return this.#modules.blocks.get(ref.hash);
    if ('number' in ref) return this.at(ref.number);
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

  at(number: bigint): ExecutedBlock | undefined {
    return this.#modules.blocks.canonicalAt(number);
  }

  async isCanonical(block: ExecutedBlock): Promise<boolean> {
    return this.#modules.blocks.isCanonical(block);
  }

  async transaction(hash: Uint8Array): Promise<TransactionLocation | undefined> {
    return this.#modules.blocks.transaction(hash);
  }

  async logs(query: LogQuery): Promise<LocatedLog[]> {
    const head = this.#head.block.header.number;
    const last = query.to < head ? query.to : head;
    const found: LocatedLog[] = [];
    for (let number = query.from; number <= last; number++) {
      const block = this.at(number);
      if (block !== undefined) found.push(...logsOfBlock(block, query));
    }
    return found;
  }

  logsOf(block: ExecutedBlock, query: Pick<LogQuery, 'addresses' | 'topics'>): LocatedLog[] {
    return logsOfBlock(block, query);
  }

  /** Hash of an ancestor, for BLOCKHASH: walks the block's own branch. */
  async ancestorHash(from: ExecutedBlock, number: bigint): Promise<Uint8Array | undefined> {
    let block: ExecutedBlock | undefined = from;
    while (block !== undefined && block.block.header.number > number) {
      if (this.#modules.blocks.isCanonical(block)) return this.at(number)?.hash;
      block = this.#modules.blocks.get(block.block.header.parentHash);
    }
    // A block that is yet to come has no hash, whatever number a call was told that it runs at.
    return block?.block.header.number === number ? block.hash : undefined;
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
   * Takes in an executed block, inside the lane. The order matters for who may see what: (1) its state's nodes are stored;
   * (2) block, receipts and indexes; (3) the head moves in memory; (4) the pool is rebased; (5) listeners are told. A
   * reader between any two steps sees either the old head whole or the new one whole.
   */
  async adopt(executed: ExecutedBlock, state: OpenState): Promise<void> {
    await state.flush();
    this.#modules.blocks.put(executed);
    this.#modules.events.emit('blockImported', executed);
    await this.#moveHead(executed);
  }

  setHead(hash: Uint8Array): Promise<void> {
    return this.#modules.lane.run(async () => this.#moveHead(await this.require({ hash })));
  }

  finalize(hash: Uint8Array): Promise<void> {
    return this.#modules.lane.run(async () => {
      this.#finalNumber = (await this.require({ hash, requireCanonical: true })).block.header.number;
    });
  }

  /** Inside the lane: gives the head another state (setters such as `hardhat_setBalance`). */
  editHead(stateRoot: Uint8Array): void {
    const edited = { ...this.#head, stateRoot };
    this.#modules.blocks.put(edited);
    this.#head = edited;
  }

  capture(): ChainMemento {
    return { head: this.#head, finalNumber: this.#finalNumber };
  }

  /** Inside the lane: back to a captured head, which may have been edited since; the blocks after it are forgotten. */
  restore({ head, finalNumber }: ChainMemento): void {
    const { blocks, events, afterForget } = this.#modules;
    blocks.put(head);
    const { added, removed } = this.#rewire(head);
    this.#finalNumber = finalNumber;
    if (added.length + removed.length === 0) return;
    for (const block of removed) blocks.delete(block);
    afterForget(removed);
    events.emit('headChanged', { head, added, removed });
  }

  #behind(distance: bigint): ExecutedBlock {
    const { number: head } = this.#head.block.header;
    const behind = head - distance > this.#finalNumber ? head - distance : this.#finalNumber;
    return this.at(behind < head ? behind : head) ?? this.genesis;
  }

  async #moveHead(target: ExecutedBlock): Promise<void> {
    const { added, removed } = this.#rewire(target);
    await this.#modules.afterHead(removed);
    if (added.length + removed.length > 0) this.#modules.events.emit('headChanged', { head: target, added, removed });
  }

  /** Makes the branch of a known block the canonical one, up to that block. `removed` is newest first. */
  #rewire(target: ExecutedBlock): { added: ExecutedBlock[]; removed: ExecutedBlock[] } {
    const { blocks } = this.#modules;
    const added: ExecutedBlock[] = [];
    const removed: ExecutedBlock[] = [];
    let ancestor = target;
    while (!blocks.isCanonical(ancestor)) {
      added.unshift(ancestor);
      ancestor = blocks.get(ancestor.block.header.parentHash) as ExecutedBlock;
    }
    const { number } = ancestor.block.header;
    for (let height = this.#head.block.header.number; height > number; height--) removed.push(blocks.popCanonical());
    for (const block of added) blocks.pushCanonical(block);
    this.#head = target;
    return { added, removed };
  }
}
