/** How much stays; a limit that is left out keeps all. */
export interface PruneLimits {
  /** States of that many blocks before the head. */
  readonly states?: number | undefined;
  /** That many blocks before the head, with their receipts, indexes and states. */
  readonly historyBlocks?: number | undefined;
}

export interface PruneResult {
  readonly blocks: number;
  /** Blocks that were taken off the chain. */
  readonly branchBlocks: number;
  /** Trie nodes and contract code. */
  readonly nodes: number;
}
