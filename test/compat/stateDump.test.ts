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
