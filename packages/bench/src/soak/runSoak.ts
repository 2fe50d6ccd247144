import { setTimeout as delay } from 'node:timers/promises';
import { BenchError } from '../errors.ts';
import { Random } from './random.ts';
import { SoakNode } from './soakNode.ts';
import { COUNTER, COUNTER_CODE, SoakWorker } from './soakWorker.ts';

export interface SoakOptions {
  /** Program and arguments that start the node on its directory, without `--ready-file`. */
  readonly command: readonly string[];
  readonly readyFile: string;
  readonly seconds: number;
  readonly seed: number;
  /** Longest time from a start to the next end, milliseconds. Default 3000. */
  readonly longestLifeMs?: number;
  readonly progress?: (text: string) => void;
}

export interface SoakResult {
  /** How often the node was killed (SIGKILL) and told to end (SIGTERM), and came back. */
  readonly kills: number;
  readonly terminations: number;
  /** Transactions and settings that were answered; every one was found again. */
  readonly acknowledged: number;
  readonly blocks: number;
  readonly residentAtStart: number | undefined;
  readonly residentAtEnd: number | undefined;
  /** What the node says its directory takes, bytes. */
  readonly storageBytes: number | null;
}

interface RpcBlock {
  readonly number: string;
  readonly hash: string;
  readonly parentHash: string;
  readonly transactions: readonly unknown[];
}

const WORKERS = 4;
const hex = (value: number): string => `0x${value.toString(16)}`;

/** Blocks from one height to the head: each follows the one before and has a receipt for each transaction. */
async function checkBlocks(node: SoakNode, from: number, known: Map<number, string>): Promise<number> {
  const head = Number(await node.call<string>('eth_blockNumber'));
  for (let number = from; number <= head; number++) {
    const block = await node.call<RpcBlock>('eth_getBlockByNumber', [hex(number), false]);
    const receipts = await node.call<readonly unknown[]>('eth_getBlockReceipts', [hex(number)]);
    const parent = known.get(number - 1);
    if (parent !== undefined && parent !== block.parentHash)
      throw new BenchError(`block ${number} follows ${block.parentHash}, expected ${parent}`);
    if (receipts.length !== block.transactions.length) throw new BenchError(`block ${number} lacks receipts`);
    known.set(number, block.hash);
  }
  return head;
}

/** The transactions that wait when the node comes back are mined, so that all can be looked for. */
async function mineWaiting(node: SoakNode): Promise<void> {
  await node.call('evm_setAutomine', [true]);
  for (;;) {
    const { pending, queued } = await node.call<{ pending: string; queued: string }>('txpool_status');
    if (Number(queued) > 0) throw new BenchError(`${Number(queued)} transactions wait behind a gap`);
    if (Number(pending) === 0) return;
    await node.call('evm_mine');
  }
}

/** What all workers did together: counts of the contract, its logs, and that no earlier block has changed. */
async function checkTogether(
  node: SoakNode,
  workers: readonly SoakWorker[],
  known: Map<number, string>,
): Promise<void> {
  const counted = workers.reduce((sum, worker) => sum + worker.counted, 0);
  const slot = Number(await node.call<string>('eth_getStorageAt', [COUNTER, '0x0', 'latest']));
  if (slot !== counted) throw new BenchError(`the contract counted ${slot}, expected ${counted}`);
  const logs = await node.call<readonly unknown[]>('eth_getLogs', [
    { address: COUNTER, fromBlock: hex(Math.min(...known.keys())), toBlock: 'latest' },
  ]);
  if (logs.length !== counted) throw new BenchError(`${logs.length} logs, expected ${counted}`);
  const last = Math.max(...known.keys());
  for (const number of [Math.floor(last / 3), Math.floor(last / 2), last]) {
    const { hash } = await node.call<RpcBlock>('eth_getBlockByNumber', [hex(number), false]);
    if (hash !== known.get(number))
      throw new BenchError(`block ${number} is ${hash} now, and was ${known.get(number)}`);
  }
}

/**
 * Loads a node, ends it at random moments, most often by SIGKILL, starts it again and checks it against what the clients
 * know, until the time is over.
 * @throws BenchError saying what was lost or changed.
 */
export async function runSoak({ command, readyFile, seconds, seed, ...options }: SoakOptions): Promise<SoakResult> {
  const { longestLifeMs = 3000, progress = () => {} } = options;
  const random = new Random(seed);
  const node = new SoakNode(command, readyFile);
  await node.start();
  const [kills, terminations] = [[] as number[], [] as number[]];
  try {
    const accounts = await node.call<readonly string[]>('eth_accounts');
    await node.call('anvil_setCode', [COUNTER, COUNTER_CODE]);
    const workers = accounts
      .slice(0, WORKERS)
      .map((from, index) => new SoakWorker(node, new Random(seed + index + 1), { from, index }));
    const known = new Map<number, string>();
    const residentAtStart = node.residentBytes;
    let head = 0;
    for (const until = performance.now() + seconds * 1000; performance.now() < until; ) {
      const working = Promise.all(workers.map((worker) => worker.run()));
      await Promise.race([working, delay(100 + random.below(longestLifeMs))]);
      const isKill = random.below(5) > 0;
      const code = await node.end(isKill ? 'SIGKILL' : 'SIGTERM');
      await working;
      if (!isKill && code !== 0) throw new BenchError(`the node ended with ${code} after SIGTERM`);
      (isKill ? kills : terminations).push(1);
      await node.start();
      await mineWaiting(node);
      for (const worker of workers) await worker.check();
      head = await checkBlocks(node, head, known);
      await checkTogether(node, workers, known);
      progress(`${kills.length} kills, ${terminations.length} terminations, block ${head}: nothing is lost`);
    }
    const status = await node.call<{ storage: { sizeBytes: number | null } }>('minichain_status');
    return {
      kills: kills.length,
      terminations: terminations.length,
      acknowledged: workers.reduce((sum, worker) => sum + worker.acknowledged, 0),
      blocks: head,
      residentAtStart,
      residentAtEnd: node.residentBytes,
      storageBytes: status.storage.sizeBytes,
    };
  } finally {
    await node.end('SIGKILL');
  }
}
