import { RLP } from '@ethereumjs/rlp';
import {
  type Account,
  type Address,
  bytesToBigInt,
  KECCAK256_NULL,
  KECCAK256_RLP,
  setLengthLeft,
} from '@ethereumjs/util';
import { keccak256 } from '../crypto/keccak.ts';
import { codeKey } from './codeKey.ts';
import type { PastState, StateTries } from './stateTries.ts';
import type { AccountInfo, AccountProof, StateView, StorageProofEntry } from './stateView.ts';
import { storedAccount } from './storedAccount.ts';
import type { Trie } from './trie/trie.ts';

const NO_ACCOUNT: AccountInfo = {
  exists: false,
  nonce: 0n,
  balance: 0n,
  codeHash: KECCAK256_NULL,
  storageRoot: KECCAK256_RLP,
};

/** How many accounts a view remembers. */
const REMEMBERED = 1024;

const infoOf = ({ nonce, balance, codeHash, storageRoot }: Account): AccountInfo => ({
  ...{ exists: true, nonce, balance, codeHash, storageRoot },
});

/** Reads straight from the trie at one root, without a state manager's caches and journal. */
export class TrieStateView implements StateView {
  readonly root: Uint8Array;
  readonly #tries: StateTries;
  readonly #trie: Trie;
  readonly #past: PastState | undefined;
  /** Accounts that were read: a sender's is looked at again for each of its transactions. */
  readonly #accounts = new Map<string, AccountInfo>();

  constructor(root: Uint8Array, tries: StateTries) {
    this.root = root;
    this.#tries = tries;
    this.#trie = tries.open(root);
    this.#past = tries.pastAt(root);
  }

  async account(address: Address): Promise<AccountInfo> {
    const key = address.toString();
    const known = this.#accounts.get(key);
    if (known !== undefined) return known;
    const stored = storedAccount(address.bytes, this.#trie, this.#past);
    const account = stored === undefined ? NO_ACCOUNT : infoOf(stored);
    if (this.#accounts.size >= REMEMBERED) this.#accounts.clear();
    this.#accounts.set(key, account);
    return account;
  }

  async balance(address: Address): Promise<bigint> {
    return (await this.account(address)).balance;
  }

  async nonce(address: Address): Promise<bigint> {
    return (await this.account(address)).nonce;
  }

  async code(address: Address): Promise<Uint8Array> {
    const { codeHash } = await this.account(address);
    return this.#tries.code(codeKey(codeHash)) ?? new Uint8Array();
  }

  async storage(address: Address, slot: Uint8Array): Promise<Uint8Array> {
    const { storageRoot } = await this.account(address);
    const value =
      this.#past === undefined
        ? this.#tries.open(storageRoot).get(keccak256(slot))
        : this.#past.slot(address.bytes, slot);
    return value === undefined ? new Uint8Array(32) : setLengthLeft(RLP.decode(value) as Uint8Array, 32);
  }

  async proof(address: Address, slots: readonly Uint8Array[]): Promise<AccountProof> {
    const account = await this.account(address);
    const trie = this.#tries.open(account.storageRoot);
    const storageProof = slots.map((slot): StorageProofEntry => {
      const key = keccak256(slot);
      const value = trie.get(key);
      return {
        slot,
        value: value === undefined ? 0n : bytesToBigInt(RLP.decode(value) as Uint8Array),
        proof: trie.proof(key),
      };
    });
    return { ...account, accountProof: this.#trie.proof(keccak256(address.bytes)), storageProof };
  }
}
