import type { RpcGenesis } from '@minichain/protocol';
import { expect } from 'vitest';
import { BLOCK_3, BOB, UNWANTED, type Vectors } from '../world.vectors.ts';
import type { database } from './database.ts';
import { debugVectors } from './debug.vectors.ts';

const number: number = expect.any(Number);
const SPACE = { bytesBefore: number, bytesAfter: number };
const RAW_BLOCK_2 = debugVectors.debug_getRawBlock.succeeds[0].result;

const GENESIS: RpcGenesis = expect.objectContaining({
  config: expect.objectContaining({ chainId: 31337, londonBlock: 0, pragueTime: 0 }),
  alloc: expect.objectContaining({ [BOB]: { balance: expect.any(String), nonce: '0x1' } }),
  gasLimit: '0x1c9c380',
});

export const databaseVectors = {
  minichain_exportGenesis: {
    succeeds: [
      {
        params: [],
        result: GENESIS,
        shown: {
          config: { chainId: 31337, homesteadBlock: 0, pragueTime: 0, osakaTime: 0, terminalTotalDifficulty: 0 },
          timestamp: '0x6553f100',
          gasLimit: '0x1c9c380',
          baseFeePerGas: '0x3b9aca00',
          alloc: { [BOB]: { nonce: '0x1', balance: '0x21e19e0c9bab2400000' } },
        },
      },
    ],
    fails: [UNWANTED],
  },
  minichain_prune: {
    succeeds: [
      {
        params: [],
        result: { blocks: 0, branchBlocks: 0, nodes: 0, ...SPACE },
        shown: { blocks: 0, branchBlocks: 0, nodes: 0, bytesBefore: 6842, bytesAfter: 6842 },
      },
      {
        when: 'states are to go',
        params: [{ states: 1 }],
        result: { blocks: 0, branchBlocks: 0, nodes: number, ...SPACE },
        after: [['eth_getBlockTransactionCountByNumber', ['0x1'], '0x1']],
        world: 'fresh',
      },
      {
        when: 'blocks are to go',
        params: [{ historyBlocks: '0x1' }],
        result: { blocks: 1, branchBlocks: 0, nodes: number, ...SPACE },
        world: 'fresh',
      },
    ],
    fails: [
      {
        params: [{ states: 0 }],
        error: {
          code: -32602,
          message: 'params[0] (limits).states: expected a count of blocks, at least 1, got 0',
        },
      },
      {
        params: [{ blocks: 1 }],
        error: { code: -32602, message: 'params[0] (limits): unknown field "blocks"; known are states, historyBlocks' },
      },
      {
        params: [7],
        error: {
          code: -32602,
          message: 'params[0] (limits): expected an object with states, historyBlocks or both, counts of blocks, got 7',
        },
      },
    ],
  },
  minichain_compact: {
    succeeds: [{ params: [], result: SPACE, shown: { bytesBefore: 6842, bytesAfter: 6842 } }],
    fails: [UNWANTED],
  },
  minichain_importBlocks: {
    succeeds: [
      {
        when: 'they are there',
        params: [RAW_BLOCK_2],
        result: { imported: 0, known: 1, head: { number: 3, hash: BLOCK_3 } },
      },
    ],
    fails: [
      {
        when: 'the second is none',
        params: [`${RAW_BLOCK_2}01`],
        error: {
          code: -32000,
          message: expect.stringMatching(/^block 2 of those given: invalid block: cannot decode: /),
          data: { imported: 0, known: 1, reason: expect.stringMatching(/^invalid block: cannot decode: /) },
        },
      },
      {
        params: ['latest'],
        error: { code: -32602, message: 'params[0] (blocks): expected 0x-prefixed hex bytes, got "latest"' },
      },
    ],
  },
} satisfies Vectors<typeof database>;
