import type { Block, BlockHeader } from '@ethereumjs/block';
import type { TypedTransaction } from '@ethereumjs/tx';
import { type Address, bytesToHex, equalsBytes } from '@ethereumjs/util';
import type { Activity, ExecutedBlock, Receipt } from '../blocks/executedBlock.ts';
import { blockError } from '../blocks/faults.ts';
import type { Machine } from '../execution/engine/machine.ts';
import { receiptFromResult } from '../execution/receipt.ts';
import { openHeader, sealBlock } from '../execution/sealBlock.ts';
import { type RequestRules, startBlock } from '../execution/systemCalls.ts';
import { blobGasOf } from '../transactions/prices.ts';

const MAX_GAS_LIMIT = 2n ** 63n - 1n;

/** What execution decides in a header, in the order in which EthereumJS looks at it, with its words. */
const EXECUTED_FIELDS = [
  'requestsHash',
  'receiptTrie',
  'logsBloom',
  'gasUsed',
  'stateRoot',
  'blobGasUsed',
] as const satisfies readonly (keyof BlockHeader)[];

const invalid = (detail: string) => blockError({ code: 'BLOCK_INVALID', detail });

const shown = (value: unknown): string => (value instanceof Uint8Array ? bytesToHex(value) : String(value));

const isSame = (a: unknown, b: unknown): boolean =>
  a instanceof Uint8Array && b instanceof Uint8Array ? equalsBytes(a, b) : a === b;

async function verifyBody(block: Block): Promise<void> {
  if (block.header.gasLimit > MAX_GAS_LIMIT) throw invalid('Invalid block with gas limit greater than (2^63 - 1)');
  await block.validateData(false, true);
}

function verifyResult(told: BlockHeader, found: BlockHeader): void {
  for (const field of EXECUTED_FIELDS) {
    if (isSame(told[field], found[field])) continue;
    throw invalid(`invalid ${field}: it says ${shown(told[field])}, executed it is ${shown(found[field])}`);
  }
}

interface Ran {
  readonly receipts: Receipt[];
  readonly activity: Activity[];
}

async function runTransactions(machine: Machine, block: Block, senders: readonly Address[]): Promise<Ran> {
  const { header } = block;
  const baseFee = header.baseFeePerGas;
  const blobBaseFee = header.excessBlobGas === undefined ? undefined : header.getBlobGasPrice();
  const [receipts, activity]: [Receipt[], Activity[]] = [[], []];
  let gasUsedBefore = 0n;
  for (const [i, tx] of block.transactions.entries()) {
    if (gasUsedBefore + tx.gasLimit > header.gasLimit) throw invalid('tx has a higher gas limit than the block');
    const sender = senders[i] as Address;
    const run = { fields: tx, typed: (): TypedTransaction => tx, sender, header, gasUsedBefore };
    const result = await machine.run({ ...run, recording: 'messages' });
    receipts.push(receiptFromResult({ tx, sender, result, gasUsedBefore, baseFee, blobBaseFee }));
    activity.push(result.record?.activity as Activity);
    gasUsedBefore += result.gasUsed;
  }
  return { receipts, activity };
}

/**
 * Executes a block on a machine and verifies what its header says of that.
 * @throws BlockError BLOCK_INVALID, and whatever makes one of its transactions invalid.
 */
export async function runOnMachine(machine: Machine, block: Block, rules: RequestRules): Promise<ExecutedBlock> {
  await verifyBody(block);
  const { header, transactions } = block;
  await startBlock(machine, header);
  const senders = transactions.map((tx) => tx.getSenderAddress());
  const { receipts, activity } = await runTransactions(machine, block, senders);
  const contents = {
    ...{ transactions, senders, receipts, activity },
    gasUsed: receipts.at(-1)?.cumulativeGasUsed ?? 0n,
    blobGasUsed: transactions.reduce((sum, tx) => sum + blobGasOf(tx), 0n),
    withdrawals: block.withdrawals ?? [],
  };
  const { executed } = await sealBlock(machine, openHeader({ ...header }, machine.common), contents, rules);
  verifyResult(header, executed.block.header);
  return { block, hash: block.hash(), receipts, senders, activity, stateRoot: header.stateRoot };
}
