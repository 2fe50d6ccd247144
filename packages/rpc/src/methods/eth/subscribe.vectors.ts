import { LOGGER, TOPIC, type Vectors } from '../../world.vectors.ts';
import type { subscribe } from './subscribe.ts';

export const subscribeVectors = {
  eth_subscribe: {
    succeeds: [
      { via: ['in process', 'WebSocket'], params: ['newHeads'], result: '0x00000000000000000000000000000001' },
      {
        when: 'logs are wanted',
        via: ['in process', 'WebSocket'],
        params: ['logs', { address: LOGGER, topics: [TOPIC] }],
        result: '0x00000000000000000000000000000001',
      },
      {
        when: 'every log is wanted',
        via: ['in process', 'WebSocket'],
        params: ['logs'],
        result: '0x00000000000000000000000000000001',
      },
      {
        when: 'transactions are wanted whole',
        via: ['in process', 'WebSocket'],
        params: ['newPendingTransactions', true],
        result: '0x00000000000000000000000000000001',
      },
      {
        via: ['in process', 'WebSocket'],
        params: ['transactionReceipts', { transactionHashes: [] }],
        result: '0x00000000000000000000000000000001',
      },
      { via: ['in process', 'WebSocket'], params: ['syncing'], result: '0x00000000000000000000000000000001' },
    ],
    fails: [
      {
        when: 'nothing can be pushed',
        via: ['HTTP', 'batch'],
        params: ['newHeads'],
        error: { code: -32601, message: 'notifications not supported: subscribe over WebSocket' },
      },
      {
        via: ['in process', 'WebSocket'],
        params: [],
        error: {
          code: -32602,
          message:
            'missing value for required argument 0: params[0] (kind): expected a kind of subscription, one of newHeads, logs, newPendingTransactions, transactionReceipts, syncing',
        },
      },
      {
        via: ['in process', 'WebSocket'],
        params: ['everything'],
        error: {
          code: -32602,
          message:
            'params[0] (kind): expected a kind of subscription, one of newHeads, logs, newPendingTransactions, transactionReceipts, syncing, got "everything"',
        },
      },
      {
        via: ['in process', 'WebSocket'],
        params: ['logs', { address: '0x12' }],
        error: {
          code: -32602,
          message: 'params[1] (options).address: expected an address (20 bytes of 0x-prefixed hex), got 1 bytes',
        },
      },
      {
        via: ['in process', 'WebSocket'],
        params: ['newPendingTransactions', 'full'],
        error: { code: -32602, message: 'params[1] (options): expected true or false, got "full"' },
      },
    ],
  },
  eth_unsubscribe: {
    succeeds: [
      {
        via: ['in process', 'WebSocket'],
        before: [['eth_subscribe', ['newHeads']]],
        params: ['0x00000000000000000000000000000001'],
        result: true,
      },
    ],
    fails: [
      {
        when: 'nobody knows the id',
        via: ['in process', 'WebSocket'],
        params: ['0x7'],
        error: { code: -32000, message: 'subscription not found' },
      },
      {
        when: 'nothing can be pushed',
        via: ['HTTP', 'batch'],
        params: ['0x7'],
        error: { code: -32601, message: 'notifications not supported: subscribe over WebSocket' },
      },
      {
        via: ['in process', 'WebSocket'],
        params: [],
        error: {
          code: -32602,
          message: 'missing value for required argument 0: params[0] (subscription): expected a string',
        },
      },
    ],
  },
} satisfies Vectors<typeof subscribe>;
