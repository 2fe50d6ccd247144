import { NO_BLOCK_9, UNWANTED, type Vectors } from '../../world.vectors.ts';
import type { feeMarket } from './feeMarket.ts';

export const feeMarketVectors = {
  eth_gasPrice: {
    succeeds: [
      { params: [], result: '0x5e92bbc2' },
      {
        when: 'the next base fee was set',
        before: [['hardhat_setNextBlockBaseFeePerGas', ['0x0']]],
        params: [],
        result: '0x3b9aca00',
      },
    ],
    fails: [UNWANTED],
  },
  eth_maxPriorityFeePerGas: { succeeds: [{ params: [], result: '0x3b9aca00' }], fails: [UNWANTED] },
  eth_blobBaseFee: { succeeds: [{ params: [], result: '0x1' }], fails: [UNWANTED] },
  eth_baseFee: {
    succeeds: [
      { params: [], result: '0x22f7f1c2' },
      { when: 'it was set', before: [['anvil_setNextBlockBaseFeePerGas', ['0x7b']]], params: [], result: '0x7b' },
    ],
    fails: [UNWANTED],
  },
  eth_feeHistory: {
    succeeds: [
      {
        params: ['0x2', 'latest', [25, 75]],
        result: {
          oldestBlock: '0x2',
          reward: [
            ['0x4990bb33', '0x4990bb33'],
            ['0x4f433660', '0x4f433660'],
          ],
          baseFeePerGas: ['0x2da4d8cd', '0x27f25da0', '0x22f7f1c2'],
          gasUsedRatio: [0.0007273333333333333, 0.0015154333333333334],
          baseFeePerBlobGas: ['0x1', '0x1', '0x1'],
          blobGasUsedRatio: [0, 0],
        },
      },
      {
        when: 'no percentiles are wanted',
        params: [1, '0x1'],
        result: {
          oldestBlock: '0x1',
          baseFeePerGas: ['0x342770c0', '0x2da4d8cd'],
          gasUsedRatio: [0.0007],
          baseFeePerBlobGas: ['0x1', '0x1'],
          blobGasUsedRatio: [0],
        },
      },
      {
        when: 'more is wanted than there is',
        params: ['0x400', 'earliest', []],
        result: {
          oldestBlock: '0x0',
          baseFeePerGas: ['0x3b9aca00', '0x342770c0'],
          gasUsedRatio: [0],
          baseFeePerBlobGas: ['0x1', '0x1'],
          blobGasUsedRatio: [0],
        },
      },
      {
        when: 'nothing is wanted',
        params: ['0x0', 'latest'],
        result: {
          oldestBlock: '0x0',
          baseFeePerGas: ['0x22f7f1c2'],
          gasUsedRatio: [],
          baseFeePerBlobGas: ['0x1'],
          blobGasUsedRatio: [],
        },
      },
      {
        when: 'it reaches into the pending block',
        params: ['0x2', 'pending'],
        result: {
          oldestBlock: '0x3',
          baseFeePerGas: ['0x27f25da0', '0x22f7f1c2', '0x1e98f38a'],
          gasUsedRatio: [0.0015154333333333334, 0],
          baseFeePerBlobGas: ['0x1', '0x1', '0x1'],
          blobGasUsedRatio: [0, 0],
        },
      },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (blockCount): expected a non-negative number: hex quantity, decimal string or integer',
        },
      },
      {
        params: ['0x1'],
        error: {
          code: -32602,
          message:
            'missing value for required argument 1: params[1] (newestBlock): expected a block number in hex, or one of earliest, latest, pending, safe, finalized',
        },
      },
      { params: ['0x1', '0x9'], error: NO_BLOCK_9 },
      {
        params: ['0x1', 'latest', [50, 25]],
        error: { code: -32000, message: 'invalid reward percentile: #0:50 > #1:25; expected ascending order' },
      },
      {
        params: ['0x1', 'latest', [101]],
        error: { code: -32000, message: 'invalid reward percentile: 101; expected 0 to 100' },
      },
      {
        params: ['0x1', 'latest', ['50']],
        error: {
          code: -32602,
          message: 'params[2] (rewardPercentiles)[0]: expected a percentile from 0 to 100, got "50"',
        },
      },
      {
        params: ['many', 'latest'],
        error: {
          code: -32602,
          message:
            'params[0] (blockCount): expected a non-negative number: hex quantity, decimal string or integer, got "many"',
        },
      },
    ],
  },
} satisfies Vectors<typeof feeMarket>;
