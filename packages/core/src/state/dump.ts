import { RLP } from '@ethereumjs/rlp';
import { Address, createAccountFromRLP, setLengthLeft } from '@ethereumjs/util';
import type { NodeStore, Preimages } from '../storage/nodeStore.ts';
import { codeKey } from './codeKey.ts';
import { trieLeaves } from './trieLeaves.ts';
import { createTurns } from './turns.ts';

/** An account with everything in it. */
export interface DumpedAccount {
  readonly address: Address;
  readonly nonce: bigint;
  /** In wei. */
  readonly balance: bigint;
  readonly code: Uint8Array;
  /** Slot and value, 32 bytes each; none of them zero. */
  readonly storage: readonly (readonly [slot: Uint8Array, value: Uint8Array])[];
}

interface DumpModules {
  readonly nodes: Pick<NodeStore, 'get'>;
  readonly preimages: Pick<Preimages, 'get'>;
}

function storageOf(root: Uint8Array, { nodes, preimages }: DumpModules): [Uint8Array, Uint8Array][] {
  const storage: [Uint8Array, Uint8Array][] = [];
  for (const [hash, value] of trieLeaves(root, nodes)) {
    const slot = preimages.get(hash);
    if (slot !== undefined) storage.push([slot.slice(), setLengthLeft(RLP.decode(value) as Uint8Array, 32)]);
  }
  return storage.sort(([a], [b]) => Buffer.compare(a, b));
}

/** Addresses with their accounts in RLP, in order. */
async function accountsInOrder(root: Uint8Array, { nodes, preimages }: DumpModules) {
  const found: (readonly [address: Uint8Array, rlp: Uint8Array])[] = [];
  const turns = createTurns();
  for (const [hash, rlp] of trieLeaves(root, nodes)) {
    const address = preimages.get(hash);
    if (address !== undefined) found.push([address.slice(), rlp]);
    if (turns.isOver()) await turns.next();
  }
  return found.sort(([a], [b]) => Buffer.compare(a, b));
}

/**
 * Every account of a state, in order of address; its slots in order too. Read one after the other as they are asked for.
 * @example for await (const { address, balance } of dumpedAccounts(root, modules)) …
 */
export async function* dumpedAccounts(root: Uint8Array, modules: DumpModules): AsyncGenerator<DumpedAccount> {
  const turns = createTurns();
  for (const [address, rlp] of await accountsInOrder(root, modules)) {
    const { nonce, balance, codeHash, storageRoot } = createAccountFromRLP(rlp);
    yield {
      address: new Address(address),
      nonce,
      balance,
      code: modules.nodes.get(codeKey(codeHash))?.slice() ?? new Uint8Array(),
      storage: storageOf(storageRoot, modules),
    };
    if (turns.isOver()) await turns.next();
  }
}
