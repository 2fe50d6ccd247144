import { expect, it } from 'vitest';
import { METHODS } from '../packages/rpc/src/registry.ts';
import { LEFT_OUT, OUTSTANDING, PEERS } from './support/peerMethods.ts';

const answered = new Set(METHODS.keys());

const everyPeerName = new Set<string>(Object.values(PEERS).flat());
const leftOut = Object.values(LEFT_OUT).flat();

it.each([
  ['Anvil 1.7.1', 180],
  ['the next Anvil', 35],
  ['Hardhat 2', 73],
  ['Hardhat 3', 67],
  ['Ganache', 81],
] as const)('the list of %s is whole: %i names', (peer, count) => {
  expect(new Set(PEERS[peer]).size).toBe(count);
});

it.each(Object.entries(PEERS))('answers every method of %s but those left out on purpose', (_, names) => {
  const missing = names.filter((name) => !answered.has(name) && !leftOut.includes(name) && !OUTSTANDING.includes(name));
  expect(missing).toEqual([]);
});

it('leaves out only what a peer has, and nothing that it answers', () => {
  for (const name of [...leftOut, ...OUTSTANDING]) {
    expect(everyPeerName.has(name), `a peer has ${name}`).toBe(true);
    expect(answered.has(name), `${name} is answered, so it is no longer left out`).toBe(false);
  }
});
