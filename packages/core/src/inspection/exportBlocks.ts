import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TypedTransaction } from '@ethereumjs/tx';
import { equalsBytes } from '@ethereumjs/util';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import { blockError } from '../blocks/faults.ts';
import { type KeptChain, requireCanonical, requireHead } from './keptChain.ts';

/** Blocks by number, both inclusive. */
export interface BlockRange {
  readonly from: bigint;
  readonly to: bigint;
}

/** A block for other chains of the same genesis. */
export interface ExportedBlock {
  readonly number: bigint;
  /** RLP of header, transactions, uncles and withdrawals. */
  readonly bytes: Uint8Array;
  /** Why it cannot be executed elsewhere: its parent's state was set by hand, or a sender did not sign. */
  readonly obstacle: 'edited' | 'impersonated' | undefined;
}

/** Blocks that are read between two turns of others. */
const TURN = 50;

function isSigned(tx: TypedTransaction, sender: Uint8Array): boolean {
  try {
    // A kept block's transactions are told who sent them; this asks their signatures.
    const { getSenderAddress } = Object.getPrototypeOf(tx) as Pick<TypedTransaction, 'getSenderAddress'>;
    return equalsBytes(getSenderAddress.call(tx).bytes, sender);
  } catch {
    return false;
  }
}

function obstacleOf({ block, senders }: ExecutedBlock, parent: ExecutedBlock | undefined): ExportedBlock['obstacle'] {
  if (parent !== undefined && !equalsBytes(parent.stateRoot, parent.block.header.stateRoot)) return 'edited';
  const isForeign = block.transactions.some((tx, i) => !isSigned(tx, senders[i]?.bytes ?? new Uint8Array()));
  return isForeign ? 'impersonated' : undefined;
}

/**
 * The range that is meant where a bound is left out: from the oldest block that is kept, to the head.
 * @throws BlockError BLOCK_NOT_FOUND for an end beyond the head.
 */
export function resolveRange(chain: KeptChain, { from, to }: Partial<BlockRange>): BlockRange {
  const head = requireHead(chain).block.header.number;
  const { oldest } = chain.blocks;
  if (to !== undefined && to > head) throw blockError({ code: 'BLOCK_NOT_FOUND', wanted: `number ${to}`, head });
  return { from: from ?? (oldest > 1n ? oldest : 0n), to: to ?? head };
}

/** The canonical blocks of a range, oldest first. @throws BlockError BLOCK_NOT_FOUND, HISTORY_PRUNED. */
export async function* exportBlocks(chain: KeptChain, { from, to }: BlockRange): AsyncGenerator<ExportedBlock> {
  let parent = from > 0n ? chain.blocks.canonicalAt(from - 1n) : undefined;
  for (let number = from; number <= to; number++) {
    const block = requireCanonical(chain, number);
    yield { number, bytes: block.block.serialize(), obstacle: obstacleOf(block, parent) };
    parent = block;
    if (number % BigInt(TURN) === 0n) await nextTurn();
  }
}
