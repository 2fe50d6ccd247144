import type { BlockStore } from '../blocks/blockStore.ts';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import type { Pool } from '../pool/pool.ts';
import { hasMadeUpSignature } from '../transactions/sender.ts';

/** What becomes of transactions when blocks come and go. Everything here runs inside the lane. */
export class PoolUpkeep {
  readonly #blocks: BlockStore;
  readonly #pool: Pool;

  constructor(modules: { blocks: BlockStore; pool: Pool }) {
    this.#blocks = modules.blocks;
    this.#pool = modules.pool;
  }

  /** After the head moved or its state was edited. @param removed newest first: what they held waits again. */
  async headMoved(removed: readonly ExecutedBlock[] = []): Promise<void> {
    await this.#pool.rebase((hash) => this.#blocks.hasTransaction(hash));
    for (const { block, senders } of [...removed].reverse()) {
      for (const [index, tx] of block.transactions.entries()) {
        const sender = senders[index];
        if (sender === undefined || this.#blocks.hasTransaction(tx.hash())) continue;
        await this.#pool.readmit(tx, sender, hasMadeUpSignature(tx, sender));
      }
    }
  }

  /** After blocks were taken back for good: whoever asks for what they held is told so. */
  blocksForgotten(forgotten: readonly ExecutedBlock[]): void {
    for (const { block } of forgotten) {
      const detail = `its block ${block.header.number} was taken back`;
      for (const tx of block.transactions) this.#pool.note({ hash: tx.hash(), reason: 'reverted-snapshot', detail });
    }
  }
}
