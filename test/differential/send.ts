import { type Abi, encodeDeployData, encodeFunctionData, type Hex, parseGwei } from 'viem';
import { type Compiled, compiledContracts } from '../support/compile.ts';
import type { Dev } from './accounts.ts';
import type { Target } from './target.ts';

/** A contract on the chain. */
export interface Deployed {
  readonly address: Hex;
  readonly abi: Abi;
  readonly hash: Hex;
}

export type Fields = Record<string, unknown>;

/** Fees that every block takes; the same on both nodes, where the nodes' own suggestions are not. */
export const FEES = { maxFeePerGas: parseGwei('100'), maxPriorityFeePerGas: parseGwei('1') };

export const contracts = compiledContracts('Lab.sol');
export const contract = (name: string): Compiled => {
  const found = contracts[name];
  if (found === undefined) throw new Error(`Lab.sol has no contract ${name}`);
  return found;
};

/** Calldata. @example encode('set', [5n]) */
export function encode(functionName: string, args: readonly unknown[] = [], of = 'Lab'): Hex {
  return encodeFunctionData({ abi: contract(of).abi as Abi, functionName, args });
}

/** Signs with the account's key; what is left out is a transaction of type 2 with the account's next nonce. */
export async function sign(target: Target, from: Dev, fields: Fields): Promise<Hex> {
  const nonce = Number(await target.read<Hex>('eth_getTransactionCount', [from.address, 'pending']));
  const fees = 'gasPrice' in fields ? {} : { ...FEES, type: 'eip1559' };
  const defaults = { chainId: 31337, nonce, gas: 1_000_000n, ...fees };
  return from.signTransaction({ ...defaults, ...fields } as Parameters<Dev['signTransaction']>[0]);
}

/** Sends a signed transaction. @returns its hash. */
export async function send(target: Target, from: Dev, fields: Fields): Promise<Hex> {
  return target.result<Hex>('eth_sendRawTransaction', [await sign(target, from, fields)]);
}

/** Sends a transaction that calls a function. */
export function write(target: Target, from: Dev, to: Deployed, functionName: string, args: readonly unknown[] = []) {
  return send(target, from, { to: to.address, data: encodeFunctionData({ abi: to.abi, functionName, args }) });
}

interface Receipt {
  readonly contractAddress: Hex;
  readonly status: Hex;
}

export const receiptOf = (target: Target, hash: Hex): Promise<Receipt> =>
  target.result<Receipt>('eth_getTransactionReceipt', [hash]);

export async function deploy(
  target: Target,
  from: Dev,
  name: string,
  args: readonly unknown[] = [],
  fields: Fields = {},
): Promise<Deployed> {
  const { abi, bytecode } = contract(name);
  const data = encodeDeployData({ abi: abi as Abi, bytecode, args });
  const hash = await send(target, from, { data, gas: 5_000_000n, ...fields });
  const { contractAddress } = await receiptOf(target, hash);
  return { address: contractAddress, abi: abi as Abi, hash };
}
