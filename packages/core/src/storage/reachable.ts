import { RLP } from '@ethereumjs/rlp';
import { bytesToUnprefixedHex } from '@ethereumjs/util';

type Item = Uint8Array | readonly Item[];

const HASH_BYTES = 32;
/** Places in an account: [nonce, balance, storageRoot, codeHash]. */
const STORAGE_ROOT = 2;
const CODE_HASH = 3;
const ACCOUNT_FIELDS = 4;
const BRANCH_ITEMS = 17;
/** Set in the first nibble of a leaf's path (hex-prefix encoding). */
const LEAF_FLAG = 0x20;

const isList = (item: Item | undefined): item is readonly Item[] => Array.isArray(item);

/** What a reference in a node leads to: another node by its hash, or one that is embedded because it is short. */
function follow(reference: Item | undefined, found: string[]): void {
  if (isList(reference)) referencesOf(reference, found);
  else if (reference !== undefined && reference.length === HASH_BYTES) found.push(bytesToUnprefixedHex(reference));
}

/** A leaf of the state trie leads on to the account's storage; a leaf of a storage trie holds a string and leads nowhere. */
function followLeaf(value: Item | undefined, found: string[]): void {
  if (value === undefined || isList(value) || (value[0] as number) < 0xc0) return;
  const account = RLP.decode(value) as unknown as Item[];
  if (account.length !== ACCOUNT_FIELDS) return;
  follow(account[STORAGE_ROOT], found);
  follow(account[CODE_HASH], found);
}

function referencesOf(node: readonly Item[], found: string[]): void {
  if (node.length === BRANCH_ITEMS) {
    for (const child of node) follow(child, found);
    return;
  }
  const [path, next] = node;
  if (path === undefined || isList(path)) return;
  if (((path[0] as number) & LEAF_FLAG) === 0) follow(next, found);
  else followLeaf(next, found);
}

/** Hashes of all that a node needs: its children, an account's storage and code. Unprefixed hex. */
export function nodeReferences(node: Uint8Array): string[] {
  const found: string[] = [];
  const decoded = RLP.decode(node) as unknown as Item;
  if (isList(decoded)) referencesOf(decoded, found);
  return found;
}
