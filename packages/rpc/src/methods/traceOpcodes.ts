import type { TraceResult } from '@minichain/core';
import { hexFromBytes as hex, quantityFromBigInt as quantity, type RpcOpcodeGas } from '@minichain/protocol';
import { blockRef } from '../codecs/blockRef.ts';
import { hash } from '../codecs/scalars.ts';
import { method, required, type Serve } from '../method.ts';

const OPCODES = { opcodeGas: true } as const;

interface Traced {
  readonly hash: Uint8Array;
  readonly result: TraceResult;
}

const view = ({ hash: of, result }: Traced): RpcOpcodeGas => ({
  transactionHash: hex(of),
  opcodeGas: result.type === 'opcodes' ? result.opcodes : [],
});

/** What transactions spend their gas on, as reth tells it. */
export const traceOpcodes = {
  trace_transactionOpcodeGas: method({
    params: [required('transactionHash', hash)],
    run: async (c, of) => ({ hash: of, result: await c.chain.execution.traceTransaction(of, OPCODES) }),
    result: view,
  }),
  trace_blockOpcodeGas: method({
    params: [required('block', blockRef)],
    run: async (c, ref) => {
      const block = await c.chain.chain.require(ref);
      return { block, traced: await c.chain.execution.traceBlock(block, OPCODES) };
    },
    result: ({ block, traced }) => ({
      blockHash: hex(block.hash),
      blockNumber: quantity(block.block.header.number),
      transactions: traced.map(view),
    }),
  }),
} satisfies Partial<Serve>;
