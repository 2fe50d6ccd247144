import type { CallFrame, Chain, ExecutedBlock, TypedTransaction } from '@minichain/core';
import { LATEST } from '@minichain/core';
import {
  hexFromBytes as hex,
  quantityFromBigInt as quantity,
  type RpcBlockDetails,
  type RpcBlockPage,
  type RpcInternalOperation,
  type RpcOtsTrace,
} from '@minichain/protocol';
import { blockNumberOrTag, blockRef } from '../codecs/blockRef.ts';
import { address, between, count, hash } from '../codecs/scalars.ts';
import { answer, method, optional, required, type Serve } from '../method.ts';
import { blockView } from '../views/block.ts';
import { receiptView } from '../views/receipt.ts';
import { transactionView } from '../views/transaction.ts';

const LARGEST_PAGE = 1000n;
/** Of its input: what Otterscan shows in a list. */
const SELECTOR_BYTES = 4;

const byHash = required('transactionHash', hash);
const number = required('block', blockNumberOrTag);

function details(block: ExecutedBlock | undefined): RpcBlockDetails | null {
  if (block === undefined) return null;
  const { transactions, ...slim } = blockView(block, { full: false });
  const fees = block.receipts.reduce((sum, { gasUsed, effectiveGasPrice }) => sum + gasUsed * effectiveGasPrice, 0n);
  return {
    block: { ...slim, transactionCount: transactions.length },
    issuance: { blockReward: '0x0', uncleReward: '0x0', issuance: '0x0' },
    totalFees: quantity(fees),
  };
}

interface Page {
  readonly block: ExecutedBlock;
  readonly first: number;
  readonly size: number;
}

function pageView({ block, first, size }: Page): RpcBlockPage {
  const { transactions, ...rest } = blockView(block, { full: false });
  const listed = block.block.transactions.slice(first, first + size);
  return {
    fullblock: {
      ...rest,
      transactions: listed.map((tx: TypedTransaction, offset) => {
        const index = first + offset;
        const view = transactionView({ tx, sender: block.senders[index], place: { executed: block, index } });
        return { ...view, input: hex(tx.data.subarray(0, SELECTOR_BYTES)) };
      }),
      transactionCount: transactions.length,
    },
    receipts: listed.map((_, offset) => ({
      ...receiptView(block, first + offset),
      logs: null,
      logsBloom: null,
      timestamp: quantity(block.block.header.timestamp),
    })),
  };
}

/** @throws BlockError TRANSACTION_NOT_FOUND. */
async function frameOf({ execution }: Chain, of: Uint8Array): Promise<CallFrame | undefined> {
  const trace = await execution.traceTransaction(of, { tracer: 'callTracer' });
  return trace.type === 'call' ? trace.frame : undefined;
}

interface Step {
  readonly frame: CallFrame;
  readonly depth: number;
  /** Whether neither it nor what called it failed. */
  readonly lasted: boolean;
}

/** All messages in the order in which they were sent. */
function steps(frame: CallFrame, depth = 0, outside = true): Step[] {
  const lasted = outside && frame.error === undefined;
  return [{ frame, depth, lasted }, ...frame.calls.flatMap((call) => steps(call, depth + 1, lasted))];
}

/** Otterscan shows what carries no value as such. */
const carriesValue = ({ kind }: CallFrame): boolean => kind !== 'DELEGATECALL' && kind !== 'STATICCALL';

const traceView = ({ frame, depth }: Step): RpcOtsTrace => ({
  type: frame.kind,
  depth,
  from: hex(frame.from),
  to: hex(frame.to ?? new Uint8Array(20)),
  value: carriesValue(frame) ? quantity(frame.value) : null,
  input: hex(frame.input),
  output: hex(frame.output),
});

function operationType({ kind, value }: CallFrame): RpcInternalOperation['type'] | undefined {
  if (kind === 'SELFDESTRUCT') return 1;
  if (kind === 'CREATE') return 2;
  if (kind === 'CREATE2') return 3;
  return kind === 'CALL' && value > 0n ? 0 : undefined;
}

function operationOf({ frame, depth, lasted }: Step): RpcInternalOperation[] {
  const type = operationType(frame);
  if (depth === 0 || !lasted || type === undefined) return [];
  const to = hex(frame.to ?? new Uint8Array(20));
  return [{ type, from: hex(frame.from), to, value: quantity(frame.value) }];
}

/** What Otterscan asks about blocks and what happened in them. */
export const otsBlocks = {
  ots_getApiLevel: method({ params: [], run: () => {}, result: answer(8) }),
  ots_hasCode: method({
    params: [required('address', address), optional('block', blockRef, LATEST)],
    run: async ({ chain }, who, ref) => (await chain.state.at(ref)).code(who),
    result: (code) => code.length > 0,
  }),
  ots_getTransactionError: method({
    params: [byHash],
    run: async ({ chain }, of) => {
      const frame = await frameOf(chain, of);
      return frame?.error === undefined ? new Uint8Array() : frame.output;
    },
    result: hex,
  }),
  ots_getBlockDetails: method({ params: [number], run: ({ chain }, ref) => chain.chain.get(ref), result: details }),
  ots_getBlockDetailsByHash: method({
    params: [required('blockHash', hash)],
    run: ({ chain }, of) => chain.chain.get({ hash: of }),
    result: details,
  }),
  ots_getBlockTransactions: method({
    params: [
      number,
      required('pageNumber', count),
      required('pageSize', between(1n, LARGEST_PAGE, `a page of 1 to ${LARGEST_PAGE} transactions`)),
    ],
    run: async ({ chain }, ref, page, size) => {
      const block = await chain.chain.get(ref);
      return block === undefined ? undefined : { block, first: page * Number(size), size: Number(size) };
    },
    result: (page) => (page === undefined ? null : pageView(page)),
  }),
  ots_traceTransaction: method({
    params: [byHash],
    run: ({ chain }, of) => frameOf(chain, of),
    result: (frame) => (frame === undefined ? [] : steps(frame).map(traceView)),
  }),
  ots_getInternalOperations: method({
    params: [byHash],
    run: ({ chain }, of) => frameOf(chain, of),
    result: (frame) => (frame === undefined ? [] : steps(frame).flatMap(operationOf)),
  }),
} satisfies Partial<Serve>;
