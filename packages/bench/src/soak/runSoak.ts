import { setTimeout as delay } from 'node:timers/promises';
import { BenchError } from '../errors.ts';
import { Random } from './random.ts';
import { SoakHistory } from './soakHistory.ts';
import { SoakNode } from './soakNode.ts';
import { COUNTER, SoakWorker } from './soakWorker.ts';

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
  /** How often the chain was taken back to a snapshot, a checkpoint or its genesis. */
  readonly returns: number;
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
/** Requests of a worker between two changes of the whole chain, at most. */
const LONGEST_ROUND = 40;
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
  await node.call('evm_setIntervalMining', [0]);
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

interface Life {
  readonly node: SoakNode;
  readonly workers: readonly SoakWorker[];
  readonly history: SoakHistory;
  readonly random: Random;
  readonly longestMs: number;
}

/** Load until the node is ended, at a random moment. @returns whether it was killed. */
async function live({ node, workers, history, random, longestMs }: Life): Promise<boolean> {
  const isKill = random.below(5) > 0;
  const ended = delay(100 + random.below(longestMs)).then(() => node.end(isKill ? 'SIGKILL' : 'SIGTERM'));
  for (let isThere = true; isThere; ) {
    const round = 1 + random.below(LONGEST_ROUND);
    const answers = await Promise.all(workers.map((worker) => worker.run(round)));
    isThere = answers.every(Boolean) && (await history.act());
  }
  const code = await ended;
  if (!isKill && code !== 0) throw new BenchError(`the node ended with ${code} after SIGTERM`);
  return isKill;
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
  let [kills, terminations, head] = [0, 0, 0];
  try {
    const accounts = await node.call<readonly string[]>('eth_accounts');
    const workers = accounts
      .slice(0, WORKERS)
      .map((from, index) => new SoakWorker(node, new Random(seed + index + 1), { from, index }));
    const known = new Map<number, string>();
    const history = new SoakHistory(node, new Random(seed - 1), { workers, known });
    await history.resume();
    const residentAtStart = node.residentBytes;
    for (const until = performance.now() + seconds * 1000; performance.now() < until; ) {
      if (await live({ node, workers, history, random, longestMs: longestLifeMs })) kills++;
      else terminations++;
      await node.start();
      await history.resume();
      await mineWaiting(node);
      for (const worker of workers) await worker.check();
      head = await checkBlocks(node, Math.max(0, ...known.keys()), known);
      await checkTogether(node, workers, known);
      progress(
        `${kills} kills, ${terminations} terminations, ${history.returns} returns, block ${head}: nothing is lost`,
      );
    }
    const status = await node.call<{ storage: { sizeBytes: number | null } }>('minichain_status');
    return {
      ...{ kills, terminations },
      acknowledged: workers.reduce((sum, worker) => sum + worker.acknowledged, 0),
      ...{ blocks: head, returns: history.returns, residentAtStart },
      residentAtEnd: node.residentBytes,
      storageBytes: status.storage.sizeBytes,
    };
  } finally {
    await node.end('SIGKILL');
  }
}
