import { BLOCK_0, BLOCK_3, NOWHERE, TX_STORE, TX_TRANSFER, type Vectors } from '../world.vectors.ts';
import type { traceOpcodes } from './traceOpcodes.ts';

export const traceOpcodesVectors = {
  trace_transactionOpcodeGas: {
    succeeds: [
      {
        params: [TX_STORE],
        result: {
          transactionHash: TX_STORE,
          opcodeGas: [
            { opcode: 'SSTORE', count: 1, gasUsed: 20000 },
            { opcode: 'JUMPI', count: 1, gasUsed: 10 },
            { opcode: 'PUSH0', count: 2, gasUsed: 4 },
            { opcode: 'CALLDATALOAD', count: 1, gasUsed: 3 },
            { opcode: 'PUSH1', count: 1, gasUsed: 3 },
            { opcode: 'CALLDATASIZE', count: 1, gasUsed: 2 },
            { opcode: 'JUMPDEST', count: 1, gasUsed: 1 },
            { opcode: 'STOP', count: 1, gasUsed: 0 },
          ],
        },
      },
      { when: 'no code runs', params: [TX_TRANSFER], result: { transactionHash: TX_TRANSFER, opcodeGas: [] } },
    ],
    fails: [
      {
        when: 'nobody knows the hash',
        params: [NOWHERE],
        error: {
          code: -32000,
          message: 'transaction not found: 0x00000000000000000000000000000000000000000000000000000000deadbeef',
        },
      },
    ],
  },
  trace_blockOpcodeGas: {
    succeeds: [
      {
        params: ['0x3'],
        result: {
          blockHash: BLOCK_3,
          blockNumber: '0x3',
          transactions: [
            {
              transactionHash: TX_STORE,
              opcodeGas: [
                { opcode: 'SSTORE', count: 1, gasUsed: 20000 },
                { opcode: 'JUMPI', count: 1, gasUsed: 10 },
                { opcode: 'PUSH0', count: 2, gasUsed: 4 },
                { opcode: 'CALLDATALOAD', count: 1, gasUsed: 3 },
                { opcode: 'PUSH1', count: 1, gasUsed: 3 },
                { opcode: 'CALLDATASIZE', count: 1, gasUsed: 2 },
                { opcode: 'JUMPDEST', count: 1, gasUsed: 1 },
                { opcode: 'STOP', count: 1, gasUsed: 0 },
              ],
            },
          ],
        },
      },
      {
        when: 'there are no transactions',
        params: ['0x0'],
        result: { blockHash: BLOCK_0, blockNumber: '0x0', transactions: [] },
      },
    ],
    fails: [
      {
        when: 'nobody knows the block',
        params: ['0x9'],
        error: { code: -32001, message: 'block not found: number 9; the latest block is 3' },
      },
    ],
  },
} satisfies Vectors<typeof traceOpcodes>;
