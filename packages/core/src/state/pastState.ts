import { RLP } from '@ethereumjs/rlp';
import { Account, equalsBytes, KECCAK256_NULL, KECCAK256_RLP } from '@ethereumjs/util';
import { keccak256 } from '../crypto/keccak.ts';
import { hexFrom } from './hexFrom.ts';
import { type DeltaAccount, StateDelta } from './stateDelta.ts';
import type { Layer, PastState, StateTries } from './stateTries.ts';
import { storedAccount } from './storedAccount.ts';

interface PastStateOptions {
  readonly root: Uint8Array;
  /** What made the state of one whose nodes are there: records, the latest first. */
  readonly records: readonly Uint8Array[];
  /** Of that state. */
  readonly base: { readonly root: Uint8Array; readonly tries: StateTries };
  readonly layer: () => Layer;
}

interface Facts {
  readonly latest: DeltaAccount['account'];
  /** Undefined when they are what they were in the state before. */
  readonly codeHash: Uint8Array | undefined;
  readonly storageRoot: Uint8Array | undefined;
  /** It was not there at one time: nothing is as it was before. */
  readonly isNew: boolean;
}

function factsIn(changes: Iterable<DeltaAccount>): Facts {
  let latest: DeltaAccount['account'];
  let codeHash: Uint8Array | undefined;
  let storageRoot: Uint8Array | undefined;
  for (const { account, storageRoot: root } of changes) {
    if (account === undefined) {
      const none = { codeHash: codeHash ?? KECCAK256_NULL, storageRoot: storageRoot ?? KECCAK256_RLP };
      return { latest, ...none, isNew: true };
    }
    latest ??= account;
    codeHash ??= account.codeHash;
    storageRoot ??= root;
    if (codeHash !== undefined && storageRoot !== undefined) break;
  }
  return { latest, codeHash, storageRoot, isNew: false };
}

/** Reads a state of the past from the records of what was changed, and only what they do not say from the state before them. */
export function openPastState({ root, records, base, layer }: PastStateOptions): PastState {
  const trie = base.tries.open(base.root);
  /** What the records say of an account, the latest first. */
  function* changesOf(address: Uint8Array): Generator<DeltaAccount> {
    for (const record of records) {
      const change = StateDelta.accountIn(record, address);
      if (change !== undefined) yield change;
    }
  }
  const before = (address: Uint8Array): Account | undefined => storedAccount(address, trie, undefined);

  return {
    root,
    layer,
    account(address) {
      const { latest, codeHash, storageRoot, isNew } = factsIn(changesOf(address));
      if (latest === undefined) return isNew ? undefined : before(address);
      const stored = codeHash !== undefined && storageRoot !== undefined ? undefined : before(address);
      const root = storageRoot ?? stored?.storageRoot ?? KECCAK256_RLP;
      return new Account(latest.nonce, latest.balance, root, codeHash ?? stored?.codeHash ?? KECCAK256_NULL);
    },
    slot(address, key) {
      const slot = hexFrom(key);
      for (const { slots, isStorageCleared } of changesOf(address)) {
        const value = slots.get(slot);
        if (value !== undefined) return value.length === 0 ? undefined : RLP.encode(value);
        if (isStorageCleared) return undefined;
      }
      const storageRoot = before(address)?.storageRoot ?? KECCAK256_RLP;
      return equalsBytes(storageRoot, KECCAK256_RLP) ? undefined : base.tries.open(storageRoot).get(keccak256(key));
    },
  };
}
