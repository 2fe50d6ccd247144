import {
  type BadBlock,
  type BlockRef,
  type Chain,
  type ExecutedBlock,
  LATEST,
  type TraceOptions,
} from '@minichain/core';
import { hexFromBytes as hex, RPC_CODES, type RpcBadBlock, RpcError } from '@minichain/protocol';
import { blockNumberOrTag, blockRef } from '../codecs/blockRef.ts';
import { callRequest } from '../codecs/callRequest.ts';
import { data, hash } from '../codecs/scalars.ts';
import { type TraceRequest, traceOptions } from '../codecs/traceOptions.ts';
import { method, optional, required, type Serve } from '../method.ts';
import { blockView } from '../views/block.ts';
import { consensusReceipts } from '../views/consensus.ts';
import type { TracePlace } from '../views/flatTrace.ts';
import { StepText } from '../views/stepText.ts';
import { blockTraceView, traceView } from '../views/trace.ts';

const options = optional('options', traceOptions, {} as TraceRequest);
/** Struct logs are written as text while they happen. */
const steps = (of: TraceOptions): StepText => new StepText(of);
const at = required('block', blockRef);

type TracedBlock = Pick<ExecutedBlock, 'block' | 'senders' | 'hash'>;

const withSenders = ({ block, hash: of }: BadBlock): TracedBlock => ({
  ...{ block, hash: of },
  senders: block.transactions.map((tx) => tx.getSenderAddress()),
});

const same = <T>(value: T): T => value;

const nameOf = (ref: BlockRef): string => ('number' in ref ? `#${ref.number}` : 'tag' in ref ? ref.tag : hex(ref.hash));

/** geth's words and code for what cannot be traced. */
async function traceable(chain: Chain, ref: BlockRef): Promise<ExecutedBlock> {
  const block = await chain.chain.get(ref);
  if (block === undefined) throw new RpcError(RPC_CODES.invalidInput, `block ${nameOf(ref)} not found`);
  return block;
}

async function placeOf(chain: Chain, of: Uint8Array): Promise<TracePlace | undefined> {
  const found = await chain.chain.transaction(of);
  if (found === undefined) return undefined;
  const { hash: blockHash, block } = found.block;
  return { blockHash, blockNumber: block.header.number, transactionHash: of, transactionPosition: found.index };
}

async function tracedBlock(chain: Chain, block: TracedBlock, trace: TraceOptions | undefined) {
  if (block.block.header.number === 0n) throw new RpcError(RPC_CODES.invalidInput, 'genesis is not traceable');
  return blockTraceView(await chain.execution.traceBlock(block, { ...trace, steps }), block);
}

function badBlockView(bad: BadBlock): RpcBadBlock {
  const { block, hash: of, reason } = bad;
  const executed = { ...withSenders(bad), receipts: [], activity: [], stateRoot: block.header.stateRoot };
  return { hash: hex(of), block: blockView(executed, { full: true }), rlp: hex(block.serialize()), reason };
}

/** Traces by replay, and the consensus encodings of blocks. */
export const debug = {
  debug_traceTransaction: method({
    params: [required('transactionHash', hash), options],
    run: async (c, of, { trace }) => {
      const result = await c.chain.execution.traceTransaction(of, { ...trace, steps });
      return traceView(result, result.type === 'flat' ? await placeOf(c.chain, of) : undefined);
    },
    result: same,
  }),
  debug_traceCall: method({
    params: [required('transaction', callRequest), optional('block', blockRef, LATEST), options],
    run: async (c, request, ref, { trace, ...place }) => {
      const options = { ...trace, steps, ...place };
      return traceView(await c.chain.execution.traceCall(request, ref, options));
    },
    result: same,
  }),
  debug_traceBlockByNumber: method({
    params: [required('block', blockNumberOrTag), options],
    run: async (c, ref, { trace }) => tracedBlock(c.chain, await traceable(c.chain, ref), trace),
    result: same,
  }),
  debug_traceBlockByHash: method({
    params: [required('blockHash', hash), options],
    run: async (c, of, { trace }) => tracedBlock(c.chain, await traceable(c.chain, { hash: of }), trace),
    result: same,
  }),
  debug_traceBlock: method({
    params: [required('rlp', data), options],
    run: async (c, rlp, { trace }) => tracedBlock(c.chain, await c.chain.execution.decodeTracedBlock(rlp), trace),
    result: same,
  }),
  debug_getRawHeader: method({
    params: [at],
    run: (c, ref) => c.chain.chain.require(ref),
    result: ({ block }) => hex(block.header.serialize()),
  }),
  debug_getRawBlock: method({
    params: [at],
    run: (c, ref) => c.chain.chain.require(ref),
    result: ({ block }) => hex(block.serialize()),
  }),
  debug_getRawReceipts: method({
    params: [at],
    run: (c, ref) => c.chain.chain.require(ref),
    result: (block) => consensusReceipts(block).map(hex),
  }),
  debug_getBadBlocks: method({
    params: [],
    run: (c) => c.chain.badBlocks(),
    result: (blocks) => blocks.map(badBlockView),
  }),
  debug_traceBadBlock: method({
    params: [required('blockHash', hash), options],
    run: async (c, of, { trace }) => {
      const bad = c.chain.badBlocks().find((one) => hex(one.hash) === hex(of));
      if (bad === undefined) throw new RpcError(RPC_CODES.invalidInput, `bad block ${hex(of)} not found`);
      return tracedBlock(c.chain, withSenders(bad), trace);
    },
    result: same,
  }),
  debug_getRawBlockAccessList: method({
    params: [at],
    run: async (c, ref): Promise<never> => {
      const { number } = (await c.chain.chain.require(ref)).block.header;
      throw new RpcError(RPC_CODES.notFound, `block ${number} has no block access list (EIP-7928)`);
    },
    result: (none) => none,
  }),
} satisfies Partial<Serve>;
