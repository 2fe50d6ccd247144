import { JsonRpcProvider } from 'ethers';
import { type BaseError, createWalletClient, ExecutionRevertedError, http } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { foundry } from 'viem/chains';
import { afterEach, expect, it } from 'vitest';
import { DEV_ACCOUNTS } from '../support/devAccounts.ts';
import { type RunningNode, startMinichain } from '../support/nodeProcess.ts';

const [alice] = DEV_ACCOUNTS;
const TO = '0x00000000000000000000000000000000000000b1';
const REASON = `08c379a0${'20'.padStart(64, '0')}${'3'.padStart(64, '0')}${'776879'.padEnd(64, '0')}`;
/** Reverts with `Error("why")`: copies it out of its own code. */
const REVERTING = `0x6064600c5f3960645ffd${'00'.repeat(2)}${REASON}`;
const SEND = { from: alice.address, to: TO, gas: '0x186a0' } as const;

let node: RunningNode | undefined;
afterEach(() => node?.close());

async function start(...flags: string[]): Promise<RunningNode> {
  node = await startMinichain(flags);
  await node.rpc.call('anvil_setCode', [TO, REVERTING]);
  return node;
}

it('by default a send whose transaction fails is answered with its hash', async () => {
  const { rpc } = await start();
  const hash = await rpc.call<string>('eth_sendTransaction', [SEND]);
  expect(await rpc.call('eth_getTransactionReceipt', [hash])).toMatchObject({ status: '0x0' });
});

it('--throw-on-failure answers it with the error and the hash; the transaction is mined all the same', async () => {
  const { rpc, url } = await start('--throw-on-failure');
  const { error } = await rpc.send('eth_sendTransaction', [SEND]);
  const data = error?.data as { txHash: string; data: string };
  expect(error).toMatchObject({ code: 3, message: 'execution reverted: why' });
  expect(data.data).toBe(`0x${REASON}`);
  expect(await rpc.call('eth_getTransactionReceipt', [data.txHash])).toMatchObject({ status: '0x0' });
  // Whichever way it is sent.
  const raw = await privateKeyToAccount(alice.privateKey).signTransaction({
    ...{ chainId: 31337, nonce: 1, to: TO, gas: 100_000n, maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 0n },
  });
  const own = await rpc.call('personal_importRawKey', [`0x${'11'.repeat(32)}`, 'secret']);
  await rpc.call('anvil_setBalance', [own, '0xde0b6b3a7640000']);
  for (const [method, params] of [
    ['eth_sendRawTransactionConditional', [raw, {}]],
    ['personal_sendTransaction', [{ ...SEND, from: own }, 'secret']],
    ['eth_sendUnsignedTransaction', [SEND]],
  ] as const) {
    expect((await rpc.send(method, params)).error, method).toMatchObject({ code: 3, data: { data: `0x${REASON}` } });
  }
  // What succeeds, and what waits, is answered as ever.
  expect((await rpc.send('eth_sendTransaction', [{ ...SEND, to: alice.address }])).result).toMatch(/^0x[0-9a-f]{64}$/);
  await rpc.call('evm_setAutomine', [false]);
  expect((await rpc.send('eth_sendTransaction', [SEND])).result).toMatch(/^0x[0-9a-f]{64}$/);
  await rpc.call('evm_setAutomine', [true]);
  const wallet = createWalletClient({ account: alice.address, chain: foundry, transport: http(url) });
  const viems = await wallet.sendTransaction({ to: TO, gas: 100_000n }).catch((thrown: unknown) => thrown);
  expect((viems as BaseError).walk((one) => one instanceof ExecutionRevertedError)).toBeInstanceOf(
    ExecutionRevertedError,
  );
  const provider = new JsonRpcProvider(url, undefined, { cacheTimeout: -1 });
  const signer = await provider.getSigner(0);
  const ethers = await signer.sendTransaction({ to: TO, gasLimit: 100_000n }).catch((thrown: unknown) => thrown);
  // It looks for what was reverted in calls and estimates only.
  expect(ethers).toMatchObject({ code: 'UNKNOWN_ERROR', error: { message: 'execution reverted: why' } });
  provider.destroy();
});
