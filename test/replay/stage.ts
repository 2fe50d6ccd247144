import {
  type Abi,
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  type Hex,
  type SignedAuthorizationList,
} from 'viem';
import type { Dev } from '../differential/accounts.ts';
import type { Pair } from '../differential/pair.ts';
import { FEES } from '../differential/send.ts';
import type { Answer } from '../differential/target.ts';
import type { Artifact } from './artifacts.ts';

export interface Contract {
  readonly address: Hex;
  readonly abi: Abi;
}

/** Where an ABI comes from and which contract it is used on: `at(proxy, logic.abi)`. */
export const at = (address: Hex, { abi }: { readonly abi: Abi }): Contract => ({ address, abi });

export interface Request {
  /** Left out: a creation. */
  readonly to?: Hex;
  readonly data?: Hex;
  readonly value?: bigint;
  readonly authorizationList?: SignedAuthorizationList;
}

interface Options {
  readonly value?: bigint;
}

interface Log {
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

export interface Receipt {
  readonly status: Hex;
  readonly gasUsed: Hex;
  readonly contractAddress: Hex | null;
  readonly logs: readonly Log[];
}

export interface Tally {
  transactions: number;
  reverted: number;
  creations: number;
  gas: bigint;
  logs: number;
}

/** Enough for what is meant to fail, which has no estimate. */
const GAS_TO_FAIL = 3_000_000n;
const TRACER = { tracer: 'callTracer', tracerConfig: { withLog: true } };

const quantity = (value: bigint): Hex => `0x${value.toString(16)}`;

type AccessList = readonly { readonly address: Hex; readonly storageKeys: readonly Hex[] }[];

interface Frame {
  readonly from: Hex;
  readonly to?: Hex;
  readonly calls?: readonly Frame[];
}

/** A transaction as `eth_call` takes it. */
function asRequested(from: Dev, { authorizationList, value, ...rest }: Request): object {
  const authorizations = authorizationList?.map(({ chainId, nonce, yParity, address, r, s }) => ({
    ...{ address, r, s, chainId: quantity(BigInt(chainId)), nonce: quantity(BigInt(nonce)) },
    yParity: quantity(BigInt(yParity ?? 0)),
  }));
  return {
    ...{ from: from.address, ...rest },
    ...(value !== undefined && { value: quantity(value) }),
    ...(authorizations !== undefined && { authorizationList: authorizations }),
  };
}

/** What a call of a function carries. */
export function callData({ abi }: { readonly abi: Abi }, functionName: string, args: readonly unknown[] = []): Hex {
  return encodeFunctionData({ abi, functionName, args });
}

/**
 * Two nodes on which one story is played. A transaction is first asked about on both (its result, its gas, its access
 * list), then sent with exactly the gas that our node asks for, then compared: block, receipt, every call inside it.
 */
export class Stage {
  readonly pair: Pair;
  readonly own: (name: string) => Artifact;
  /** Every account that transactions had to do with, and its slots. */
  readonly touched = new Map<Hex, Set<Hex>>();
  readonly tally: Tally = { transactions: 0, reverted: 0, creations: 0, gas: 0n, logs: 0 };

  constructor(pair: Pair, own: (name: string) => Artifact) {
    this.pair = pair;
    this.own = own;
  }

  /** @throws Error when it fails on our node. */
  async send(from: Dev, request: Request): Promise<Receipt> {
    const [, estimate] = await this.#ask(from, request);
    if (estimate.error !== undefined) throw new Error(`estimate: ${JSON.stringify(estimate.error).slice(0, 600)}`);
    const receipt = await this.#mine(from, request, BigInt(estimate.result as Hex));
    if (receipt.status !== '0x1') throw new Error(`failed with the gas of its estimate, ${estimate.result}`);
    return receipt;
  }

  /** Sends what must fail. @returns the data that it reverts with. */
  async refuse(from: Dev, request: Request): Promise<Hex> {
    const [call] = await this.#ask(from, request);
    const { status } = await this.#mine(from, request, GAS_TO_FAIL);
    if (call.error === undefined || status !== '0x0') throw new Error('did not fail');
    this.tally.reverted += 1;
    return call.error.data as Hex;
  }

  async deploy(from: Dev, artifact: Artifact, args: readonly unknown[] = [], options: Options = {}): Promise<Contract> {
    const data = encodeDeployData({ abi: artifact.abi, bytecode: artifact.bytecode, args });
    const { contractAddress } = await this.send(from, { data, ...options });
    return { address: contractAddress as Hex, abi: artifact.abi };
  }

  /** Deploys one of our own contracts. */
  make(from: Dev, name: string, args: readonly unknown[] = [], options: Options = {}): Promise<Contract> {
    return this.deploy(from, this.own(name), args, options);
  }

  write(from: Dev, on: Contract, name: string, args: readonly unknown[] = [], options: Options = {}): Promise<Receipt> {
    return this.send(from, { to: on.address, data: callData(on, name, args), ...options });
  }

  refused(from: Dev, on: Contract, name: string, args: readonly unknown[] = [], options: Options = {}): Promise<Hex> {
    return this.refuse(from, { to: on.address, data: callData(on, name, args), ...options });
  }

  async read<T>(on: Contract, functionName: string, args: readonly unknown[] = [], from?: Dev): Promise<T> {
    const call = { ...(from && { from: from.address }), to: on.address, data: callData(on, functionName, args) };
    const data = await this.pair.result<Hex>('eth_call', [call, 'latest']);
    return decodeFunctionResult({ abi: on.abi, functionName, args, data }) as T;
  }

  /** What was done so far, on one line. */
  tallyText(): string {
    return Object.entries(this.tally)
      .map(([what, count]) => `${what}: ${count}`)
      .join(', ');
  }

  /** Lets blocks go by. */
  async mine(blocks: number): Promise<void> {
    await this.pair.askBoth('anvil_mine', [quantity(BigInt(blocks))]);
    await this.pair.settle('anvil_mine');
  }

  /** Lets seconds go by, and mines a block after them. */
  async wait(seconds: bigint): Promise<void> {
    await this.pair.askBoth('evm_setNextBlockTimestamp', [quantity((await this.now()) + seconds)]);
    await this.mine(1);
  }

  async now(): Promise<bigint> {
    return BigInt((await this.pair.read<{ timestamp: Hex }>('eth_getBlockByNumber', ['latest', false])).timestamp);
  }

  async #ask(from: Dev, request: Request): Promise<readonly [Answer, Answer]> {
    const asked = asRequested(from, request);
    const [call, estimate, list] = await Promise.all([
      this.pair.ask('eth_call', [asked, 'latest']),
      // Of the next block, which is what nodes take when none is named.
      this.pair.ask('eth_estimateGas', [asked]),
      this.pair.ask('eth_createAccessList', [asked, 'pending']),
    ]);
    const { accessList = [] } = (list.result ?? {}) as { accessList?: AccessList };
    for (const { address, storageKeys } of accessList) this.#touch(address, storageKeys);
    return [call, estimate];
  }

  #touch(address: Hex, slots: readonly Hex[] = []): void {
    this.touched.set(address, new Set([...(this.touched.get(address) ?? []), ...slots]));
  }

  #touchAll({ from, to, calls = [] }: Frame): void {
    this.#touch(from);
    if (to !== undefined) this.#touch(to);
    for (const call of calls) this.#touchAll(call);
  }

  async #mine(from: Dev, request: Request, gas: bigint): Promise<Receipt> {
    const nonce = Number(await this.pair.read<Hex>('eth_getTransactionCount', [from.address, 'latest']));
    const kind = request.authorizationList === undefined ? 'eip1559' : 'eip7702';
    const transaction = { ...FEES, chainId: 31337, type: kind, nonce, gas, ...request };
    const raw = await from.signTransaction(transaction as Parameters<Dev['signTransaction']>[0]);
    const hash = await this.pair.result<Hex>('eth_sendRawTransaction', [raw]);
    // Its block and receipt have been compared by now.
    this.#touchAll(await this.pair.result<Frame>('debug_traceTransaction', [hash, TRACER]));
    const receipt = await this.pair.read<Receipt>('eth_getTransactionReceipt', [hash]);
    this.tally.transactions += 1;
    this.tally.gas += BigInt(receipt.gasUsed);
    this.tally.logs += receipt.logs.length;
    if (receipt.contractAddress !== null) this.tally.creations += 1;
    return receipt;
  }
}
