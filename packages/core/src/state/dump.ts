import { setImmediate as nextTurn } from 'node:timers/promises';
import { RLP } from '@ethereumjs/rlp';
import { Address, createAccountFromRLP, setLengthLeft } from '@ethereumjs/util';
import type { ExecutedBlock } from '../blocks/executedBlock.ts';
import type { NodeStore, Preimages } from '../storage/nodeStore.ts';
import { codeKey } from './codeKey.ts';
import { trieLeaves } from './trieLeaves.ts';

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

/** A state with the block at whose end it stands. */
export interface StateDump {
  readonly head: ExecutedBlock;
  readonly accounts: readonly DumpedAccount[];
}

/** What is taken in of a dump. */
export interface LoadedState {
  /** Height that the chain reaches. */
  readonly number: bigint;
  /** Of the block at that height, seconds. */
  readonly timestamp?: bigint;
  readonly accounts: readonly DumpedAccount[];
}

/** Accounts read before others get a turn. */
const TURN = 500;

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

/** Every account of a state, in order of address; its slots in order too. */
export async function dumpAccounts(root: Uint8Array, modules: DumpModules): Promise<DumpedAccount[]> {
  const { nodes, preimages } = modules;
  const accounts: DumpedAccount[] = [];
  for (const [hash, rlp] of trieLeaves(root, nodes)) {
    const address = preimages.get(hash);
    if (address === undefined) continue;
    const { nonce, balance, codeHash, storageRoot } = createAccountFromRLP(rlp);
    accounts.push({
      address: new Address(address.slice()),
      nonce,
      balance,
      code: nodes.get(codeKey(codeHash))?.slice() ?? new Uint8Array(),
      storage: storageOf(storageRoot, modules),
    });
    if (accounts.length % TURN === 0) await nextTurn();
  }
  return accounts.sort((a, b) => Buffer.compare(a.address.bytes, b.address.bytes));
}
