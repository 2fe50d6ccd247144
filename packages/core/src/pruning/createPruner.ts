import type { ResolvedChainOptions } from '../chainOptions.ts';
import { Pruner, type PrunerModules } from './pruner.ts';

/** @example createPruner({ options, database, nodes, blocks, chain, lane, events, keptHeads }) */
export function createPruner({
  options,
  ...modules
}: PrunerModules & { readonly options: ResolvedChainOptions }): Pruner {
  const { pruneStates, historyBlocks } = options.storage;
  return new Pruner({ states: pruneStates, historyBlocks }, modules);
}
