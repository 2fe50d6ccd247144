import { type BlockRef, type Chain, type DumpedAccount, keccak256 } from '@minichain/core';
import { hexFromBytes as hex, RPC_CODES, type RpcAccountRange, RpcError } from '@minichain/protocol';
import { blockRef } from '../codecs/blockRef.ts';
import { address, boolean, count, data, hash, looseQuantity } from '../codecs/scalars.ts';
import { method, optional, required, type Serve } from '../method.ts';

type Keyed<T> = readonly { readonly key: string; readonly value: T }[];

/** As a trie has them: in the order of the hashes of their keys. */
function byHash<T>(items: readonly T[], keyOf: (item: T) => Uint8Array): Keyed<T> {
  const keyed = items.map((value) => ({ key: hex(keccak256(keyOf(value))) as string, value }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** A page of a trie. @returns also the first key that is left out. */
function page<T>(keyed: Keyed<T>, start: Uint8Array, most: number): { items: Keyed<T>; next: string | undefined } {
  const from = hex(start);
  const rest = keyed.filter(({ key }) => key >= from);
  return { items: rest.slice(0, most), next: rest[most]?.key };
}

export interface RangeOptions {
  readonly ref: BlockRef;
  readonly start: Uint8Array;
  readonly most: number;
  readonly hasCode: boolean;
  readonly hasStorage: boolean;
}

export async function accountRange(chain: Chain, options: RangeOptions): Promise<RpcAccountRange> {
  const { ref, start, most, hasCode, hasStorage } = options;
  const view = await chain.state.at(ref);
  const { items, next } = page(
    byHash(await chain.state.dump(ref), (one) => one.address.bytes),
    start,
    most,
  );
  const accounts: Record<string, RpcAccountRange['accounts'][string]> = {};
  for (const { key, value: account } of items) {
    const { storageRoot, codeHash } = await view.account(account.address);
    const slots = byHash(account.storage, ([slot]) => slot).map(
      ({ key: slot, value: [, value] }) => [slot, hex(value).replace(/^0x0*/, '')] as const,
    );
    accounts[hex(account.address.bytes)] = {
      balance: account.balance.toString(),
      nonce: Number(account.nonce),
      root: hex(storageRoot),
      codeHash: hex(codeHash),
      ...(hasCode && account.code.length > 0 ? { code: hex(account.code) } : {}),
      ...(hasStorage && slots.length > 0 ? { storage: Object.fromEntries(slots) } : {}),
      address: hex(account.address.bytes),
      key: key as `0x${string}`,
    };
  }
  const root = hex(view.root).slice(2);
  return {
    root,
    accounts,
    ...(next === undefined ? {} : { next: Buffer.from(next.slice(2), 'hex').toString('base64') }),
  };
}

const contentsOf = ({ nonce, balance, code, storage }: DumpedAccount): string =>
  `${nonce} ${balance} ${hex(code)} ${storage.map((pair) => pair.map((part) => hex(part)).join('=')).join(' ')}`;

/** Accounts that are not the same after two blocks; between a block and its parent when only one is named. */
async function modified(chain: Chain, first: BlockRef, last: BlockRef | undefined) {
  const [start, end] = [await chain.chain.require(first), await chain.chain.require(last ?? first)];
  const [from, to] = [start.block.header.number, end.block.header.number];
  if (last === undefined && from === 0n) throw new RpcError(RPC_CODES.invalidInput, 'the genesis block has no parent');
  if (last !== undefined && from >= to) {
    const detail = `start block height (${from}) must be less than end block height (${to})`;
    throw new RpcError(RPC_CODES.invalidInput, detail);
  }
  const base: BlockRef = last === undefined ? { hash: start.block.header.parentHash } : first;
  const [before, after] = [await chain.state.dump(base), await chain.state.dump(last ?? first)];
  const old = new Map(before.map((account) => [hex(account.address.bytes), contentsOf(account)]));
  const changed = after.filter((account) => {
    const key = hex(account.address.bytes);
    const was = old.get(key);
    old.delete(key);
    return was !== contentsOf(account);
  });
  const now = new Set(after.map((account) => hex(account.address.bytes)));
  const gone = [...old.keys()].filter((key) => !now.has(key));
  return [...changed.map((account) => hex(account.address.bytes)), ...gone];
}

const at = required('block', blockRef);
const same = <T>(value: T): T => value;

/** What is in states, page by page, as geth's `debug` tells it. */
export const debugState = {
  debug_storageRangeAt: method({
    params: [
      required('blockHash', hash),
      required('transactionIndex', count),
      required('address', address),
      required('startKey', data),
      required('maxResults', count),
    ],
    run: async (c, blockHash, index, who, start, most) => {
      const executed = await c.chain.chain.require({ hash: blockHash });
      const { transactions } = executed.block;
      if (index > transactions.length) {
        const detail = `transaction index ${index} out of range for block ${hex(blockHash)}`;
        throw new RpcError(RPC_CODES.invalidInput, detail);
      }
      const slots = await c.chain.execution.storageAt({ executed, index, address: who });
      return page(
        byHash(slots, ([slot]) => slot),
        start,
        most,
      );
    },
    result: ({ items, next }) => ({
      storage: Object.fromEntries(
        items.map(({ key, value: [slot, value] }) => [key, { key: hex(slot), value: hex(value) }]),
      ),
      nextKey: (next as `0x${string}` | undefined) ?? null,
    }),
  }),
  debug_accountRange: method({
    params: [
      at,
      required('start', data),
      required('maxResults', count),
      optional('noCode', boolean, false),
      optional('noStorage', boolean, false),
      optional('incompletes', boolean, false),
    ],
    run: (c, ref, start, most, noCode, noStorage) =>
      accountRange(c.chain, { ref, start, most, hasCode: !noCode, hasStorage: !noStorage }),
    result: same,
  }),
  debug_getModifiedAccountsByNumber: method({
    params: [required('startNumber', looseQuantity), optional('endNumber', looseQuantity)],
    run: (c, start, end) => modified(c.chain, { number: start }, end === undefined ? undefined : { number: end }),
    result: same,
  }),
  debug_getModifiedAccountsByHash: method({
    params: [required('startHash', hash), optional('endHash', hash)],
    run: (c, start, end) => modified(c.chain, { hash: start }, end === undefined ? undefined : { hash: end }),
    result: same,
  }),
  debug_getRawTransactions: method({
    params: [at],
    run: (c, ref) => c.chain.chain.require(ref),
    result: ({ block }) => block.transactions.map((tx) => hex(tx.serialize())),
  }),
} satisfies Partial<Serve>;
