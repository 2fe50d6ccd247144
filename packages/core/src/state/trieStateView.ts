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

/** Reads straight from the trie at one root, without a state manager's caches and journal. */
export class TrieStateView implements StateView {
  readonly root: Uint8Array;
  readonly #trie: MerklePatriciaTrie;

  constructor(root: Uint8Array, trie: MerklePatriciaTrie) {
    this.root = root;
    this.#trie = trie;
  }

  async account(address: Address): Promise<AccountInfo> {
    const rlp = await this.#trie.get(address.bytes);
    if (rlp === null) return NO_ACCOUNT;
    const { nonce, balance, codeHash, storageRoot } = createAccountFromRLP(rlp);
    return { exists: true, nonce, balance, codeHash, storageRoot };
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
