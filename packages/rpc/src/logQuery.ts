import type { BlockRef, Chain, LocatedLog } from '@minichain/core';
import { quantityFromBigInt, RPC_CODES, RpcError } from '@minichain/protocol';
import type { LogFilter } from './codecs/filter.ts';
import type { RpcLimits } from './rpcLimits.ts';

async function heightOf(chain: Chain, ref: BlockRef | undefined): Promise<bigint> {
  const head = chain.chain.head.block.header.number;
  if (ref === undefined) return head;
  if ('number' in ref) return ref.number;
  if ('tag' in ref && ref.tag === 'pending') return head;
  return (await chain.chain.require(ref)).block.header.number;
}

/** geth's two refusals of a range that names its ends by number; a range that tags make empty holds no logs. */
function checkRange(chain: Chain, from: BlockRef | undefined, to: BlockRef | undefined): void {
  const head = chain.chain.head.block.header.number;
  if (to === undefined || !('number' in to)) return;
  if (from !== undefined && 'number' in from && from.number > to.number) {
    const detail = `fromBlock ${from.number} is after toBlock ${to.number}`;
    throw new RpcError(RPC_CODES.invalidParams, `invalid block range params: ${detail}`);
  }
  if (to.number > head) {
    const detail = `toBlock ${to.number}, head ${head}`;
    throw new RpcError(RPC_CODES.invalidParams, `block range extends beyond current head block: ${detail}`);
  }
}

export type LogLimits = Readonly<Pick<RpcLimits, 'maxLogs' | 'maxLogRange'>>;

export const limited = (detail: string): RpcError => new RpcError(RPC_CODES.limitExceeded, detail);
const tryRange = (from: bigint, to: bigint): string =>
  `Try with this block range [${quantityFromBigInt(from)}, ${quantityFromBigInt(to)}].`;

function checkWidth(from: bigint, to: bigint, { maxLogRange: most }: LogLimits): void {
  const blocks = to - from + 1n;
  if (most === 0 || blocks <= BigInt(most)) return;
  const fits = tryRange(from, from + BigInt(most) - 1n);
  throw limited(`query exceeds max block range: ${blocks} blocks, at most ${most} (--max-log-range). ${fits}`);
}

/** Refuses more logs than may be found, naming the range that would fit, in the words that clients of hosted nodes read. */
function checkCount(found: readonly LocatedLog[], from: bigint, { maxLogs: most }: LogLimits): void {
  const over = found[most];
  if (most === 0 || over === undefined) return;
  const { number } = over.block.block.header;
  const many = `query returned more than ${most} results`;
  if (from < number) throw limited(`${many}. ${tryRange(from, number - 1n)}`);
  throw limited(`${many} in block ${number} alone: narrow it by address or topics, or raise the node's --max-logs`);
}

/**
 * Logs that a filter matches now.
 * @throws RpcError when the range runs backwards or beyond the head, the named block is unknown, or too much is asked for.
 */
export async function queryLogs(chain: Chain, filter: LogFilter, limits: LogLimits): Promise<LocatedLog[]> {
  const { blockHash, from: first, to: last, ...match } = filter;
  if (blockHash !== undefined) {
    const block = await chain.chain.get({ hash: blockHash });
    if (block === undefined) throw new RpcError(RPC_CODES.invalidInput, 'unknown block');
    const found = chain.chain.logsOf(block, match);
    checkCount(found, block.block.header.number, limits);
    return found;
  }
  checkRange(chain, first, last);
  const [from, to] = [await heightOf(chain, first), await heightOf(chain, last)];
  checkWidth(from, to, limits);
  const enough = limits.maxLogs === 0 ? {} : { enough: limits.maxLogs + 1 };
  const found = await chain.chain.logs({ from, to, ...match, ...enough });
  checkCount(found, from, limits);
  return found;
}

/**
 * Logs that a filter matches in blocks that are there already, for one that names a start: Anvil's and Hardhat's filters begin
 * with them, where geth's tell only what comes.
 * @throws RpcError LIMIT_EXCEEDED.
 */
export async function pastLogs(chain: Chain, filter: LogFilter, limits: LogLimits): Promise<LocatedLog[]> {
  const { from: first, to: last } = filter;
  if (first === undefined || ('tag' in first && (first.tag === 'latest' || first.tag === 'pending'))) return [];
  const head = chain.chain.head.block.header.number;
  const from = await heightOf(chain, first);
  const end = await heightOf(chain, last);
  const to = end < head ? end : head;
  // A start at the head itself asks for what comes next.
  if (from >= head || from > to) return [];
  return queryLogs(chain, { ...filter, from: { number: from }, to: { number: to } }, limits);
}
