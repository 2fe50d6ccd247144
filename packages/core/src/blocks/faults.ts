import { CoreError } from '../errors.ts';

export type BlockFault =
  | { readonly code: 'BLOCK_NOT_FOUND'; readonly wanted: string; readonly head: bigint }
  | { readonly code: 'BLOCK_NOT_CANONICAL'; readonly hash: string }
  | { readonly code: 'BLOCK_NOT_KEPT'; readonly hash: string }
  | { readonly code: 'HISTORY_PRUNED'; readonly number: bigint; readonly oldest: bigint }
  | { readonly code: 'TRANSACTION_NOT_FOUND'; readonly hash: string }
  | { readonly code: 'GENESIS_FOREIGN'; readonly theirs: string; readonly ours: string }
  | { readonly code: 'BLOCK_INVALID'; readonly detail: string }
  | { readonly code: 'PARENT_UNKNOWN'; readonly hash: string }
  | { readonly code: 'DEPTH_TOO_LARGE'; readonly depth: bigint; readonly most: bigint };

/** A block that is not there, or that cannot be accepted. */
export class BlockError extends CoreError<BlockFault> {}

const SENTENCES: { [C in BlockFault['code']]: (fault: Extract<BlockFault, { code: C }>) => string } = {
  BLOCK_NOT_FOUND: ({ wanted, head }) => `block not found: ${wanted}; the latest block is ${head}`,
  BLOCK_NOT_CANONICAL: ({ hash }) => `hash ${hash} is not currently canonical`,
  BLOCK_NOT_KEPT: ({ hash }) => `block ${hash} is no longer kept: it was pruned`,
  HISTORY_PRUNED: ({ number, oldest }) =>
    `pruned history unavailable: block ${number}; the oldest that is kept is ${oldest}`,
  TRANSACTION_NOT_FOUND: ({ hash }) => `transaction not found: ${hash}`,
  GENESIS_FOREIGN: ({ theirs, ours }) => `it is the genesis ${theirs} of another chain; this one's is ${ours}`,
  BLOCK_INVALID: ({ detail }) => `invalid block: ${detail}`,
  PARENT_UNKNOWN: ({ hash }) => `unknown ancestor ${hash}`,
  DEPTH_TOO_LARGE: ({ depth, most }) =>
    `depth ${depth} is too large: at most ${most} blocks can be taken off the chain here`,
};

/** @example throw blockError({ code: 'BLOCK_NOT_FOUND', wanted: '7', head: 3n }) */
export function blockError(fault: BlockFault, options?: ErrorOptions): BlockError {
  const sentence = SENTENCES[fault.code] as (fault: BlockFault) => string;
  return new BlockError(fault, sentence(fault), options);
}
