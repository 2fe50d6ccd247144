import { RLP } from '@ethereumjs/rlp';
import {
  Address,
  bytesToHex,
  createAccountFromRLP,
  KECCAK256_NULL,
  KECCAK256_RLP,
  setLengthLeft,
} from '@ethereumjs/util';
import type { NodeStore } from '../storage/nodeStore.ts';
import { codeKey } from './codeKey.ts';
import { stateError } from './faults.ts';
import { bytesFrom } from './hexFrom.ts';
import type { StateStore } from './stateStore.ts';
import { trieDifference } from './trieDifference.ts';
import { createTurns } from './turns.ts';

/** What something was, and what it is. */
export interface Change<T> {
  readonly before: T;
  readonly after: T;
}

/** An account that two states do not share; only what differs is there. One that a state lacks is empty in it. */
export interface AccountDifference {
  readonly address: Address;
  readonly nonce?: Change<bigint>;
  /** In wei. */
  readonly balance?: Change<bigint>;
  readonly code?: Change<Uint8Array>;
  /** In order; slot and values 32 bytes each. */
  readonly storage: readonly (Change<Uint8Array> & { readonly slot: Uint8Array })[];
}

type States = Pick<StateStore, 'nodesOf' | 'preimage'>;

interface DifferenceModules {
  readonly nodes: Pick<NodeStore, 'get'>;
  readonly preimage: States['preimage'];
}

interface Account {
  readonly nonce: bigint;
  readonly balance: bigint;
  readonly codeHash: Uint8Array;
  readonly storageRoot: Uint8Array;
}

const NOTHING: Account = { nonce: 0n, balance: 0n, codeHash: KECCAK256_NULL, storageRoot: KECCAK256_RLP };
const ZERO = new Uint8Array(32);

const accountOf = (rlp: Uint8Array | undefined): Account => (rlp === undefined ? NOTHING : createAccountFromRLP(rlp));
const wordOf = (rlp: Uint8Array | undefined): Uint8Array =>
  rlp === undefined ? ZERO : setLengthLeft(RLP.decode(rlp) as Uint8Array, 32);

function storageBetween(before: Account, after: Account, { nodes, preimage }: DifferenceModules) {
  const changes = [];
  for (const leaf of trieDifference(before.storageRoot, after.storageRoot, nodes)) {
    const slot = preimage(bytesFrom(leaf.key));
    if (slot !== undefined) changes.push({ slot, before: wordOf(leaf.before), after: wordOf(leaf.after) });
  }
  return changes.sort((a, b) => Buffer.compare(a.slot, b.slot));
}

function between(address: Address, before: Account, after: Account, modules: DifferenceModules): AccountDifference {
  const code = (hash: Uint8Array): Uint8Array => modules.nodes.get(codeKey(hash))?.slice() ?? new Uint8Array();
  const isCode = Buffer.compare(before.codeHash, after.codeHash) === 0;
  return {
    address,
    ...(before.nonce === after.nonce ? {} : { nonce: { before: before.nonce, after: after.nonce } }),
    ...(before.balance === after.balance ? {} : { balance: { before: before.balance, after: after.balance } }),
    ...(isCode ? {} : { code: { before: code(before.codeHash), after: code(after.codeHash) } }),
    storage: storageBetween(before, after, modules),
  };
}

const HASH_DIGITS = 64;

/** The nodes of both states. */
function nodesOf(states: States, [before, after]: readonly [Uint8Array, Uint8Array]): Pick<NodeStore, 'get'> {
  const [one, other] = [states.nodesOf(before), states.nodesOf(after)];
  return {
    get: (key) => {
      const found = one.get(key) ?? other.get(key);
      if (found !== undefined || key.length !== HASH_DIGITS) return found;
      throw stateError({ code: 'STATE_NOT_AVAILABLE', root: bytesToHex(before) });
    },
  };
}

/**
 * Accounts that two states do not share, in order of address; what they share is not read.
 * @throws StateError STATE_NOT_AVAILABLE.
 * @example await stateDifference(stateStore, [rootBefore, rootAfter])
 */
export async function stateDifference(
  states: States,
  roots: readonly [before: Uint8Array, after: Uint8Array],
): Promise<AccountDifference[]> {
  const modules = { nodes: nodesOf(states, roots), preimage: states.preimage };
  const found: AccountDifference[] = [];
  const turns = createTurns();
  for (const leaf of trieDifference(...roots, modules.nodes)) {
    const address = states.preimage(bytesFrom(leaf.key));
    if (address !== undefined) {
      found.push(between(new Address(address), accountOf(leaf.before), accountOf(leaf.after), modules));
    }
    if (turns.isOver()) await turns.next();
  }
  return found.sort((a, b) => Buffer.compare(a.address.bytes, b.address.bytes));
}
