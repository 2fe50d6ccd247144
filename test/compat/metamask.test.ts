import { createNode, type MinichainNode } from '@minichain/node';
import { encodeFunctionData, parseAbi, parseEther } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileSource } from '../support/compile.ts';
import { createJsonRpc, type JsonRpc } from '../support/jsonRpc.ts';

const BOX = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;
contract Box {
    uint256 public value;
    function put(uint256 next) external { value = next; }
}`;
const abi = parseAbi(['function put(uint256 next)', 'function value() view returns (uint256)']);

type Fields = Record<string, string>;

/**
 * What MetaMask's controllers ask, in their order and with their parameters: `latest` is always written as the number of
 * the last poll, `eth_estimateGas` comes without a block, and the key never leaves the wallet.
 */
class Controllers {
  readonly #rpc: JsonRpc;
  readonly #account;
  #latest = '0x0';

  constructor(rpc: JsonRpc, privateKey: `0x${string}`) {
    this.#rpc = rpc;
    this.#account = privateKeyToAccount(privateKey);
  }

  get address(): string {
    return this.#account.address.toLowerCase();
  }

  get latest(): string {
    return this.#latest;
  }

  async poll(): Promise<string> {
    this.#latest = await this.#rpc.call('eth_blockNumber', []);
    return this.#latest;
  }

  /** The network controller, when the network is added and when it is switched to. */
  async lookUpNetwork(): Promise<{ chainId: string; isEip1559: boolean }> {
    const chainId = await this.#rpc.call<string>('eth_chainId');
    const block = await this.#rpc.call<Fields>('eth_getBlockByNumber', [await this.poll(), false]);
    return { chainId, isEip1559: block['baseFeePerGas'] !== undefined };
  }

  async balance(): Promise<bigint> {
    return BigInt(await this.#rpc.call<string>('eth_getBalance', [this.address, this.#latest]));
  }

  /** The transaction controller, from the request of a page to the receipt. @returns the receipt. */
  async send(request: { to?: string; value?: string; data?: `0x${string}` }): Promise<Fields> {
    const gasPrice = await this.#rpc.call<string>('eth_gasPrice', []);
    await this.#rpc.call('eth_getCode', [this.address, this.#latest]);
    const code = request.to === undefined ? '0x' : await this.#rpc.call('eth_getCode', [request.to, this.#latest]);
    const estimated = await this.#rpc.call<string>('eth_estimateGas', [
      { from: this.address, ...request, type: '0x2' },
    ]);
    // Plain transfers to an account without code are sent with 21000 gas, all else with half as much again.
    const gas = code === '0x' && request.data === undefined ? 21_000n : (BigInt(estimated) * 3n) / 2n;
    const nonce = await this.#rpc.call<string>('eth_getTransactionCount', [this.address, this.#latest]);
    const raw = await this.#account.signTransaction({
      chainId: 31337,
      nonce: Number(nonce),
      gas,
      maxFeePerGas: BigInt(gasPrice) * 2n,
      maxPriorityFeePerGas: 10n ** 9n,
      value: BigInt(request.value ?? '0x0'),
      ...(request.to === undefined ? {} : { to: request.to as `0x${string}` }),
      ...(request.data === undefined ? {} : { data: request.data }),
    });
    const hash = await this.#rpc.call('eth_sendRawTransaction', [raw]);
    return this.#confirm(hash);
  }

  /** The pending-transaction tracker, once a block. */
  async #confirm(hash: unknown): Promise<Fields> {
    const before = this.#latest;
    while ((await this.poll()) === before);
    const receipt = await this.#rpc.call<Fields>('eth_getTransactionReceipt', [hash]);
    const block = await this.#rpc.call<Fields>('eth_getBlockByHash', [receipt['blockHash'], false]);
    expect(block).toMatchObject({ number: receipt['blockNumber'], hash: receipt['blockHash'] });
    return receipt;
  }
}

describe('what MetaMask asks', () => {
  let node: MinichainNode;
  let rpc: JsonRpc;
  let wallet: Controllers;
  beforeAll(async () => {
    node = await createNode();
    rpc = createJsonRpc(node.server?.url as string);
    wallet = new Controllers(rpc, node.accounts[3]?.privateKey as `0x${string}`);
  });
  afterAll(async () => {
    rpc.close();
    await node.close();
  });

  it('to add the network: its chain id, and whether it has EIP-1559', async () => {
    expect(await wallet.lookUpNetwork()).toEqual({ chainId: '0x7a69', isEip1559: true });
  });

  it('to send: the number moves with the transaction, and state at that number has it', async () => {
    expect(await wallet.balance()).toBe(parseEther('10000'));
    const receipt = await wallet.send({ to: '0x00000000000000000000000000000000000000aa', value: '0xde0b6b3a7640000' });
    expect(receipt).toMatchObject({ status: '0x1', gasUsed: '0x5208', from: wallet.address, blockNumber: '0x1' });
    const paid = BigInt(receipt['gasUsed'] as string) * BigInt(receipt['effectiveGasPrice'] as string);
    expect(await wallet.balance()).toBe(parseEther('9999') - paid);
  });

  it('to deploy a contract, call it and read from it at the number of the last poll', async () => {
    const { bytecode } = compileSource('Box.sol', BOX)['Box'] as { bytecode: `0x${string}` };
    const { contractAddress: to } = await wallet.send({ data: bytecode });
    const call = { to: to as string, data: encodeFunctionData({ abi, functionName: 'put', args: [42n] }) };
    expect(await wallet.send(call)).toMatchObject({ status: '0x1', blockNumber: '0x3' });
    const read = { to, data: encodeFunctionData({ abi, functionName: 'value' }) };
    expect(await rpc.call('eth_call', [read, wallet.latest])).toBe(`0x${'2a'.padStart(64, '0')}`);
    expect(await rpc.call('eth_call', [read, '0x2'])).toBe(`0x${'0'.repeat(64)}`);
  });

  it('to send several in a row: each has the next nonce', async () => {
    for (const nonce of [3, 4, 5]) {
      const { transactionHash } = await wallet.send({ to: wallet.address, value: '0x1' });
      const transaction = await rpc.call<Fields>('eth_getTransactionByHash', [transactionHash]);
      expect(Number(transaction['nonce'])).toBe(nonce);
    }
  });

  it('of a transaction that would fail: the reason', async () => {
    const burner = '0x00000000000000000000000000000000000000bb';
    // REVERT(0, 0)
    await rpc.call('anvil_setCode', [burner, '0x5f5ffd']);
    await expect(wallet.send({ to: burner, value: '0x0' })).rejects.toMatchObject({ code: 3, data: '0x' });
  });

  it('to fill a transaction, as viem does first', async () => {
    const { raw, tx } = await rpc.call<{ raw: string; tx: Fields }>('eth_fillTransaction', [
      { from: wallet.address, to: wallet.address, value: '0x1' },
    ]);
    expect(raw).toMatch(/^0x02/);
    expect(tx).toMatchObject({ nonce: '0x6', gas: '0x5208', value: '0x1', type: '0x2' });
  });
});
