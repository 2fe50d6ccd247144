import type { MerklePatriciaTrie } from '@ethereumjs/mpt';
import { createMerkleProof } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import {
  type Address,
  bytesToBigInt,
  concatBytes,
  createAccountFromRLP,
  KECCAK256_NULL,
  KECCAK256_RLP,
  setLengthLeft,
  utf8ToBytes,
} from '@ethereumjs/util';
import type { AccountInfo, AccountProof, StateView, StorageProofEntry } from './stateView.ts';

const CODE_PREFIX = utf8ToBytes('c');
const NO_ACCOUNT: AccountInfo = {
  exists: false,
  nonce: 0n,
  balance: 0n,
  codeHash: KECCAK256_NULL,
  storageRoot: KECCAK256_RLP,
};

/** How many accounts a view remembers. */
const REMEMBERED = 1024;

function infoFromRlp(rlp: Uint8Array): AccountInfo {
  const { nonce, balance, codeHash, storageRoot } = createAccountFromRLP(rlp);
  return { exists: true, nonce, balance, codeHash, storageRoot };
}

/** Reads straight from the trie at one root, without a state manager's caches and journal. */
export class TrieStateView implements StateView {
  readonly root: Uint8Array;
  readonly #trie: MerklePatriciaTrie;
  /** Accounts that were read: a sender's is looked at again for each of its transactions. */
  readonly #accounts = new Map<string, AccountInfo>();

  constructor(root: Uint8Array, trie: MerklePatriciaTrie) {
    this.root = root;
    this.#trie = trie;
  }

  async account(address: Address): Promise<AccountInfo> {
    const key = address.toString();
    const known = this.#accounts.get(key);
    if (known !== undefined) return known;
    const rlp = await this.#trie.get(address.bytes);
    const account = rlp === null ? NO_ACCOUNT : infoFromRlp(rlp);
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
    return (await this.#trie.database().get(concatBytes(CODE_PREFIX, codeHash))) ?? new Uint8Array();
  }

  async storage(address: Address, slot: Uint8Array): Promise<Uint8Array> {
    const { storageRoot } = await this.account(address);
    const value = await this.#storageTrie(storageRoot).get(slot);
    return value === null ? new Uint8Array(32) : setLengthLeft(RLP.decode(value) as Uint8Array, 32);
  }

  async proof(address: Address, slots: readonly Uint8Array[]): Promise<AccountProof> {
    const account = await this.account(address);
    const trie = this.#storageTrie(account.storageRoot);
    const storageProof: StorageProofEntry[] = [];
    for (const slot of slots) {
      const value = await trie.get(slot);
      storageProof.push({
        slot,
        value: value === null ? 0n : bytesToBigInt(RLP.decode(value) as Uint8Array),
        proof: await createMerkleProof(trie, slot),
      });
    }
    return { ...account, accountProof: await createMerkleProof(this.#trie, address.bytes), storageProof };
  }

  #storageTrie(root: Uint8Array): MerklePatriciaTrie {
    const trie = this.#trie.shallowCopy(false);
    trie.root(root);
    return trie;
  }
}
