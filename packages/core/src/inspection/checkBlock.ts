import { equalsBytes } from '@ethereumjs/util';
import type { ExecutedBlock, Receipt } from '../blocks/executedBlock.ts';
import { orderedTrieRoot } from '../blocks/orderedTrieRoot.ts';
import { executeBlock } from '../chain/executeBlock.ts';
import { ChainEvents } from '../events.ts';
import { createMachines } from '../execution/engine/createMachines.ts';
import type { ExecutionModules } from '../execution/environment.ts';
import { EXECUTION_LIMITS } from '../execution/limits.ts';
import { encodeReceipt, receiptFromResult } from '../execution/receipt.ts';
import { openHeader, sealBlock } from '../execution/sealBlock.ts';
import { openReplay } from '../execution/tracing/replay.ts';
import { blobGasOf } from '../transactions/prices.ts';
import { type KeptChain, requireCanonical } from './keptChain.ts';

/** What execution decides in a header. */
const EXECUTED_FIELDS = [
  'stateRoot',
  'receiptTrie',
  'transactionsTrie',
  'logsBloom',
  'gasUsed',
  'blobGasUsed',
  'withdrawalsRoot',
  'requestsHash',
] as const;

const shown = (value: unknown): string =>
  value instanceof Uint8Array ? `0x${Buffer.from(value).toString('hex')}` : String(value);

const isSame = (a: unknown, b: unknown): boolean =>
  a instanceof Uint8Array && b instanceof Uint8Array ? equalsBytes(a, b) : a === b;

function modulesFor(chain: KeptChain, parent: ExecutedBlock): ExecutionModules {
  const { stateStore, hardforks, blocks, options } = chain;
  return {
    stateStore,
    hardforks,
    events: new ChainEvents(),
    machines: createMachines({ engine: options.engine, stateStore }),
    limits: { ...EXECUTION_LIMITS, callTimeoutMs: 0 },
    chain: {
      get: async () => parent,
      require: async () => parent,
      ancestorHash: (_from, number) => blocks.canonicalHash(number)?.slice(),
    },
  };
}

/** Executes a block again. @returns what differs from its header, in words. */
export async function reexecute(chain: KeptChain, executed: ExecutedBlock, parent: ExecutedBlock): Promise<string[]> {
  const { block, senders } = executed;
  const { header } = block;
  if (block.uncleHeaders.length > 0) return reimport(chain, executed, parent);
  const modules = modulesFor(chain, parent);
  const replay = await openReplay(modules, executed);
  const baseFee = header.baseFeePerGas;
  const blobBaseFee = header.excessBlobGas === undefined ? undefined : header.getBlobGasPrice();
  const receipts: Receipt[] = [];
  for (const [i, tx] of block.transactions.entries()) {
    const sender = senders[i] as (typeof senders)[number];
    const gasUsedBefore = receipts.at(-1)?.cumulativeGasUsed ?? 0n;
    const result = await replay.next();
    receipts.push(receiptFromResult({ tx, sender, result, gasUsedBefore, baseFee, blobBaseFee }));
  }
  const { executed: again } = await sealBlock(replay.machine, openHeader({ ...header }, replay.machine.common), {
    transactions: block.transactions,
    senders,
    receipts,
    activity: [],
    gasUsed: receipts.reduce((sum, { gasUsed }) => sum + gasUsed, 0n),
    blobGasUsed: block.transactions.reduce((sum, tx) => sum + blobGasOf(tx), 0n),
    withdrawals: block.withdrawals ?? [],
  });
  const made = again.block.header;
  return EXECUTED_FIELDS.filter((field) => !isSame(header[field], made[field])).map(
    (field) => `${field} is ${shown(header[field])}, executed again it is ${shown(made[field])}`,
  );
}

/** Blocks with uncles only come from outside: their rewards are the library's to pay. */
async function reimport(
  { stateStore, blocks, options }: KeptChain,
  { block }: ExecutedBlock,
  parent: ExecutedBlock,
): Promise<string[]> {
  try {
    const blockHash = (number: bigint) => blocks.canonicalHash(number)?.slice();
    const machines = createMachines({ engine: options.engine, stateStore });
    const requireSystemContracts = options.systemContracts;
    await executeBlock(block, parent, { stateStore, machines, blockHash, requireSystemContracts });
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** What can be seen without executing: hashes, links, receipts and every index. @returns what is wrong, in words. */
export function checkContents(chain: KeptChain, executed: ExecutedBlock): string[] {
  const { block, hash, receipts, senders } = executed;
  const { header } = block;
  const found: string[] = [];
  if (!equalsBytes(block.hash(), hash)) found.push(`its hash is ${shown(block.hash())}, not ${shown(hash)}`);
  const parent = header.number > 0n ? chain.blocks.canonicalHash(header.number - 1n) : undefined;
  if (parent !== undefined && !equalsBytes(parent, header.parentHash)) {
    found.push(`its parent is ${shown(header.parentHash)}, the block below it ${shown(parent)}`);
  }
  if (receipts.length !== block.transactions.length || senders.length !== block.transactions.length) {
    found.push(
      `${block.transactions.length} transactions have ${receipts.length} receipts and ${senders.length} senders`,
    );
  }
  const root = orderedTrieRoot(receipts.map(encodeReceipt));
  if (!equalsBytes(root, header.receiptTrie))
    found.push(`the root of its receipts is ${shown(root)}, not the header's`);
  for (const entry of chain.blocks.indexes.missing(executed)) found.push(`the index does not have it by ${entry}`);
  return found;
}

/** @returns whether the state that the block was executed on is still there. */
export function findParent(chain: KeptChain, { block }: ExecutedBlock): ExecutedBlock | undefined {
  const { number } = block.header;
  if (number === 0n || (number > 1n && number - 1n < chain.blocks.oldest)) return undefined;
  const parent = requireCanonical(chain, number - 1n);
  try {
    chain.stateStore.open(parent.stateRoot);
    return parent;
  } catch {
    return undefined;
  }
}
