import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningNode, startAnvil, startMinichain } from '../support/nodeProcess.ts';

const STORE = '0x0000000000000000000000000000000000005704';
/** Without input returns slot 0, with input stores its first word there. */
const CODE = '0x36600c575f545f5260205ff35b5f355f5500';
const STRANGER = '0x00000000000000000000000000000000000a11ce';
const word = (value: number): string => `0x${value.toString(16).padStart(64, '0')}`;

let minichain: RunningNode;
let anvil: RunningNode;

beforeAll(async () => {
  [minichain, anvil] = await Promise.all([startMinichain(), startAnvil()]);
});
afterAll(() => Promise.all([minichain?.close(), anvil?.close()]));

/** Gives a chain six blocks, a contract with a stored word, and a rich stranger. */
async function fill({ rpc }: RunningNode, stored: number): Promise<void> {
  const [from] = await rpc.call<string[]>('eth_accounts');
  await rpc.call('anvil_reset', []);
  await rpc.call('anvil_setCode', [STORE, CODE]);
  await rpc.call('anvil_setBalance', [STRANGER, '0x1234']);
  await rpc.call('eth_sendTransactionSync', [{ from, to: STORE, data: word(stored), gas: '0x186a0' }]);
  await rpc.call('anvil_mine', ['0x5']);
}

async function stateOf({ rpc }: RunningNode): Promise<unknown> {
  const [from] = await rpc.call<string[]>('eth_accounts');
  return {
    height: await rpc.call('eth_blockNumber'),
    stored: await rpc.call('eth_call', [{ to: STORE }, 'latest']),
    balance: await rpc.call('eth_getBalance', [STRANGER, 'latest']),
    nonce: await rpc.call('eth_getTransactionCount', [from, 'latest']),
  };
}

const filled = (stored: number) => ({ height: '0x6', stored: word(stored), balance: '0x1234', nonce: '0x1' });

describe('a dump of the state', () => {
  it('goes from here to Anvil, headers and all', async () => {
    await fill(minichain, 5);
    await anvil.rpc.call('anvil_reset', []);
    expect(await anvil.rpc.call('anvil_loadState', [await minichain.rpc.call('anvil_dumpState')])).toBe(true);
    expect(await stateOf(anvil)).toEqual(filled(5));
    const params = ['0x3', false];
    expect(await anvil.rpc.call('eth_getBlockByNumber', params)).toMatchObject({
      hash: (await minichain.rpc.call<{ hash: string }>('eth_getBlockByNumber', params)).hash,
    });
    await anvil.rpc.call('evm_mine');
    expect(await anvil.rpc.call('eth_blockNumber')).toBe('0x7');
  });

  it('comes from Anvil', async () => {
    await fill(anvil, 6);
    await minichain.rpc.call('hardhat_reset', []);
    expect(await minichain.rpc.call('hardhat_loadState', [await anvil.rpc.call('anvil_dumpState')])).toBe(true);
    expect(await stateOf(minichain)).toEqual(filled(6));
  });

  it('is the same for the same state', async () => {
    await fill(minichain, 7);
    const dump = await minichain.rpc.call('hardhat_dumpState');
    expect(await minichain.rpc.call('anvil_dumpState')).toBe(dump);
    await minichain.rpc.call('anvil_reset', []);
    await minichain.rpc.call('anvil_loadState', [dump]);
    expect(await stateOf(minichain)).toEqual(filled(7));
  });
});

const IMPERSONATED = '0x00000000000000000000000000000000000b0b00';
/** Stores 5 in slot 0, logs slot 0's word under topic 0xaa, and leaves one byte of code. */
const CREATION = '0x600560005560aa60206000a16001600c60003960016000f300';

/** A chain with transactions of every kind that both nodes send, each in its block. */
async function live({ rpc }: RunningNode): Promise<string[]> {
  const [from, to] = await rpc.call<string[]>('eth_accounts');
  const sent: string[] = [];
  const send = async (fields: object): Promise<void> => {
    sent.push((await rpc.call<{ transactionHash: string }>('eth_sendTransactionSync', [fields])).transactionHash);
  };
  await rpc.call('anvil_reset', []);
  await send({ from, to, value: '0x1' });
  await send({ from, data: CREATION, gas: '0x30000' });
  await send({ from, to, gasPrice: '0x77359400', type: '0x0' });
  await send({ from, to, gasPrice: '0x77359400', accessList: [{ address: to, storageKeys: [word(1)] }] });
  await rpc.call('anvil_impersonateAccount', [IMPERSONATED]);
  await rpc.call('anvil_setBalance', [IMPERSONATED, '0xde0b6b3a7640000']);
  await send({ from: IMPERSONATED, to: STRANGER, value: '0x7' });
  await rpc.call('anvil_setCode', [STORE, CODE]);
  await send({ from, to: STORE, data: word(9), gas: '0x186a0' });
  // Reverts.
  await rpc.call('anvil_setCode', ['0x0000000000000000000000000000000000000bad', '0x5f5ffd']);
  await send({ from, to: '0x0000000000000000000000000000000000000bad', gas: '0x186a0' });
  await rpc.call('anvil_mine', ['0x2']);
  return sent;
}

/** Fields that only one of the nodes has, or that it says in its own way. */
const OWN_FIELDS = ['totalDifficulty', 'size', 'blobGasPrice', 'blockTimestamp', 'v', 'withdrawals', 'removed'];

/** What both nodes say, to compare. */
function common(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(common);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !OWN_FIELDS.includes(name));
  return Object.fromEntries(kept.map(([name, one]) => [name, common(one)]));
}

interface History {
  readonly blocks: readonly { readonly transactions: readonly unknown[] }[];
  readonly transactions: unknown;
  readonly logs: unknown;
}

/** The hash by which a block names the transaction of the impersonated account. */
const impersonatedIn = ({ blocks }: History): string => String(blocks[2 * 5 + 1]?.transactions[0]);

/** Every block, whole and with hashes, transaction and receipt, as a client reads them. */
async function history({ rpc }: RunningNode, sent: readonly string[]): Promise<History> {
  const head = Number(await rpc.call('eth_blockNumber'));
  const blocks = [];
  for (let number = 0; number <= head; number++) {
    const block = await rpc.call<{ hash: string }>('eth_getBlockByNumber', [`0x${number.toString(16)}`, true]);
    blocks.push(block, await rpc.call('eth_getBlockByHash', [block.hash, false]));
  }
  const transactions = [];
  for (const hash of sent) {
    transactions.push(await rpc.call('eth_getTransactionByHash', [hash]));
    transactions.push(await rpc.call('eth_getTransactionReceipt', [hash]));
  }
  const logs = await rpc.call('eth_getLogs', [{ fromBlock: '0x0', toBlock: 'latest' }]);
  return common({ blocks, transactions, logs }) as History;
}

/** A balance that grew with time, as it was after each block. */
async function balances({ rpc }: RunningNode): Promise<string[]> {
  const head = Number(await rpc.call('eth_blockNumber'));
  const [, to] = await rpc.call<string[]>('eth_accounts');
  const found = [];
  for (let number = 0; number <= head; number++) {
    for (const address of [to, STRANGER, IMPERSONATED]) {
      found.push(await rpc.call<string>('eth_getBalance', [address, `0x${number.toString(16)}`]));
    }
  }
  return found;
}

describe('a dump of a whole chain', () => {
  const pairs = [
    ['from Anvil to here', () => [anvil, minichain] as const],
    ['from here to Anvil', () => [minichain, anvil] as const],
  ] as const;

  it.each(pairs)('goes %s with blocks, transactions, receipts and logs', async (_, pair) => {
    const [one, other] = pair();
    const sent = await live(one);
    const expected = await history(one, sent);
    await other.rpc.call('anvil_reset', []);
    expect(await other.rpc.call('anvil_loadState', [await one.rpc.call('anvil_dumpState')])).toBe(true);
    // Anvil finds transactions of impersonated accounts by these hashes, and names them in blocks by hashes of its own.
    const found = await history(other, sent);
    const [ours, theirs] = [impersonatedIn(expected), impersonatedIn(found)];
    expect({ ...found, blocks: JSON.parse(JSON.stringify(found.blocks).replaceAll(theirs, ours)) }).toEqual(expected);
    // It goes on from there.
    const { hash } = await one.rpc.call<{ hash: string }>('eth_getBlockByNumber', ['latest', false]);
    await other.rpc.call('evm_mine');
    const next = await other.rpc.call<{ parentHash: string; number: string }>('eth_getBlockByNumber', [
      'latest',
      false,
    ]);
    expect(next).toMatchObject({ parentHash: hash, number: '0xa' });
  });

  it.each(pairs)('goes %s with the states of the past where they are asked for', async (_, pair) => {
    const [one, other] = pair();
    await live(one);
    const expected = await balances(one);
    await other.rpc.call('anvil_reset', []);
    await other.rpc.call('anvil_loadState', [await one.rpc.call('anvil_dumpState', [true])]);
    expect(await balances(other)).toEqual(expected);
    const deployed = await other.rpc.call('eth_call', [{ to: STORE }, '0x6']);
    expect(deployed).toBe(word(9));
  });

  it('is the same after it went there and back', async () => {
    await live(minichain);
    const dump = await minichain.rpc.call('anvil_dumpState');
    await minichain.rpc.call('anvil_reset', []);
    await minichain.rpc.call('anvil_loadState', [dump]);
    expect(await minichain.rpc.call('anvil_dumpState')).toBe(dump);
  });
});
