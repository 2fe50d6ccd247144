import { BOB, CAROL, NOWHERE, STORE, type Vectors, WORD_7 } from '../../world.vectors.ts';
import type { resubmit } from './resubmit.ts';

const waiting = { from: CAROL, to: BOB, gas: '0x5208', gasPrice: '0x77359400', nonce: '0x0' } as const;
const waits = [
  ['evm_setAutomine', [false]],
  ['eth_sendTransaction', [waiting]],
] as const;

/** Of nonce 9, so that it waits. */
const RAW =
  '0xf86509847735940082520894f39fd6e51aad88f6f4ce6ab8827279cfffb92266808082f4f6a028a157d257cfbf8fa9ad0eebc9b229ef78d1e6052d74dc7f4395673c2025458ca05235514de07838942b53c7d2dbaf5834e48640e34cc4b26a3c1219579121d21e';
const RAW_HASH = '0x8cdc35823506674324cfd6eaa01d37fe6f8c9abbacf0d62b66c3ca580f7d08ac';
const SLOT_0 = `0x${'00'.repeat(32)}` as const;
const rejected = (detail: string) => ({ code: -32003, message: `transaction rejected: ${detail}` });

const RESENT = '0xf9af1dd3e40c6355a84f4bb9f157aa41357e84029f3b25695571b14b5a4600f7';

export const resubmitVectors = {
  eth_resend: {
    succeeds: [
      {
        before: [...waits],
        params: [waiting, '0xb2d05e00', '0x7530'],
        result: RESENT,
        after: [
          ['txpool_status', [], { pending: '0x1', queued: '0x0' }],
          [
            'minichain_getDropReason',
            ['0xc61d16732555e8610113cb225e4a7fddac01f51eb57678f800aff60a68ec8606'],
            { reason: 'replaced', detail: `replaced by ${RESENT}` },
          ],
        ],
      },
    ],
    fails: [
      {
        when: 'it does not wait',
        params: [waiting],
        error: { code: -32000, message: `transaction not found: none of ${CAROL} with the nonce 0 waits` },
      },
      {
        params: [{ from: CAROL, to: BOB }],
        error: { code: -32602, message: 'params[0] (transaction): missing transaction nonce' },
      },
      {
        when: 'the price is the same',
        before: [...waits],
        params: [waiting, '0x77359401'],
        error: {
          code: -32000,
          message: 'replacement transaction underpriced: needs at least 2200000000 wei per gas, got 2000000001',
        },
      },
    ],
  },
  eth_sendRawTransactionConditional: {
    succeeds: [
      {
        params: [
          RAW,
          {
            blockNumberMin: 3,
            blockNumberMax: '0x3',
            timestampMin: 1,
            knownAccounts: { [STORE]: { [SLOT_0]: WORD_7 } },
          },
        ],
        result: RAW_HASH,
        after: [['txpool_status', [], { pending: '0x0', queued: '0x1' }]],
      },
    ],
    fails: [
      { params: [RAW, { blockNumberMin: 4 }], error: rejected('the block number 3 is below 4') },
      { params: [RAW, { timestampMax: 1 }], error: rejected('the timestamp 1700000003 is above 1') },
      {
        params: [RAW, { knownAccounts: { [STORE]: { [SLOT_0]: SLOT_0 } } }],
        error: rejected(`the slot ${SLOT_0} of ${STORE} has another value`),
      },
      {
        params: [RAW, { knownAccounts: { [STORE]: NOWHERE } }],
        error: rejected(`the storage root of ${STORE} is another`),
      },
      {
        params: [RAW, { blockNumber: 3 }],
        error: {
          code: -32602,
          message:
            'params[1] (conditions): unknown field "blockNumber"; known are blockNumberMin, blockNumberMax, timestampMin, timestampMax, knownAccounts',
        },
      },
    ],
  },
} satisfies Vectors<typeof resubmit>;
