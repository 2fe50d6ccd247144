import {
  ALICE,
  BOB,
  GENESIS_TIME,
  LOGGER,
  ONE_ETH,
  STORE,
  WORD_7,
  ZERO_WORD,
} from '../../packages/rpc/src/world.vectors.ts';

const hex = (value: number | bigint): string => `0x${value.toString(16)}`;
const GWEI = 10 ** 9;

const TRANSACTIONS = [
  {
    from: ALICE,
    to: BOB,
    value: ONE_ETH,
    gas: hex(21_000),
    maxFeePerGas: hex(3 * GWEI),
    maxPriorityFeePerGas: hex(GWEI),
  },
  { from: ALICE, to: LOGGER, data: '0xbeef', gas: hex(50_000), gasPrice: hex(2 * GWEI) },
  {
    from: BOB,
    to: STORE,
    data: WORD_7,
    gas: hex(60_000),
    gasPrice: hex(2 * GWEI),
    accessList: [{ address: STORE, storageKeys: [ZERO_WORD] }],
  },
];

/** The requests that make the vectors' chain of three blocks out of its genesis block: one batch. */
export function worldBatch(): object[] {
  const requests = TRANSACTIONS.flatMap((transaction, index) => [
    ['evm_setNextBlockTimestamp', [Number(GENESIS_TIME) + index + 1]],
    ['eth_sendTransaction', [transaction]],
  ]);
  return requests.map(([method, params], id) => ({ jsonrpc: '2.0', id, method, params }));
}
