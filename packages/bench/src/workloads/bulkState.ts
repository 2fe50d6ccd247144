import { gzipSync } from 'node:zlib';
import { keccak256 } from 'viem';
import type { Connection } from '../connection.ts';
import { token } from '../contracts.ts';
import { TOKEN } from './token.ts';

/** Of each kind in one call: what Anvil takes in a request, and no target's other callers wait for long. */
const ENTRIES_A_CALL = 5_000;
const WEI = '0x1';
/** Far from those that the contract and the targets' own accounts use. */
const FIRST = 1n << 96n;

const hexOf = (index: number, bytes: number): `0x${string}` =>
  `0x${(FIRST + BigInt(index)).toString(16).padStart(2 * bytes, '0')}`;

/** Keys in the order of their hashes, as the tries have them: each call then writes into a part of its own. */
function inTrieOrder(start: number, end: number, bytes: number): `0x${string}`[] {
  const hashed = Array.from({ length: end - start }, (_, i) => {
    const key = hexOf(start + i, bytes);
    return [keccak256(key), key] as const;
  });
  return hashed.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key);
}

function dumpOf(addresses: readonly string[], slots: readonly string[]): string {
  const empty = { nonce: 0, balance: WEI, code: '0x', storage: {} };
  const holder = {
    ...{ nonce: 1, balance: '0x0', code: token.code },
    storage: Object.fromEntries(slots.map((slot) => [slot, `0x${'1'.padStart(64, '0')}`])),
  };
  const accounts = { ...Object.fromEntries(addresses.map((one) => [one, empty])), [TOKEN]: holder };
  return `0x${gzipSync(JSON.stringify({ block: null, accounts, best_block_number: null }), { level: 1 }).toString('hex')}`;
}

/**
 * Writes accounts, and as many slots of the token's contract, from number `start` to before `end`, some thousands with each
 * step, as a dump that is taken in: through transactions it would take hours to have a million.
 */
export function bulkSteps(start: number, end: number): (connection: Connection) => Iterable<() => Promise<void>> {
  const addresses = inTrieOrder(start, end, 20);
  const slots = inTrieOrder(start, end, 32);
  return function* steps(connection) {
    for (let at = 0; at < addresses.length; at += ENTRIES_A_CALL) {
      const to = at + ENTRIES_A_CALL;
      yield async () => {
        await connection.call('anvil_loadState', [dumpOf(addresses.slice(at, to), slots.slice(at, to))]);
      };
    }
  };
}
