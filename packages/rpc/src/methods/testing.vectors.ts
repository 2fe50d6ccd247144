import { BLOCK_3, CAROL, EMPTY_BLOOM, EMPTY_ROOT, NOWHERE, type Vectors, ZERO_WORD } from '../world.vectors.ts';
import type { testing } from './testing.ts';

const ATTRIBUTES = {
  timestamp: '0x6553f200',
  prevRandao: NOWHERE,
  suggestedFeeRecipient: CAROL,
  withdrawals: [],
  parentBeaconBlockRoot: ZERO_WORD,
} as const;

const NEXT =
  '0x02f868827a69020184b2d05e008252089470997970c51812dc3a010c7d01b50e0d17dc79c88080c080a076fe9513cd970faf5d4a75e8d380ee05736e60280f8acec4830f31d405333f9ca051167fc5823e66cd73c2fe28c566d9b38009a1bece30758677592a7f40a977e1' as const;

export const testingVectors = {
  testing_buildBlockV1: {
    succeeds: [
      {
        params: [BLOCK_3, ATTRIBUTES, [NEXT]],
        result: {
          executionPayload: {
            parentHash: BLOCK_3,
            feeRecipient: CAROL,
            stateRoot: '0x7df3a0d4d318cb13fb76e9f5eed330e5d31086d457678e8515fdcbbbcb9ce139',
            receiptsRoot: '0xf78dfb743fbd92ade140711c8bbc542b5e307f0ab7984eff35d751969fe57efa',
            logsBloom: EMPTY_BLOOM,
            prevRandao: NOWHERE,
            blockNumber: '0x4',
            gasLimit: '0x1c9c380',
            gasUsed: '0x5208',
            timestamp: '0x6553f200',
            extraData: '0x',
            baseFeePerGas: '0x22f7f1c2',
            blockHash: '0x3e1d416a9a703c25bdeda66a1e263b3c927a13fd5b5f6f4fd082403e235cbf4a',
            transactions: [NEXT],
            withdrawals: [],
            blobGasUsed: '0x0',
            excessBlobGas: '0x0',
          },
          blockValue: '0x5208',
          blobsBundle: { commitments: [], proofs: [], blobs: [] },
          executionRequests: [],
          shouldOverrideBuilder: false,
        },
      },
      {
        when: 'the pool is to be taken, which is empty',
        params: [BLOCK_3, ATTRIBUTES, null, '0x6d696e65'],
        result: {
          executionPayload: {
            parentHash: BLOCK_3,
            feeRecipient: CAROL,
            stateRoot: '0x2b0b6e05999b90254836756db268ef49ccde1e025e523e410d82d1e05e5e95a1',
            receiptsRoot: EMPTY_ROOT,
            logsBloom: EMPTY_BLOOM,
            prevRandao: NOWHERE,
            blockNumber: '0x4',
            gasLimit: '0x1c9c380',
            gasUsed: '0x0',
            timestamp: '0x6553f200',
            extraData: '0x6d696e65',
            baseFeePerGas: '0x22f7f1c2',
            blockHash: '0x27a2fb75b8a98b5183f8192c677e78bdfc14a31b1c8a91387a9b4bb27e75a600',
            transactions: [],
            withdrawals: [],
            blobGasUsed: '0x0',
            excessBlobGas: '0x0',
          },
          blockValue: '0x0',
          blobsBundle: { commitments: [], proofs: [], blobs: [] },
          executionRequests: [],
          shouldOverrideBuilder: false,
        },
      },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (parentBlockHash): expected a hash (32 bytes of 0x-prefixed hex)',
        },
      },
      {
        params: [NOWHERE, ATTRIBUTES, []],
        error: {
          code: -32000,
          message: 'unknown ancestor 0x00000000000000000000000000000000000000000000000000000000deadbeef',
        },
      },
      {
        params: [
          BLOCK_3,
          {
            timestamp: '0x1',
            prevRandao: NOWHERE,
            suggestedFeeRecipient: CAROL,
            withdrawals: [],
            parentBeaconBlockRoot: ZERO_WORD,
          },
          [],
        ],
        error: { code: -32000, message: "invalid block: timestamp 1 is not after its parent's 1700000003" },
      },
      {
        params: [BLOCK_3, {}, []],
        error: { code: -32602, message: 'params[1] (payloadAttributes).timestamp: expected a value, got none' },
      },
      {
        params: [BLOCK_3, ATTRIBUTES, ['0x01']],
        error: { code: -32000, message: 'failed to decode transaction: Invalid serialized tx input: must be array' },
      },
      {
        params: [BLOCK_3, ATTRIBUTES, [], '0x000000000000000000000000000000000000000000000000000000000000000000'],
        error: {
          code: -32602,
          message: 'params[3] (extraData): expected at most 32 bytes of 0x-prefixed hex, got 33 bytes',
        },
      },
    ],
  },
} satisfies Vectors<typeof testing>;
