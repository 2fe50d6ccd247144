import { bytesToHex } from '@ethereumjs/util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { address, LATEST, useChains, word } from '../chain.fixture.ts';
import type { Chain } from '../contract.ts';
import type { DumpedAccount } from './dump.ts';
import type { AccountDifference } from './stateDifference.ts';

const start = useChains();

/** Two dumps compared entry by entry, in words. */
function expected(before: readonly DumpedAccount[], after: readonly DumpedAccount[]): string[] {
  const facts = (accounts: readonly DumpedAccount[]) => {
    const found = new Map<string, string>();
    for (const { address: who, nonce, balance, code, storage } of accounts) {
      found
        .set(`${who} nonce`, String(nonce))
        .set(`${who} balance`, String(balance))
        .set(`${who} code`, bytesToHex(code));
      for (const [slot, value] of storage) found.set(`${who} ${bytesToHex(slot)}`, bytesToHex(value));
    }
    return found;
  };
  const [old, now] = [facts(before), facts(after)];
  const absent = (key: string): string =>
    key.endsWith('code') ? '0x' : key.endsWith('nonce') || key.endsWith('balance') ? '0' : bytesToHex(word(0));
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((key) => [key, old.get(key) ?? absent(key), now.get(key) ?? absent(key)] as const)
    .filter(([, was, is]) => was !== is)
    .map((parts) => parts.join(' '))
    .sort();
}

function told(accounts: readonly AccountDifference[]): string[] {
  return accounts
    .flatMap(({ address: who, nonce, balance, code, storage }) => [
      ...(nonce === undefined ? [] : [`${who} nonce ${nonce.before} ${nonce.after}`]),
      ...(balance === undefined ? [] : [`${who} balance ${balance.before} ${balance.after}`]),
      ...(code === undefined ? [] : [`${who} code ${bytesToHex(code.before)} ${bytesToHex(code.after)}`]),
      ...storage.map(({ slot, before, after }) => `${who} ${[slot, before, after].map(bytesToHex).join(' ')}`),
    ])
    .sort();
}

type Edit = readonly ['balance' | 'nonce' | 'code' | 'storage', who: number, key: number, value: number];
const nat = (max: number) => fc.integer({ min: 0, max });
const edits = fc.array(fc.tuple(fc.constantFrom('balance', 'nonce', 'code', 'storage'), nat(30), nat(40), nat(3)), {
  maxLength: 40,
}) as fc.Arbitrary<Edit[]>;

async function apply(chain: Chain, all: readonly Edit[]): Promise<void> {
  const { control } = chain;
  for (const [what, who, key, value] of all) {
    const at = address((0xc000 + who).toString(16));
    if (what === 'balance') await control.setBalance(at, BigInt(value));
    if (what === 'nonce') await control.setNonce(at, BigInt(value));
    if (what === 'code') await control.setCode(at, new Uint8Array(value).fill(value));
    if (what === 'storage') await control.setStorage(at, word(key), word(value));
  }
}

describe('the difference of two states', () => {
  it('is what two dumps differ in, there and back', async () => {
    await fc.assert(
      fc.asyncProperty(edits, edits, async (first, second) => {
        const chain = await start();
        await apply(chain, first);
        const before = await chain.state.dump(LATEST);
        await chain.snapshots.saveCheckpoint('before');
        await apply(chain, second);
        if (second.length % 2 === 0) await chain.miner.mine();
        const after = await chain.state.dump(LATEST);
        await chain.snapshots.saveCheckpoint('after');
        const { accounts } = await chain.snapshots.difference('before', 'after');
        expect(told(accounts)).toEqual(expected(before, after));
        expect(told((await chain.snapshots.difference('after', 'before')).accounts)).toEqual(expected(after, before));
        expect((await chain.snapshots.difference('after')).accounts).toEqual([]);
        const addresses = accounts.map(({ address: who }) => who.toString());
        expect(addresses).toEqual([...addresses].sort());
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it('needs checkpoints that are there', async () => {
    const chain = await start();
    await expect(chain.snapshots.difference('a')).rejects.toThrow('there is no checkpoint "a"; there are none');
    await chain.snapshots.saveCheckpoint('a');
    await expect(chain.snapshots.difference('a', 'b')).rejects.toThrow('there is no checkpoint "b"; there are "a"');
  });
});
