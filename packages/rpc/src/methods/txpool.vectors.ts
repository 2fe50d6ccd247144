import { ALICE, BOB, CAROL, STRANGER, TX_LOG, UNWANTED, type Vectors } from '../world.vectors.ts';
import type { txpool } from './txpool.ts';

export const txpoolVectors = {
  txpool_status: {
    succeeds: [
      { params: [], result: { pending: '0x0', queued: '0x0' } },
      {
        when: 'one can be mined and one waits for a nonce',
        before: [
          ['evm_setAutomine', [false]],
          ['eth_sendTransaction', [{ from: CAROL, to: BOB, gas: '0x5208', gasPrice: '0x77359400' }]],
          [
            'eth_sendTransaction',
            [{ from: ALICE, gas: '0xd062', data: '0x60015f5360015ff3', maxFeePerGas: '0x77359400', nonce: '0x9' }],
          ],
        ],
        params: [],
        result: { pending: '0x1', queued: '0x1' },
      },
    ],
    fails: [UNWANTED],
  },
  txpool_content: {
    succeeds: [
      { params: [], result: { pending: {}, queued: {} } },
      {
        when: 'one can be mined and one waits for a nonce',
        before: [
          ['evm_setAutomine', [false]],
          ['eth_sendTransaction', [{ from: CAROL, to: BOB, gas: '0x5208', gasPrice: '0x77359400' }]],
          [
            'eth_sendTransaction',
            [{ from: ALICE, gas: '0xd062', data: '0x60015f5360015ff3', maxFeePerGas: '0x77359400', nonce: '0x9' }],
          ],
        ],
        params: [],
        result: {
          pending: {
            [CAROL]: {
              '0': {
                type: '0x0',
                hash: '0xc61d16732555e8610113cb225e4a7fddac01f51eb57678f800aff60a68ec8606',
                nonce: '0x0',
                blockHash: null,
                blockNumber: null,
                blockTimestamp: null,
                transactionIndex: null,
                from: CAROL,
                to: BOB,
                value: '0x0',
                gas: '0x5208',
                input: '0x',
                chainId: '0x7a69',
                gasPrice: '0x77359400',
                v: '0xf4f6',
                r: '0x2ba46d862f6c13dfa0723825713b3c077d56a5fd32a3c32c78777e5918f69869',
                s: '0x4b0741c4f350853da5c4770f5cbac1a6e601d4690a6ab97ac5381547586b1758',
              },
            },
          },
          queued: {
            [ALICE]: {
              '9': {
                type: '0x2',
                hash: '0xce6ac0ec069892f3e52a6de3563cf435292299b7f5b0ab3816ff6820a656143f',
                nonce: '0x9',
                blockHash: null,
                blockNumber: null,
                blockTimestamp: null,
                transactionIndex: null,
                from: ALICE,
                to: null,
                value: '0x0',
                gas: '0xd062',
                input: '0x60015f5360015ff3',
                chainId: '0x7a69',
                gasPrice: '0x77359400',
                maxFeePerGas: '0x77359400',
                maxPriorityFeePerGas: '0x3b9aca00',
                accessList: [],
                v: '0x0',
                r: '0x2f70f10916bc39faa045b6971be70622c6c270897b0dc6563c1dfd9b2f60ee5',
                s: '0x6707c6e58abf844061fd846ea27716df4363160b9583743bcf23718f609824a3',
                yParity: '0x0',
              },
            },
          },
        },
      },
    ],
    fails: [UNWANTED],
  },
  txpool_contentFrom: {
    succeeds: [
      { params: [STRANGER], result: { pending: {}, queued: {} } },
      {
        when: 'one waits for a nonce',
        before: [
          ['evm_setAutomine', [false]],
          ['eth_sendTransaction', [{ from: CAROL, to: BOB, gas: '0x5208', gasPrice: '0x77359400' }]],
          [
            'eth_sendTransaction',
            [{ from: ALICE, gas: '0xd062', data: '0x60015f5360015ff3', maxFeePerGas: '0x77359400', nonce: '0x9' }],
          ],
        ],
        params: [ALICE],
        result: {
          pending: {},
          queued: {
            '9': {
              type: '0x2',
              hash: '0xce6ac0ec069892f3e52a6de3563cf435292299b7f5b0ab3816ff6820a656143f',
              nonce: '0x9',
              blockHash: null,
              blockNumber: null,
              blockTimestamp: null,
              transactionIndex: null,
              from: ALICE,
              to: null,
              value: '0x0',
              gas: '0xd062',
              input: '0x60015f5360015ff3',
              chainId: '0x7a69',
              gasPrice: '0x77359400',
              maxFeePerGas: '0x77359400',
              maxPriorityFeePerGas: '0x3b9aca00',
              accessList: [],
              v: '0x0',
              r: '0x2f70f10916bc39faa045b6971be70622c6c270897b0dc6563c1dfd9b2f60ee5',
              s: '0x6707c6e58abf844061fd846ea27716df4363160b9583743bcf23718f609824a3',
              yParity: '0x0',
            },
          },
        },
      },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (address): expected an address (20 bytes of 0x-prefixed hex)',
        },
      },
      {
        params: ['alice'],
        error: {
          code: -32602,
          message: 'params[0] (address): expected an address (20 bytes of 0x-prefixed hex), got "alice"',
        },
      },
    ],
  },
  txpool_inspect: {
    succeeds: [
      {
        when: 'one can be mined and one waits for a nonce',
        before: [
          ['evm_setAutomine', [false]],
          ['eth_sendTransaction', [{ from: CAROL, to: BOB, gas: '0x5208', gasPrice: '0x77359400' }]],
          [
            'eth_sendTransaction',
            [{ from: ALICE, gas: '0xd062', data: '0x60015f5360015ff3', maxFeePerGas: '0x77359400', nonce: '0x9' }],
          ],
        ],
        params: [],
        result: {
          pending: {
            [CAROL]: { '0': '0x70997970c51812dc3a010c7d01b50e0d17dc79c8: 0 wei + 21000 gas × 2000000000 wei' },
          },
          queued: { [ALICE]: { '9': 'contract creation: 0 wei + 53346 gas × 2000000000 wei' } },
        },
      },
    ],
    fails: [UNWANTED],
  },
  minichain_getDropReason: {
    succeeds: [
      {
        when: 'it was dropped on request',
        before: [
          ['evm_setAutomine', [false]],
          ['eth_sendTransaction', [{ from: CAROL, to: BOB, gas: '0x5208', gasPrice: '0x77359400' }]],
          ['hardhat_dropTransaction', ['0xc61d16732555e8610113cb225e4a7fddac01f51eb57678f800aff60a68ec8606']],
        ],
        params: ['0xc61d16732555e8610113cb225e4a7fddac01f51eb57678f800aff60a68ec8606'],
        result: { reason: 'removed', detail: 'dropped on request' },
      },
      { when: 'it was mined', params: [TX_LOG], result: null },
    ],
    fails: [
      {
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (transactionHash): expected a hash (32 bytes of 0x-prefixed hex)',
        },
      },
      {
        params: ['0x1'],
        error: {
          code: -32602,
          message:
            'params[0] (transactionHash): expected a hash (32 bytes of 0x-prefixed hex), got an odd number of hex digits',
        },
      },
    ],
  },
} satisfies Vectors<typeof txpool>;
