import type { Account } from '@ethereumjs/util';
import { keccak256 } from '../crypto/keccak.ts';
import { decodeAccount } from './accountCodec.ts';
import type { PastState } from './stateTries.ts';
import type { Trie } from './trie/trie.ts';

/** An account as it is in a state. @param past in place of the trie, where that is yet to be worked out. */
export function storedAccount(address: Uint8Array, trie: Trie, past: PastState | undefined): Account | undefined {
  if (past !== undefined) return past.account(address);
  const rlp = trie.get(keccak256(address));
  return rlp && decodeAccount(rlp);
}
