import { createMPT } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import { bytesToHex, hexToBytes, unpadBytes } from '@ethereumjs/util';
import type { Hex } from 'viem';
import type { Stage } from './stage.ts';

interface Proof {
  readonly storageHash: Hex;
}

/** The root of a trie that the library builds of these slots, none of which is zero. */
async function rootOf(slots: readonly (readonly [Hex, Hex])[]): Promise<Hex> {
  const trie = await createMPT({ useKeyHashing: true });
  for (const [slot, value] of slots) {
    await trie.put(hexToBytes(slot), RLP.encode(unpadBytes(hexToBytes(value))));
  }
  return bytesToHex(trie.root());
}

/**
 * Compares every account that the story had to do with: balance, nonce, code and slots with Anvil's. Its tries hold zeros,
 * so that its roots are no measure; but a contract has no slots besides those that the story has touched, and a trie is
 * built of them anew. @returns the accounts whose storage root is another.
 */
export async function compareState({ pair, touched }: Stage): Promise<string[]> {
  const wrong: string[] = [];
  for (const [address, slots] of touched) {
    for (const method of ['eth_getBalance', 'eth_getTransactionCount', 'eth_getCode']) {
      await pair.ask(method, [address, 'latest']);
    }
    const values = [...slots].map(async (slot): Promise<readonly [Hex, Hex]> => {
      return [slot, await pair.result<Hex>('eth_getStorageAt', [address, slot, 'latest'])];
    });
    const kept = (await Promise.all(values)).filter(([, value]) => BigInt(value) !== 0n);
    const { storageHash } = await pair.read<Proof>('eth_getProof', [address, [], 'latest']);
    if ((await rootOf(kept)) !== storageHash) wrong.push(address);
  }
  return wrong;
}
