import type { Common } from '@ethereumjs/common';
import { createTx, type TypedTransaction, type TypedTxData } from '@ethereumjs/tx';
import { Address, hexToBytes, type PrefixedHexString } from '@ethereumjs/util';
import { afterEach } from 'vitest';
import type { ChainOptions } from './chainOptions.ts';
import type { Chain } from './contract.ts';
import { createChain } from './createChain.ts';
import { loadCrypto } from './crypto/crypto.ts';
import { createHardforks, type HardforkControl } from './hardforks/createHardforks.ts';
import { openMemory } from './storage/backends/memory.ts';
import { Database } from './storage/database.ts';
import { createNodeStore } from './storage/nodeStore.ts';

export const GWEI = 10n ** 9n;
export const LATEST = { tag: 'latest' } as const;

/** @example address('aa') // 0x00…00aa */
export const address = (last: string): Address => new Address(bytes(`0x${last.padStart(40, '0')}`));
export const bytes = (hex: string): Uint8Array => hexToBytes(hex as PrefixedHexString);
export const word = (value: bigint | number): Uint8Array => bytes(`0x${value.toString(16).padStart(64, '0')}`);

/** Where trie nodes lie when no chain is needed. */
export const memoryNodes = () => createNodeStore(new Database(openMemory()));

/** The rules of one fork, without a chain. */
export async function openHardforks(hardfork = 'latest'): Promise<HardforkControl> {
  return createHardforks({
    chainId: 31337n,
    hardfork,
    genesis: undefined,
    customCrypto: await loadCrypto(),
    limits: { codeSizeLimit: undefined, transactionGasCap: true },
  });
}

/** Starts chains that end with the test. Two accounts are enough; the clock stands at a fixed second unless it is moved. */
export function useChains(): (options?: ChainOptions) => Promise<Chain> {
  const open: Chain[] = [];
  afterEach(async () => {
    for (const chain of open.splice(0)) await chain.close();
  });
  return async (options = {}) => {
    const chain = await createChain({ accounts: { count: 3 }, now: () => 1_700_000_000_000, ...options });
    open.push(chain);
    return chain;
  };
}

/** The n-th dev account. */
export function account(chain: Chain, index = 0): { address: Address; privateKey: Uint8Array } {
  const owned = chain.accounts.owned[index];
  if (owned === undefined) throw new RangeError(`no dev account ${index}`);
  return owned;
}

/** A transfer signed by its key: type 2, 21,000 gas, 100 gwei cap and 1 gwei tip unless told otherwise. */
export function signed(privateKey: Uint8Array, fields: TypedTxData, common: Common): TypedTransaction {
  const prices = 'gasPrice' in fields ? {} : { maxFeePerGas: 100n * GWEI, maxPriorityFeePerGas: GWEI };
  const type = 'gasPrice' in fields ? 0 : 2;
  const defaults = { type, gasLimit: 21_000n, to: address('aa'), ...prices };
  return createTx({ ...defaults, ...fields } as TypedTxData, { common }).sign(privateKey);
}

/** The code of a contract that a chain has from now on. */
export async function place(chain: Chain, who: Address, code: string): Promise<Address> {
  await chain.control.setCode(who, bytes(code));
  return who;
}

/** What a promise is rejected with; fails when it is not. */
export async function faultOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return (error as { fault?: unknown }).fault ?? error;
  }
  throw new Error('expected a rejection');
}
