import { parseGwei } from 'viem';
import { alice, bob, carol } from '../accounts.ts';
import type { Pair } from '../pair.ts';
import { deploy, encode, send, sign } from '../send.ts';

const EMPTY = '0x00000000000000000000000000000000000e0001';
const UNKNOWN = `0x${'12'.repeat(32)}`;

/** Everything that can be asked about one transaction. */
async function lookUp(pair: Pair, hash: string): Promise<void> {
  const { blockHash, blockNumber, transactionIndex } = await pair.result<Record<string, string>>(
    'eth_getTransactionByHash',
    [hash],
  );
  await pair.ask('eth_getTransactionReceipt', [hash]);
  await pair.ask('eth_getRawTransactionByHash', [hash]);
  await pair.ask('debug_getRawTransaction', [hash]);
  await pair.ask('eth_getTransactionByBlockHashAndIndex', [blockHash, transactionIndex]);
  await pair.ask('eth_getTransactionByBlockNumberAndIndex', [blockNumber, transactionIndex]);
  await pair.ask('eth_getRawTransactionByBlockHashAndIndex', [blockHash, transactionIndex]);
  await pair.ask('eth_getRawTransactionByBlockNumberAndIndex', [blockNumber, transactionIndex]);
}

/** Transactions of every type: what they do, and what is told of them afterwards. */
export async function transactions(pair: Pair): Promise<void> {
  const lab = await deploy(pair, alice, 'Lab', [5n], { value: 7n });
  await lookUp(pair, lab.hash);
  const data = encode('set', [42n]);
  const accessList = [
    { address: lab.address, storageKeys: [`0x${'00'.repeat(32)}`, `0x${'01'.padStart(64, '0')}`] },
    { address: EMPTY, storageKeys: [] },
  ];
  const types = [
    { to: bob.address, value: 1n, gasPrice: parseGwei('3'), type: 'legacy' },
    { to: lab.address, data, gasPrice: parseGwei('3'), type: 'legacy' },
    { to: lab.address, data, gasPrice: parseGwei('3'), type: 'eip2930', accessList },
    { to: lab.address, data, accessList },
    { to: EMPTY, value: 1n, gas: 21_000n },
    { to: lab.address, value: 3n },
  ];
  for (const fields of types) await lookUp(pair, await send(pair, alice, fields));
  // Before EIP-155: no chain id in the signature.
  await lookUp(
    pair,
    await send(pair, carol, { to: bob.address, gasPrice: parseGwei('3'), type: 'legacy', chainId: undefined }),
  );
  const nonce = Number(await pair.result('eth_getTransactionCount', [bob.address, 'latest']));
  const authorization = await bob.signAuthorization({ address: lab.address, chainId: 31337, nonce });
  const delegation = { type: 'eip7702', to: bob.address, data, authorizationList: [authorization] };
  await lookUp(pair, await send(pair, alice, delegation));
  await pair.ask('eth_getCode', [bob.address, 'latest']);
  await pair.ask('eth_getStorageAt', [bob.address, '0x0', 'latest']);
  const clearing = await bob.signAuthorization({
    address: '0x0000000000000000000000000000000000000000',
    chainId: 0,
    nonce: nonce + 1,
  });
  await lookUp(pair, await send(pair, alice, { ...delegation, data: '0x', authorizationList: [clearing] }));
  await pair.ask('eth_getCode', [bob.address, 'latest']);
  for (const method of ['eth_getTransactionByHash', 'eth_getTransactionReceipt', 'eth_getRawTransactionByHash']) {
    await pair.ask(method, [UNKNOWN]);
  }
  for (const nonceOf of [0, 2, 400])
    await pair.ask('eth_getTransactionBySenderAndNonce', [alice.address, `0x${nonceOf.toString(16)}`]);
  await pair.ask('eth_getTransactionByBlockNumberAndIndex', ['0x1', '0x0']);
  await pair.ask('eth_getTransactionByBlockNumberAndIndex', ['0xffff', '0x0']);
  await pair.ask('eth_getTransactionByBlockHashAndIndex', [UNKNOWN, '0x0']);
  const raw = await sign(pair, alice, { to: bob.address, value: 5n });
  await pair.ask('eth_sendRawTransactionSync', [raw]);
}

/** A blob, its sidecar, and what is told of both. */
export async function blobs(pair: Pair): Promise<void> {
  await pair.ask('eth_blobBaseFee');
  const request = {
    from: alice.address,
    to: bob.address,
    nonce: '0x0',
    gas: '0x5208',
    maxFeePerGas: '0x174876e800',
    maxPriorityFeePerGas: '0x3b9aca00',
    maxFeePerBlobGas: '0x64',
    blobs: [`0x${'00'.repeat(32)}${'0a'.repeat(32)}${'00'.repeat(131_072 - 64)}`],
  };
  const { raw } = await pair.nodes.minichain.rpc.call<{ raw: string }>('eth_signTransaction', [request]);
  const hash = await pair.result<string>('eth_sendRawTransaction', [raw]);
  await lookUp(pair, hash);
  await pair.ask('anvil_getBlobsByTransactionHash', [hash]);
  const { blobVersionedHashes } = await pair.result<{ blobVersionedHashes: string[] }>('eth_getTransactionByHash', [
    hash,
  ]);
  for (const of of [...blobVersionedHashes, UNKNOWN]) await pair.ask('anvil_getBlobByHash', [of]);
  await pair.ask('anvil_getBlobsByTransactionHash', [UNKNOWN]);
  await pair.ask('eth_blobBaseFee');
  await pair.ask('eth_feeHistory', ['0x2', 'latest', [50]]);
}
