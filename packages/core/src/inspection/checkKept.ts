import {
  bytesToHex,
  bytesToUnprefixedHex,
  equalsBytes,
  KECCAK256_NULL_S,
  KECCAK256_RLP_S,
  publicToAddress,
} from '@ethereumjs/util';
import type { ChainMemento } from '../chain/chain.ts';
import { decodePooled } from '../pool/poolJournal.ts';
import { Turns } from '../pruning/turns.ts';
import { HashSet } from '../storage/hashSet.ts';
import { KIND, type Kind, keyOf, rangeOf } from '../storage/keys.ts';
import { plainFromBytes } from '../storage/plain.ts';
import { nodeReferences } from '../storage/reachable.ts';
import { type KeptChain, requireHead } from './keptChain.ts';

/** What a snapshot or checkpoint holds, as far as a check looks. */
interface KeptMemento {
  readonly chain: ChainMemento;
  readonly parts: { readonly pool: readonly Uint8Array[] };
}

/** Of nothing: they are in no database. */
const EMPTY = [KECCAK256_RLP_S, KECCAK256_NULL_S].map((hash) => hash.slice(2));

const nameIn = (key: string): string => Buffer.from(key.slice(2), 'hex').toString('utf8');

/** Looks for every node of states; what they have in common is walked once. */
class StateWalk {
  readonly #database: KeptChain['database'];
  readonly #turns = new Turns();
  readonly #seen = new HashSet();

  constructor({ database }: KeptChain) {
    this.#database = database;
    for (const hash of EMPTY) this.#seen.add(hash);
  }

  /** @returns the first node or code that is not there. */
  async missingOf(root: Uint8Array): Promise<string | undefined> {
    const open = [bytesToUnprefixedHex(root)];
    for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
      await this.#turns.next();
      if (!this.#seen.add(hash)) continue;
      const node = this.#database.peek(KIND.node + hash);
      if (node !== undefined) open.push(...nodeReferences(node));
      else if (this.#database.peek(KIND.code + hash) === undefined) return `0x${hash}`;
    }
    return undefined;
  }
}

async function stateProblems(walk: StateWalk, root: Uint8Array): Promise<string[]> {
  const missing = await walk.missingOf(root);
  return missing === undefined ? [] : [`of its state ${bytesToHex(root)} the node or code ${missing} is missing`];
}

/** What breaks off a look at something is what is wrong with it. */
async function problemsOf(what: string, work: () => string[] | Promise<string[]>): Promise<string[]> {
  const found = await Promise.resolve()
    .then(work)
    .catch((error: Error) => [`it cannot be read: ${error.message}`]);
  return found.map((problem) => `${what}: ${problem}`);
}

async function* entriesOf({ database }: KeptChain, kind: Kind) {
  for await (const [key, bytes] of database.entries(rangeOf(kind))) yield { key, bytes };
}

/** By the rules of the block that it waits for. */
function decodeWaiting(chain: KeptChain, bytes: Uint8Array) {
  const { number, timestamp } = requireHead(chain).block.header;
  return decodePooled(bytes, chain.hardforks, { number: number + 1n, timestamp });
}

function checkWaiting(chain: KeptChain, key: string, bytes: Uint8Array): string[] {
  const { tx, hash, sender, impersonated } = decodeWaiting(chain, bytes);
  if (keyOf('pool', hash) !== key) return [`it is the transaction ${bytesToHex(hash)}`];
  if (impersonated || !tx.isSigned()) return [];
  const signer = publicToAddress(tx.getSenderPublicKey());
  return equalsBytes(signer, sender.bytes) ? [] : [`it is noted as ${sender}'s, and ${bytesToHex(signer)} signed it`];
}

async function checkMemento(chain: KeptChain, bytes: Uint8Array, walk: StateWalk): Promise<string[]> {
  const memento = plainFromBytes(bytes) as KeptMemento;
  const { hash, stateRoot } = memento.chain;
  for (const pooled of memento.parts.pool) decodeWaiting(chain, pooled);
  const block = chain.blocks.has(hash) ? [] : [`its block ${bytesToHex(hash)} is not there`];
  return [...block, ...(await stateProblems(walk, stateRoot))];
}

/**
 * Looks at all that a chain keeps besides its blocks: whether the states of the head, of snapshots and of checkpoints are
 * whole, their blocks there, and waiting transactions and the node's settings what can be read.
 * @returns what is wrong, in words.
 */
export async function checkKept(chain: KeptChain): Promise<string[]> {
  const walk = new StateWalk(chain);
  const found = await problemsOf('the head', () => stateProblems(walk, requireHead(chain).stateRoot));
  const look = async (what: string, work: () => string[] | Promise<string[]>): Promise<void> => {
    found.push(...(await problemsOf(what, work)));
  };
  for await (const { key, bytes } of entriesOf(chain, 'snapshot')) {
    await look(`snapshot ${BigInt(`0x${key.slice(2)}`)}`, () => checkMemento(chain, bytes, walk));
  }
  for await (const { key, bytes } of entriesOf(chain, 'checkpoint')) {
    await look(`checkpoint ${nameIn(key)}`, () => checkMemento(chain, bytes, walk));
  }
  for await (const { key, bytes } of entriesOf(chain, 'pool')) {
    await look(`waiting transaction 0x${key.slice(2)}`, () => checkWaiting(chain, key, bytes));
  }
  for await (const { key, bytes } of entriesOf(chain, 'owner')) {
    await look(`settings of ${nameIn(key)}`, () => {
      plainFromBytes(bytes);
      return [];
    });
  }
  return found;
}
